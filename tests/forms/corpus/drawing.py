"""Drawing a workbook in few words: rows of cells from A1, merges, frames and number formats by area."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.building import saved

_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Expected:
    """What one sheet must be taken for; what is left out is not looked at."""

    header_rows: list[int]
    input: list[str]
    computed: Mapping[str, str] = field(default_factory=dict)
    """Some of the computed cells with their formulas."""
    computed_count: int = 0
    number_row: int | None = None
    list_rows: str | None = None
    untranslated: Mapping[str, str] = field(default_factory=dict)
    """A word of the reason, by cell."""
    measure: str | None = None
    measures: Mapping[str, str] = field(default_factory=dict)
    """By row or column id without the sheet's name."""
    parents: Mapping[int, int | None] = field(default_factory=dict)
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: str = ""
    frozen_at: str | None = None
    text: str = ""
    """Columns whose input is text."""


@dataclass(frozen=True)
class Shape:
    name: str
    draw: Callable[[], bytes]
    sheets: Mapping[str, Expected]


def drawn(
    page: Worksheet,
    rows: Rows,
    *,
    merges: Sequence[str] = (),
    frame: str = "",
    formats: Mapping[str, str] | None = None,
) -> Worksheet:
    for number, row in enumerate(rows, 1):
        for column, content in enumerate(row, 1):
            if content is not None:
                page.cell(number, column, content).font = Font(name="Times New Roman", size=12)
    for area in merges:
        page.merge_cells(area)
    for area, code in (formats or {}).items():
        for cell in cells(page, area):
            cell.number_format = code
    for cell in cells(page, frame) if frame else ():
        cell.border = FRAME
    return page


def cells(page: Worksheet, area: str) -> list[Any]:
    found = page[area]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [cell for row in rows for cell in (row if isinstance(row, tuple) else (row,))]


def one_sheet(
    rows: Rows,
    *,
    name: str = "Biểu",
    finish: Callable[[Worksheet], None] | None = None,
    **look: Any,
) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    drawn(page, rows, **look)
    if finish:
        finish(page)
    return saved(book)
