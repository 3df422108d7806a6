"""Indicators that were merged into another: forms published before the merger still name the one that was given up."""

from __future__ import annotations

from collections.abc import Mapping

Merged = Mapping[str, str]
"""Of an indicator that was given up, the one it was merged into; that one may be merged by now too."""


def standing(indicator_id: str, merged: Merged) -> str:
    """The indicator that stands for it today; itself, if it was never merged."""
    for _ in merged:
        if indicator_id not in merged:
            break
        indicator_id = merged[indicator_id]
    return indicator_id
