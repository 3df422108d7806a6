"""Figures that the system has already: entered once, offered wherever they are asked for, with their source.

Three roads lead to one: the same indicator in another report of the unit and period, the link by which a report
form is filled from an entry form (DL 9.2a), and a running total that the period before and this one's figure give (PR-1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from forms.values import Number


class Level(StrEnum):
    """How far the figure has come where it stands."""

    DRAFT = "draft"
    """In the same report, whose forms come and go together."""
    UNIT_APPROVED = "unit_approved"
    ACCEPTED = "accepted"


class Why(StrEnum):
    INDICATOR = "indicator"
    LINK = "link"
    RUNNING = "running_total"
    """The place is that of the running total of the period before; of a year's first period, the figure's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, for people and for whoever follows it."""

    why: Why
    level: Level
    report_id: UUID
    revision: int
    form_version_id: UUID
    row: str
    column: str
    words: str
    """"Báo cáo …, biểu …, ô G15, …": readable when the report itself is out of reach."""
    approved_at: datetime | None = None

    def to_json(self) -> Mapping[str, Any]:
        return {
            "why": self.why.value, "level": self.level.value, "report_id": str(self.report_id),
            "revision": self.revision, "form_version_id": str(self.form_version_id), "row": self.row,
            "column": self.column, "words": self.words,
            "approved_at": self.approved_at.isoformat() if self.approved_at else None,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Place:
        at = data["approved_at"]
        return cls(
            Why(data["why"]), Level(data["level"]), UUID(data["report_id"]), data["revision"],
            UUID(data["form_version_id"]), data["row"], data["column"], data["words"],
            datetime.fromisoformat(at) if at else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    value: Number
    """At the precision of the cell it is offered to."""
    place: Place


RANK = {Level.ACCEPTED: 0, Level.UNIT_APPROVED: 1, Level.DRAFT: 2}


ROADS = {Why.LINK: 0, Why.INDICATOR: 1, Why.RUNNING: 2}


def best_first(known: Known) -> tuple[int, int, float]:
    """A link was drawn by the form's designer and stands before likeness, and what was approved before what is only
    worked out; then the higher level, then the later."""
    at = known.place.approved_at
    return (ROADS[known.place.why], RANK[known.place.level], -at.timestamp() if at else 0.0)
