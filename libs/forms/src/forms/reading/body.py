"""The rows of the table: where it ends, which rows are headings, lists, totals, and how they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from forms.grid import Grid, RawCell
from forms.model import Column, RowKind
from forms.reading.header import Header
from forms.reading.words import (
    ends_table,
    has_hole,
    is_measure_header,
    is_not_applicable,
    is_numbering_header,
    is_total,
    only_dots,
)
from forms.text import squeeze

_ROMAN = re.compile(r"[IVXL]+\.?")
_DECIMAL = re.compile(r"\d+(\.\d+)*\.?")


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns name a row instead of holding figures."""

    numbering: int | None
    label: int
    measure: int | None

    def __contains__(self, column: object) -> bool:
        return column in (self.numbering, self.label, self.measure)


@dataclass(frozen=True, slots=True)
class BodyRow:
    index: int
    numbering: str
    label: str
    measure: str
    kind: RowKind
    blank: bool
    """Nothing printed in it that names it: a row to be filled, or a spacer."""
    marker: bool = False
    named_by_unit: bool = False
    """Its label has a hole: the reporting unit writes the name itself."""


def find_roles(header: Header, columns: tuple[Column, ...]) -> Roles:
    numbers = list(header.columns)
    by_name = dict(zip(numbers, columns, strict=True))
    numbering = next((n for n in numbers[:2] if is_numbering_header(by_name[n].path[-1])), None)
    after = [n for n in numbers if numbering is None or n > numbering]
    label = after[0] if after else numbers[0]
    measure = next((n for n in numbers if is_measure_header(by_name[n].path[-1]) and n != label), None)
    return Roles(numbering, label, measure)


def read_rows(grid: Grid, header: Header, roles: Roles) -> tuple[BodyRow, ...]:
    rows: list[BodyRow] = []
    row = header.last + 1
    while row <= grid.last_row:
        if _ends(grid, header, row):
            break
        if not _in_table(grid, header, row) and not _goes_on(grid, header, roles, row, bool(rows)):
            break
        rows.append(_row(grid, header, roles, row))
        row += 1
    while rows and rows[-1].blank and not rows[-1].marker and not _in_table(grid, header, rows[-1].index):
        rows.pop()
    return tuple(rows)


def _cells(grid: Grid, header: Header, row: int) -> list[RawCell]:
    return [grid.at(row, column) for column in header.columns]


def _ends(grid: Grid, header: Header, row: int) -> bool:
    """Notes or signatures: a text that says so, in a row without figures."""
    cells = _cells(grid, header, row)
    if any(cell.formula is not None or isinstance(cell.content, Decimal) for cell in cells):
        return False
    texts = [cell.text for cell in cells if cell.text]
    return bool(texts) and ends_table(texts[0]) and (len(texts) == 1 or all(ends_table(t) for t in texts))


def _in_table(grid: Grid, header: Header, row: int) -> bool:
    cells = _cells(grid, header, row)
    drawn = sum(cell.style.bordered for cell in cells)
    written = any(not cell.empty for cell in cells)
    formatted = sum(cell.style.format.is_number for cell in cells)
    return written or drawn * 2 > len(cells) or formatted > 0


def _goes_on(grid: Grid, header: Header, roles: Roles, row: int, begun: bool) -> bool:
    """Whether the table has more rows below an undrawn empty one."""
    for below in range(row + 1, min(row + 25, grid.last_row) + 1):
        cells = _cells(grid, header, below)
        if all(cell.empty for cell in cells):
            continue
        if _ends(grid, header, below):
            return False
        named = bool(grid.at(below, roles.label).text)
        figures = any(c.formula is not None or isinstance(c.content, Decimal) for c in cells)
        total = any(is_total(cell.text) for cell in cells)
        return total or (named and (figures or (begun and _numbered(grid, roles, below))))
    return False


def _numbered(grid: Grid, roles: Roles, row: int) -> bool:
    return roles.numbering is not None and bool(grid.at(row, roles.numbering).text)


