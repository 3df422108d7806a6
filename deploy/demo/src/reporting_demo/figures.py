"""Figures of a form: read from a filled copy, varied for another unit or period, added up to prove an aggregate."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.filled import read_filled
from forms.model import CellKind, CellType, FormModel
from forms.values import CellKey, Figures, Number, Value, value_from_json

Totals = dict[tuple[str, str], Decimal]


def model_of(version: Mapping[str, Any]) -> FormModel:
    return FormModel.model_validate(version["model"])


def read(version: Mapping[str, Any], data: bytes) -> Figures:
    return read_filled(model_of(version), data, new_row_id=lambda: str(uuid.uuid4())).figures


def varied(figures: Figures, key: str, *, spread: int = 30) -> Figures:
    """The same shape with other numbers: one factor for the unit and period, so that sums and parts stay true.

    Whole numbers stay whole, others keep their places; text and list rows stay, with keys of their own.
    """
    digest = hashlib.sha256(key.encode()).digest()
    factor = Decimal(100 - spread // 2 + digest[0] % spread) / 100
    ids = {
        row.id: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{key}/{row.order}/{row.list_id}"))
        for row in figures.list_rows
    }
    cells = {
        CellKey(ids.get(cell.row, cell.row), cell.column): _scaled(value, factor)
        for cell, value in figures.cells.items()
    }
    rows = tuple(replace(row, id=ids[row.id]) for row in figures.list_rows)
    return Figures(cells, rows)


def _scaled(value: Value, factor: Decimal) -> Value:
    if not isinstance(value, Number):
        return value
    places = Decimal(1).scaleb(min(0, int(value.value.as_tuple().exponent)))
    return Number((value.value * factor).quantize(places, ROUND_HALF_UP))


def numbers_of(filing: Mapping[str, Any], version: Mapping[str, Any]) -> Totals:
    """The numbers a report holds in fixed input cells."""
    wanted = _fixed_inputs(version)
    found: Totals = {}
    for cell in filing["cells"]:
        value = value_from_json(cell["value"])
        if (cell["row"], cell["column"]) in wanted and isinstance(value, Number):
            found[cell["row"], cell["column"]] = value.value
    return found


def totals_agree(form: Mapping[str, Any], sources: Sequence[Totals], version: Mapping[str, Any]) -> list[str]:
    """Cells of the aggregate that are not the sum of their sources; none is what should be."""
    expected: Totals = {}
    for source in sources:
        for key, number in source.items():
            expected[key] = expected.get(key, Decimal(0)) + number
    got = numbers_of(form, version)
    keys = set(expected) | set(got)
    return [
        f"{row}/{column}: {got.get((row, column))} != {expected.get((row, column))}"
        for row, column in sorted(keys)
        if got.get((row, column)) != expected.get((row, column))
    ]


def _fixed_inputs(version: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {
        (cell.row, cell.column)
        for sheet in model_of(version).sheets
        for cell in sheet.cells
        if cell.kind is CellKind.INPUT and cell.type is CellType.NUMBER
    }
