"""What the tests of the form library share: the sample forms and small workbooks."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from forms.filled import Filled, read_filled
from forms.limits import Limits
from forms.model import Cell, CellKind, CellType, FormModel
from forms.reading import propose
from forms.values import CellKey, Figures, ListRow, Number, Text, Value

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "contracts" / "forms"
FORMS = ("kt-xh-thang", "du-an-dau-tu-cong", "ho-ngheo-xa")


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


@cache
def model_of(name: str) -> FormModel:
    return propose(sample(name)).model


def counted_ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012d}"


@cache
def filled(name: str) -> Filled:
    return read_filled(model_of(name), sample(f"{name}-filled"), new_row_id=counted_ids())


def figures_of(name: str) -> Figures:
    return filled(name).figures


def workbook(rows: Sequence[Sequence[Any]], *, sheet: str = "Biểu", merges: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merges:
        page.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(data: bytes, *, results: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)


def changed(name: str, change: Callable[[Any], None]) -> bytes:
    """A filled sample after someone worked on it."""
    book = opened(sample(name))
    change(book.worksheets[0])
    return saved(book)


def number(text: str) -> Number:
    return Number(Decimal(text))


def shown(value: Value) -> str:
    """A figure as a reader sees it: digits without needless zeros, text, or nothing."""
    match value:
        case Number(amount):
            digits = format(amount, "f")
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case Text(text):
            return text
        case _:
            return ""


def some_figures(model: FormModel) -> Figures:
    """A plausible value in every input cell, four rows in every list."""
    cells: dict[CellKey, Value] = {}
    rows: list[ListRow] = []
    for place, cell in enumerate(model.input_cells(), 1):
        cells[CellKey(cell.row, cell.column)] = _a_value(cell, place, f"chữ {place}")
    new_id = counted_ids()
    for table in model.lists_by_id.values():
        for order in range(1, 5):
            row = new_id()
            rows.append(ListRow(row, table.id, order))
            for cell in table.cells:
                if cell.kind is CellKind.INPUT:
                    name = f"{table.id} {cell.column} {order}"
                    cells[CellKey(row, cell.column)] = _a_value(cell, order * 10, name)
    return Figures(cells, tuple(rows))


def _a_value(cell: Cell, place: int, words: str) -> Value:
    """Within what the cell takes."""
    limits = cell.limits or Limits()
    if cell.type is CellType.NUMBER:
        value = number(str(place)).value
        value = value if limits.least is None else max(value, limits.least)
        return Number(value if limits.most is None else min(value, limits.most))
    if limits.choices:
        return Text(limits.choices[place % len(limits.choices)])
    return Text("05/11/2026" if limits.day else words[: limits.longest])
