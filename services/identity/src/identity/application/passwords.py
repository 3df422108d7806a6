"""Temporary passwords: random, easy to read aloud, changed at the first login (DN-8.2a)."""

from __future__ import annotations

import secrets

# Without characters that look alike on paper: 0 O o 1 l I.
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"


def a_temporary_password() -> str:
    """Sixteen characters in four groups, at least one of each kind."""
    groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(2)]
    groups.append("".join(secrets.choice(_CAPITALS) for _ in range(4)))
    groups.append(secrets.choice(_LETTERS) + "".join(secrets.choice(_DIGITS) for _ in range(3)))
    return "-".join(groups)
