"""Figures that the system has already, as REST offers them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from forms.model import FormModel
from forms.values import CellKey, value_to_json
from pydantic import BaseModel, Field

from submission.domain.known import Known, Level, Place, Why
from submission.entrypoints.http.schemas import Moment


class PlaceOut(BaseModel):
    """Nơi một số liệu đã có sẵn."""

    why: Why
    level: Level
    report_id: UUID
    revision: int
    form_version_id: UUID
    row: str
    column: str
    words: str
    approved_at: Moment | None

    @classmethod
    def of(cls, place: Place) -> PlaceOut:
        return cls(**asdict(place))


class OtherKnownOut(BaseModel):
    value: dict[str, Any]
    place: PlaceOut


class KnownOut(BaseModel):
    """Số liệu hệ thống đã có cho một ô: giá trị nên lấy và nơi của nó; các nơi khác nếu nói khác."""

    row: str
    column: str
    a1: str | None
    value: dict[str, Any]
    place: PlaceOut
    others: list[OtherKnownOut] = Field(default=[], description="Nơi khác ghi số khác")

    @classmethod
    def of(cls, model: FormModel, key: CellKey, found: tuple[Known, ...]) -> KnownOut:
        best, *rest = found
        others = [
            OtherKnownOut(value=value_to_json(other.value), place=PlaceOut.of(other.place))
            for other in rest
            if other.value != best.value
        ]
        return cls(
            row=key.row, column=key.column, a1=model.cells[key].a1, value=value_to_json(best.value),
            place=PlaceOut.of(best.place), others=others,
        )  # fmt: skip