def _row(grid: Grid, header: Header, roles: Roles, row: int) -> BodyRow:
    numbering = squeeze(grid.at(row, roles.numbering).shown) if roles.numbering else ""
    area = grid.merge_at(row, roles.label)
    label = squeeze(grid.at(row, roles.label).text)
    if area.bottom > area.top and roles.label + 1 <= header.right:
        label = " – ".join(
            filter(
                None,
                (squeeze(grid.at(area.top, area.left).text), squeeze(grid.at(row, roles.label + 1).text)),
            )
        )
    measure = squeeze(grid.at(row, roles.measure).text) if roles.measure else ""
    first = next((c.text for c in _cells(grid, header, row) if c.text), "")
    if not label and (area.left < roles.label or is_total(first)):
        label, numbering = squeeze(first), ""
    others = [
        grid.at(row, column).text
        for column in header.columns
        if column != roles.numbering and grid.at(row, column).text
    ]
    dots = [text for text in (numbering, *others) if only_dots(text)]
    blank = not any(text for text in others if not only_dots(text) and not is_not_applicable(text))
    marker = blank and bool(dots) and only_dots(label or numbering) and not _DECIMAL.fullmatch(numbering)
    return BodyRow(
        index=row,
        numbering="" if only_dots(numbering) else numbering,
        label="" if only_dots(label) else label,
        measure="" if only_dots(measure) else measure,
        kind=_kind(grid, header, roles, row, label),
        blank=blank,
        marker=marker,
        named_by_unit=has_hole(label),
    )


def _kind(grid: Grid, header: Header, roles: Roles, row: int, label: str) -> RowKind:
    data = [grid.at(row, column) for column in header.columns if column not in roles]
    if is_total(label):
        return RowKind.TOTAL
    if not label or any(not cell.empty for cell in data):
        return RowKind.FIXED
    area = grid.merge_at(row, roles.label)
    if area.right - area.left + 1 >= max(2, len(header.columns) - 2):
        return RowKind.HEADING
    shaded = sum(cell.style.filled for cell in data)
    named = bool(roles.measure) and not grid.at(row, roles.measure or 1).text
    mostly_shaded = shaded * 2 > len(data)
    if mostly_shaded and (named or not any(cell.style.format.is_number for cell in data)):
        return RowKind.HEADING
    if named and _measured(grid, header, roles) and _formatless(grid, header, roles, row):
        return RowKind.HEADING
    return RowKind.FIXED


def _measured(grid: Grid, header: Header, roles: Roles) -> bool:
    """Whether most named rows state their measure, so that a row without one says something."""
    rows = range(header.last + 1, grid.last_row + 1)
    named = [row for row in rows if grid.at(row, roles.label).text and not _ends(grid, header, row)]
    stated = sum(bool(roles.measure and grid.at(row, roles.measure).text) for row in named)
    return stated >= 2 and stated * 2 > len(named)


def _formatless(grid: Grid, header: Header, roles: Roles, row: int) -> bool:
    """No number format here while other rows have one in the same columns, or a heading's number."""
    columns = [c for c in header.columns if c not in roles]
    if any(grid.at(row, column).style.format.is_number for column in columns):
        return False
    numbering = squeeze(grid.at(row, roles.numbering).text) if roles.numbering else ""
    formatted = any(
        grid.at(other, column).style.format.is_number
        for other in range(header.last + 1, grid.last_row + 1)
        for column in columns
    )
    return formatted or bool(_ROMAN.fullmatch(numbering)) or (len(numbering) == 1 and numbering.isalpha())


def level_of(numbering: str) -> int:
    """How deep a row's own number puts it: A, I, 1, 1.1, a), -, + and none."""
    text = numbering.rstrip(".)").lstrip("(")
    if len(text) == 1 and text.isalpha() and text.isupper() and text not in "IVXL":
        return 0
    if _ROMAN.fullmatch(text):
        return 1
    if _DECIMAL.fullmatch(text):
        return 2 + text.count(".")
    if len(text) == 1 and text.isalpha():
        return 7
    return {"-": 8, "–": 8, "+": 9, "*": 9}.get(text, 10)
