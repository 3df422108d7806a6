"""Which functions there are and how many arguments each takes."""

from __future__ import annotations

from collections.abc import Mapping

MANY = 1000

ARITY: Mapping[str, tuple[int, int, bool]] = {
    "SUM": (1, MANY, True),
    "MIN": (1, MANY, True),
    "MAX": (1, MANY, True),
    "AVERAGE": (1, MANY, True),
    "COUNT": (1, MANY, True),
    "COUNTA": (1, MANY, True),
    "IF": (3, 3, False),
    "IFERROR": (2, 2, False),
    "AND": (1, MANY, True),
    "OR": (1, MANY, True),
    "NOT": (1, 1, False),
    "ROUND": (2, 2, False),
    "ROUNDUP": (2, 2, False),
    "ROUNDDOWN": (2, 2, False),
    "INT": (1, 1, False),
    "ABS": (1, 1, False),
}
"""Least and most arguments, and whether ranges and list columns may stand among them."""
