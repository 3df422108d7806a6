"""Where the table's header is, how many levels it has and what each column is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from forms.addresses import letter, parse_address
from forms.grid import Grid, RawCell
from forms.model import Column
from forms.reading.words import (
    column_number_said,
    ends_table,
    is_bracketed_number,
    is_column_number,
    is_letterhead,
    is_numbering_header,
    known_measure,
    measure_in_header,
    measure_in_line,
)
from forms.text import squeeze

_YEAR = re.compile(r"(19|20)\d\d")
_OWN_NUMBER = re.compile(r"(\d+)([a-z]|\.\d+)?")
_LETTERINGS = ("abcdefgh", ("I", "II", "III", "IV"))
_DEEPEST_START = 60
_MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Header:
    top: int
    bottom: int
    number_row: int | None
    left: int
    right: int

    @property
    def last(self) -> int:
        return self.number_row or self.bottom

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)


def find_header(grid: Grid) -> Header | None:
    """The header of the sheet's table; None where the sheet has no table."""
    number_row = _find_number_row(grid)
    anchor = _anchor_row(grid, number_row)
    if anchor is None:
        return None
    top = _extend_up(grid, anchor)
    bottom = number_row - 1 if number_row is not None and number_row > top else _bottom(grid, top, anchor)
    if number_row is not None and number_row <= top:
        number_row = None
    columns = _columns(grid, top, number_row or bottom)
    if not columns:
        return None
    return Header(top, bottom, number_row, columns[0], columns[-1])


def begins_another(grid: Grid, header: Header, row: int) -> bool:
    """Whether a second table with a header of its own begins here; the same header printed again doesn't."""
    if not is_numbering_header(grid.at(row, header.left).text) or _has_figures(grid, row):
        return False
    said = [text for column in header.columns if (text := grid.at(row, column).text)]
    if len(said) < 2:
        return False
    printed = _header_texts(grid, header)
    return any(squeeze(text) not in printed for text in said)


def _header_texts(grid: Grid, header: Header) -> set[str]:
    rows = range(header.top, header.bottom + 1)
    return {squeeze(grid.at(row, column).text) for row in rows for column in header.columns}


def _texts(grid: Grid, row: int) -> list[int]:
    """Columns whose cell in this row holds printed text."""
    return [
        column
        for column in range(1, grid.last_column + 1)
        if isinstance(grid.at(row, column).content, str) and grid.at(row, column).text
    ]


def _find_number_row(grid: Grid) -> int | None:
    """The row ``A, B, (1), (2), (3)=(1)+(2)`` under a header."""
    for row in range(2, min(grid.last_row, _DEEPEST_START) + 1):
        shown = [grid.at(row, c).text for c in range(1, grid.last_column + 1) if grid.at(row, c).text]
        if len(shown) < 2 or not all(is_column_number(text) for text in shown):
            continue
        if any(is_bracketed_number(text) for text in shown) or _counts_up(grid, row, len(shown)):
            return row
    return None


def _counts_up(grid: Grid, row: int, count: int) -> bool:
    """Plain 1, 2, 3… without brackets: only below text in every one of its columns."""
    texts = (grid.at(row, c).text for c in range(1, grid.last_column + 1))
    shown = [column_number_said(text) for text in texts if text]
    numbers = [match for text in shown if (match := _OWN_NUMBER.match(text))]
    letters = [text for text in shown if not _OWN_NUMBER.match(text)]
    heads = range(max(1, row - _MOST_LEVELS), row)
    numbered = [column for column in range(1, grid.last_column + 1) if grid.at(row, column).text]
    above = [column for column in numbered if any(grid.anchor(head, column).text for head in heads)]
    return (
        count >= 3
        and bool(numbers)
        and int(numbers[0][1]) in (0, 1, len(letters) + 1)
        and all(_follows(number, before) for before, number in pairwise(numbers))
        and _are_letters(letters)
        and len(above) >= count - 1
    )


def _follows(number: re.Match[str], before: re.Match[str]) -> bool:
    """2 after 1; 4b after 4a and 3.1 after 3 are parts of one number."""
    step = int(number[1]) - int(before[1])
    return step == 1 or (step == 0 and number[2] is not None and number[2] != before[2])


def _are_letters(letters: list[str]) -> bool:
    """A, B, C before the numbers; small ones and Roman ones only in their order, as rows are marked so too."""
    in_order = any(letters == list(names[: len(letters)]) for names in _LETTERINGS)
    return in_order or all(len(text) == 1 and text.isupper() for text in letters)


def _anchor_row(grid: Grid, number_row: int | None) -> int | None:
    for row in range(1, min(grid.last_row, _DEEPEST_START) + 1):
        columns = _texts(grid, row)
        if len(columns) >= 2 and any(is_numbering_header(grid.at(row, c).text) for c in columns):
            return row
    if number_row is not None:
        return number_row - 1
    frozen = parse_address(grid.frozen_at).row - 1 if grid.frozen_at else 0
    if frozen >= 1 and len(_texts(grid, frozen)) >= 2 and not _outside_table(grid, frozen):
        return frozen
    return _widest_row(grid)


def _widest_row(grid: Grid) -> int | None:
    rows = [
        (row, len(_texts(grid, row)))
        for row in range(1, min(grid.last_row, _DEEPEST_START) + 1)
        if not _outside_table(grid, row) and not _has_figures(grid, row)
    ]
    most = max((count for _, count in rows), default=0)
    return next((row for row, count in rows if count == most), None) if most >= 2 else None


