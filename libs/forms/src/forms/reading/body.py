"""The rows of the table: where it ends, which rows are headings, lists, totals, and how they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from forms.grid import Grid, RawCell
from forms.model import Column, RowKind
from forms.reading.header import Header, begins_another
from forms.reading.words import (
    ends_table,
    has_hole,
    is_code_header,
    is_measure_header,
    is_not_applicable,
    is_numbering_header,
    is_row_number,
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
    named = [n for n in after if not is_code_header(by_name[n].path[-1])]
    label = (named or after or numbers)[0]
    measure = next((n for n in numbers if is_measure_header(by_name[n].path[-1]) and n != label), None)
    return Roles(numbering, label, measure)


def read_rows(grid: Grid, header: Header, roles: Roles) -> tuple[BodyRow, ...]:
    return _Body(grid, header, roles).rows()


class _Body:
    """Reads the rows of one table; what is asked of the whole table is worked out once."""

    def __init__(self, grid: Grid, header: Header, roles: Roles) -> None:
        self._grid = grid
        self._header = header
        self._roles = roles
        self._data = [column for column in header.columns if column not in roles]

    def rows(self) -> tuple[BodyRow, ...]:
        rows: list[BodyRow] = []
        row = self._header.last + 1
        while row <= self._grid.last_row:
            if self._ends(row) or begins_another(self._grid, self._header, row):
                break
            if not self._in_table(row) and not self._goes_on(row, bool(rows)):
                break
            rows.append(self._row(row))
            row += 1
        another = row <= self._grid.last_row and begins_another(self._grid, self._header, row)
        while rows and (self._is_spare(rows[-1]) or (another and self._only_names(rows[-1]))):
            rows.pop()
        return tuple(rows)

    def _is_spare(self, row: BodyRow) -> bool:
        return row.blank and not row.marker and not self._in_table(row.index)

    def _only_names(self, row: BodyRow) -> bool:
        """A title or a gap above another table: one text at most and no place for a figure."""
        cells = self._cells(row.index)
        written = sum(not cell.empty for cell in cells)
        return written <= 1 and not row.marker and not any(cell.style.format.is_number for cell in cells)

    def _cells(self, row: int) -> list[RawCell]:
        return [self._grid.at(row, column) for column in self._header.columns]

    def _text(self, row: int, column: int | None) -> str:
        return squeeze(self._grid.at(row, column).text) if column else ""

    def _ends(self, row: int) -> bool:
        """Notes or signatures: a text that says so, in a row without figures."""
        cells = self._cells(row)
        if any(cell.formula is not None or isinstance(cell.content, Decimal) for cell in cells):
            return False
        texts = [cell.text for cell in cells if cell.text]
        return bool(texts) and ends_table(texts[0]) and (len(texts) == 1 or all(ends_table(t) for t in texts))

    def _in_table(self, row: int) -> bool:
        cells = self._cells(row)
        drawn = sum(cell.style.bordered for cell in cells)
        written = any(not cell.empty for cell in cells)
        return written or drawn * 2 > len(cells) or any(cell.style.format.is_number for cell in cells)

    def _goes_on(self, row: int, begun: bool) -> bool:
        """Whether the table has more rows below an undrawn empty one."""
        for below in range(row + 1, min(row + 25, self._grid.last_row) + 1):
            cells = self._cells(below)
            if all(cell.empty for cell in cells):
                continue
            if self._ends(below):
                return False
            named = bool(self._text(below, self._roles.label))
            figures = any(c.formula is not None or isinstance(c.content, Decimal) for c in cells)
            total = any(is_total(cell.text) for cell in cells)
            return total or (
                named and (figures or (begun and bool(self._text(below, self._roles.numbering))))
            )
        return False

    def _row(self, row: int) -> BodyRow:
        grid, roles = self._grid, self._roles
        numbering = squeeze(grid.at(row, roles.numbering).shown) if roles.numbering else ""
        area = grid.merge_at(row, roles.label)
        label, measure = self._text(row, roles.label), self._text(row, roles.measure)
        if area.bottom > area.top and roles.label + 1 <= self._header.right:
            group, own = self._text(area.top, area.left), self._text(row, roles.label + 1)
            label = " – ".join(filter(None, (group, own)))
        first = next((cell.text for cell in self._cells(row) if cell.text), "")
        named_by_number = bool(numbering) and not label and not is_row_number(numbering)
        if named_by_number:
            label, numbering = numbering, ""
        if not label and (area.left < roles.label or is_total(first)):
            label, numbering = squeeze(first), ""
        texts = (grid.at(row, column).text for column in self._header.columns if column != roles.numbering)
        others = [text for text in texts if text]
        dots = [text for text in (numbering, *others) if only_dots(text)]
        said = any(text for text in others if not only_dots(text) and not is_not_applicable(text))
        blank = not named_by_number and not said
        marker = blank and bool(dots) and only_dots(label or numbering) and not _DECIMAL.fullmatch(numbering)
        return BodyRow(
            index=row,
            numbering="" if only_dots(numbering) else numbering,
            label="" if only_dots(label) else label,
            measure="" if only_dots(measure) else measure,
            kind=self._kind(row, label),
            blank=blank,
            marker=marker,
            named_by_unit=has_hole(label),
        )

    def _kind(self, row: int, label: str) -> RowKind:
        if is_total(label):
            return RowKind.TOTAL
        data = [self._grid.at(row, column) for column in self._data]
        if not label or any(not cell.empty for cell in data):
            return RowKind.FIXED
        area = self._grid.merge_at(row, self._roles.label)
        over_figures = any(area.left <= column <= area.right for column in self._data)
        if over_figures and area.right - area.left + 1 >= max(2, len(self._header.columns) - 2):
            return RowKind.HEADING
        formatted = any(cell.style.format.is_number for cell in data)
        unmeasured = bool(self._roles.measure) and not self._text(row, self._roles.measure)
        mostly_shaded = sum(cell.style.filled for cell in data) * 2 > len(data)
        if mostly_shaded and (unmeasured or not formatted):
            return RowKind.HEADING
        if unmeasured and not formatted and self._measured and self._stands_out(row):
            return RowKind.HEADING
        return RowKind.FIXED

    @cached_property
    def _measured(self) -> bool:
        """Whether most named rows state their measure, so that a row without one says something."""
        rows = range(self._header.last + 1, self._grid.last_row + 1)
        named = [row for row in rows if self._text(row, self._roles.label) and not self._ends(row)]
        stated = sum(bool(self._text(row, self._roles.measure)) for row in named)
        return stated >= 2 and stated * 2 > len(named)

    @cached_property
    def _formats(self) -> bool:
        """Whether cells for figures have number formats at all."""
        rows = range(self._header.last + 1, self._grid.last_row + 1)
        return any(self._grid.at(row, column).style.format.is_number for row in rows for column in self._data)

    def _stands_out(self, row: int) -> bool:
        """No number format here while other rows have one, or a heading's number."""
        numbering = self._text(row, self._roles.numbering)
        lettered = len(numbering) == 1 and numbering.isalpha()
        return self._formats or lettered or bool(_ROMAN.fullmatch(numbering))


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
