"""The narrative's outline (đề cương): headings of two levels with guidance for whoever writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutlineSection:
    id: str
    heading: str
    level: int
    guidance: str = ""
    required: bool = True
