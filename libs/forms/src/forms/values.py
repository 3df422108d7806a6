"""What can stand in a cell. Blank, zero and "not applicable" are three different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Blank:
    pass


@dataclass(frozen=True, slots=True)
class NotApplicable:
    pass


Value = Number | Text | Blank | NotApplicable

BLANK = Blank()
NOT_APPLICABLE = NotApplicable()


def plain(number: Decimal) -> str:
    """The number with ``.`` and without exponent; what it loses is only a sign of zero."""
    if not number.is_finite():
        raise ValueError(f"not a finite number: {number}")
    text = format(number, "f")
    return text[1:] if number.is_zero() and text.startswith("-") else text


def value_to_json(value: Value) -> dict[str, Any]:
    match value:
        case Number(number):
            return {"number": plain(number)}
        case Text(text):
            return {"text": text}
        case Blank():
            return {"blank": True}
        case NotApplicable():
            return {"not_applicable": True}


def value_from_json(data: Mapping[str, Any]) -> Value:
    if len(data) != 1:
        raise ValueError("a value has exactly one of: number, text, blank, not_applicable")
    (kind, content), *_ = data.items()
    if kind == "number" and isinstance(content, str):
        number = Decimal(content)
        if number.is_finite():
            return Number(number)
    if kind == "text" and isinstance(content, str):
        return Text(content)
    if kind == "blank" and content is True:
        return BLANK
    if kind == "not_applicable" and content is True:
        return NOT_APPLICABLE
    raise ValueError(f"not a value: {kind}")


class CellKey(NamedTuple):
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: its own id for life, the list it belongs to, its place in it."""

    id: str
    list_id: str
    order: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one filing. A key that is absent is blank."""

    cells: Mapping[CellKey, Value] = field(default_factory=dict)
    list_rows: tuple[ListRow, ...] = ()

    def get(self, row: str, column: str) -> Value:
        return self.cells.get(CellKey(row, column), BLANK)

    def rows_of(self, list_id: str) -> tuple[ListRow, ...]:
        rows = (row for row in self.list_rows if row.list_id == list_id)
        return tuple(sorted(rows, key=lambda row: (row.order, row.id)))

    def list_of(self, row_id: str) -> str | None:
        return next((row.list_id for row in self.list_rows if row.id == row_id), None)

    def with_cells(self, cells: Mapping[CellKey, Value]) -> Figures:
        return replace(self, cells={**self.cells, **cells})

    def to_json(self) -> dict[str, Any]:
        return {
            "cells": [
                {"row": key.row, "column": key.column, "value": value_to_json(value)}
                for key, value in self.cells.items()
            ],
            "list_rows": [
                {"id": row.id, "list_id": row.list_id, "order": row.order} for row in self.list_rows
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        return cls(
            {CellKey(item["row"], item["column"]): value_from_json(item["value"]) for item in data["cells"]},
            tuple(ListRow(r["id"], r["list_id"], r["order"]) for r in data["list_rows"]),
        )
