"""What a report's move to a newer version of a form did, kept for ever: a figure without a place stays readable here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.values import Value, value_from_json, value_to_json


@dataclass(frozen=True, slots=True)
class FallenFigure:
    """Keys and words are those of the version the figure was entered in."""

    row: str
    column: str
    sheet: str
    place: str
    value: Value
    reason: str
    why: str

    def to_json(self) -> Mapping[str, Any]:
        return {
            "row": self.row, "column": self.column, "sheet": self.sheet, "place": self.place,
            "value": value_to_json(self.value), "reason": self.reason, "why": self.why,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FallenFigure:
        return cls(**{**data, "value": value_from_json(data["value"])})


@dataclass(frozen=True, slots=True)
class MovedForm:
    """One form of one report, moved once from one version to another, with the consent of whoever enters it."""

    report_id: UUID
    from_version_id: UUID
    to_version_id: UUID
    from_number: int
    to_number: int
    form_code: str
    form_name: str
    revision: int
    kept: int
    """Cells carried over."""
    fallen: tuple[FallenFigure, ...]
    who: str
    who_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitFallen:
    """A figure of a unit's accepted report that has no place in the version the aggregate is made in."""

    report_id: UUID
    unit_id: UUID
    unit_name: str
    from_number: int
    figure: FallenFigure

    def to_json(self) -> Mapping[str, Any]:
        return {
            "report_id": str(self.report_id), "unit_id": str(self.unit_id), "unit_name": self.unit_name,
            "from_number": self.from_number, "figure": self.figure.to_json(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> UnitFallen:
        return cls(
            UUID(data["report_id"]), UUID(data["unit_id"]), data["unit_name"], data["from_number"],
            FallenFigure.from_json(data["figure"]),
        )  # fmt: skip
