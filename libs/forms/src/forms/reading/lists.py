"""Which rows of the table are a list with as many rows as a unit has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.addresses import Area
from forms.grid import Grid
from forms.model import RowKind
from forms.reading.body import BodyRow
from forms.reading.header import Header

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")
_LONGEST = 10_000
_INTEGER = re.compile(r"\d+\.?")


@dataclass(frozen=True, slots=True)
class ListRows:
    first: int
    last: int
    marker: int | None
    total: int | None


def find_lists(grid: Grid, header: Header, rows: Sequence[BodyRow]) -> tuple[ListRows, ...]:
    if not rows:
        start = header.last + 1
        return (ListRows(start, start, None, None),)
    found: list[ListRows] = []
    for run in _runs(rows):
        listed = _as_list(grid, header, rows, run)
        if listed is not None:
            found.append(listed)
    return tuple(found) or _unwritten(grid, header, rows)


def _unwritten(grid: Grid, header: Header, rows: Sequence[BodyRow]) -> tuple[ListRows, ...]:
    """A list of which the form shows nothing but its totals: the rows they add up, or those below."""
    if not all(row.blank or row.kind in (RowKind.TOTAL, RowKind.HEADING) for row in rows):
        return ()
    named = {row.index for row in rows}
    for row in rows:
        for start, end in _added_up(grid, header, row.index):
            if not named & set(range(start, end + 1)):
                return (ListRows(start, end, None, row.index),)
    below = rows[-1].index + 1
    return (ListRows(below, below, None, None),)


def _runs(rows: Sequence[BodyRow]) -> list[list[BodyRow]]:
    """Neighbouring rows that name nothing; a marker row ends its run."""
    runs: list[list[BodyRow]] = []
    current: list[BodyRow] = []
    for row in rows:
        if not row.blank or row.kind is not RowKind.FIXED:
            runs, current = ([*runs, current] if current else runs), []
            continue
        current.append(row)
        if row.marker:
            runs, current = [*runs, current], []
    return [*runs, current] if current else runs


def _as_list(grid: Grid, header: Header, rows: Sequence[BodyRow], run: Sequence[BodyRow]) -> ListRows | None:
    marker = run[-1].index if run[-1].marker else None
    filling = [row for row in run if not row.marker]
    first = filling[0].index if filling else run[0].index
    last = filling[-1].index if filling else run[0].index
    area = Area(first, header.left, marker or last, header.right)
    total = _total(grid, header, rows, area)
    counted = sum(bool(_INTEGER.fullmatch(row.numbering)) for row in filling)
    alone = all(row.blank or row.kind in (RowKind.TOTAL, RowKind.HEADING) for row in rows)
    if marker is None and total is None and counted == 0 and len(filling) < 2 and not alone:
        return None
    if not filling and marker is not None:
        examples = _examples(rows, marker)
        return ListRows(examples or marker, marker - 1 if examples else marker, marker, total)
    return ListRows(first, last, marker, total)


def _examples(rows: Sequence[BodyRow], marker: int) -> int | None:
    """Rows numbered 1, 2, … right above the marker that show how to fill the list; the first of them."""
    above = [row for row in rows if row.index < marker]
    first: int | None = None
    for row in reversed(above):
        if not _INTEGER.fullmatch(row.numbering) or row.kind is not RowKind.FIXED:
            return None
        first = row.index
        if int(row.numbering.rstrip(".")) == 1:
            return first
    return None


def _total(grid: Grid, header: Header, rows: Sequence[BodyRow], area: Area) -> int | None:
    """The row whose formulas add up this list, above or below it."""
    for row in rows:
        if area.top <= row.index <= area.bottom:
            continue
        if any(start <= area.top <= end for start, end in _added_up(grid, header, row.index)):
            return row.index
    return None


def _added_up(grid: Grid, header: Header, row: int) -> Iterator[tuple[int, int]]:
    """Rows of each one-column range in the formulas of a row."""
    for column in header.columns:
        for match in _RANGE.finditer((grid.at(row, column).formula or "").upper()):
            start, end = sorted((int(match[2]), int(match[4])))
            if match[1] == match[3] and end - start < _LONGEST:
                yield start, end