def _has_figures(grid: Grid, row: int) -> bool:
    cells = (grid.at(row, column) for column in range(1, grid.last_column + 1))
    return any(cell.formula is not None or _is_figure(cell) for cell in cells)


def _is_figure(cell: RawCell) -> bool:
    """A number, but not a year, which is a column's name."""
    return isinstance(cell.content, Decimal) and not _YEAR.fullmatch(cell.text)


def _outside_table(grid: Grid, row: int) -> bool:
    """Letterhead, title, measure line or signatures: never part of a header."""
    texts = [grid.at(row, column).text for column in _texts(grid, row)]
    return not texts or any(is_letterhead(t) or measure_in_line(t) or ends_table(t) for t in texts)


def _extend_up(grid: Grid, anchor: int) -> int:
    top = min((grid.merge_at(anchor, c).top for c in range(1, grid.last_column + 1)), default=anchor)
    while top > 1 and anchor - top < _MOST_LEVELS:
        above = _texts(grid, top - 1)
        spans = [grid.merge_at(top - 1, c) for c in above]
        grouping = [a for a in spans if a.right > a.left and not _is_title(grid, top - 1)]
        if _outside_table(grid, top - 1) or (len(above) < 2 and not grouping):
            break
        if len(above) == 1 and not grid.at(top - 1, above[0]).style.bordered:
            break
        top -= 1
    return top


def _is_title(grid: Grid, row: int) -> bool:
    """One text across (nearly) the whole width."""
    columns = _texts(grid, row)
    if len(columns) != 1:
        return False
    area = grid.merge_at(row, columns[0])
    return area.right - area.left + 1 >= max(2, grid.last_column - 1)


def _bottom(grid: Grid, top: int, anchor: int) -> int:
    bottom = anchor
    row = top
    while row <= bottom and bottom - top < _MOST_LEVELS:
        areas = [grid.merge_at(row, column) for column in _texts(grid, row)]
        bottom = max([bottom, *(area.bottom for area in areas)])
        row += 1
    while bottom - top < _MOST_LEVELS and _is_lower_level(grid, top, bottom + 1):
        bottom += 1
    return bottom + 1 if _is_measure_row(grid, top, bottom + 1) else bottom


def _is_measure_row(grid: Grid, top: int, row: int) -> bool:
    """``ha``, ``tấn`` … under the names of the columns, nothing under the names of the rows."""
    columns = _texts(grid, row)
    first = min(_texts(grid, top), default=1)
    if not columns or columns[0] <= first + 1 or _has_figures(grid, row):
        return False
    named = all(any(grid.anchor(above, c).text for above in range(top, row)) for c in columns)
    return named and all(known_measure(grid.at(row, c).text) for c in columns)


def _is_lower_level(grid: Grid, top: int, row: int) -> bool:
    """Texts under a grouping header, with nothing in the first column and no figures."""
    columns = _texts(grid, row)
    if not columns or _outside_table(grid, row) or _has_figures(grid, row):
        return False
    first = min(_texts(grid, top), default=1)
    if columns[0] <= first:
        return False
    grouped = [c for c in columns if not grid.at(row - 1, c).text or grid.merge_at(row - 1, c).right > c]
    return len(columns) >= 2 and (len(grouped) > 0) and not grid.at(row, first + 1).text


def _columns(grid: Grid, top: int, bottom: int) -> list[int]:
    named = [
        column
        for column in range(1, grid.last_column + 1)
        if any(grid.anchor(row, column).text for row in range(top, bottom + 1))
    ]
    if not named:
        return []
    joined = [named[0]]
    for column in named[1:]:
        if column - joined[-1] > 2:
            break
        joined.append(column)
    return joined


def read_columns(grid: Grid, header: Header) -> tuple[Column, ...]:
    measured = header.bottom > header.top and _is_measure_row(grid, header.top, header.bottom)
    return tuple(_column(grid, header, column, measured) for column in header.columns)


def _column(grid: Grid, header: Header, column: int, measured: bool) -> Column:
    path: list[str] = []
    for row in range(header.top, header.bottom + 1):
        text = squeeze(grid.anchor(row, column).text) or _group_from_left(grid, header, row, column)
        if text and (not path or path[-1] != text):
            path.append(text)
    number = grid.at(header.number_row, column).text if header.number_row else ""
    stated = known_measure(grid.at(header.bottom, column).text) if measured else None
    return Column(
        id=letter(column),
        letter=letter(column),
        path=tuple(path) or (letter(column),),
        measure=stated or next((m for text in reversed(path) if (m := measure_in_header(text))), None),
        number=squeeze(number) or None,
        hidden=column in grid.hidden_columns,
        width=grid.widths.get(column),
    )


def _group_from_left(grid: Grid, header: Header, row: int, column: int) -> str:
    """A group's name written over its first column only, not merged over the others."""
    if row >= header.bottom or column == header.left:
        return ""
    if any(grid.anchor(above, column).text for above in range(header.top, row)):
        return ""
    if not any(grid.at(below, column).text for below in range(row + 1, header.bottom + 1)):
        return ""
    left = column - 1
    while left >= header.left:
        text = grid.anchor(row, left).text
        below = any(grid.at(r, left).text for r in range(row + 1, header.bottom + 1))
        if not below or grid.merge_at(row, left).bottom > row:
            return ""
        if text:
            return squeeze(text)
        left -= 1
    return ""
