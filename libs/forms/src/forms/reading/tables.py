"""One sheet's table: its columns, rows and lists with their ids, then its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forms.addresses import Address, column_number, letter
from forms.expressions.nodes import OWN_ROW
from forms.grid import Grid
from forms.messages import Message
from forms.model import Cell, CellKind, ListTable, Row, RowKind
from forms.package import SheetPart
from forms.reading.body import BodyRow, Roles, find_roles, level_of, read_rows
from forms.reading.columns import NumberRow
from forms.reading.header import Header, begins_another, find_header, read_columns
from forms.reading.kinds import Cells, LeftAsLabel
from forms.reading.lists import ListRows, find_lists
from forms.reading.references import Resolver, Table
from forms.text import squeeze

_NOT_IN_IDS = re.compile(r"[\[\]{}:]")
_LEADING_NUMBER = re.compile(
    r"([IVXL]+(?=[.)])|[A-ZĐ](?=[.)])|\d+(?:\.\d+)*(?=[.)])|[a-zđ](?=\))|[-–+*](?=\s))"
)
_INTEGER = re.compile(r"\d+\.?")


@dataclass(frozen=True, slots=True)
class SheetTable:
    header: Header
    roles: Roles
    body: Mapping[int, BodyRow]
    table: Table
    last_row: int
    another: int | None
    """Row in which a second table begins, which the form doesn't take in."""


@dataclass(frozen=True, slots=True)
class Found:
    part: SheetPart
    grid: Grid
    table: SheetTable


def find_table(grid: Grid) -> SheetTable | None:
    header = find_header(grid)
    if header is None:
        return None
    columns = read_columns(grid, header)
    roles = find_roles(header, columns)
    body = _names_left_to_units(read_rows(grid, header, roles))
    lists = find_lists(grid, header, body)
    prefix = _NOT_IN_IDS.sub("_", grid.name)
    rows = _rows(grid, prefix, body, lists)
    tables = tuple(_list(prefix, place, found, roles) for place, found in enumerate(lists, 1))
    last = max([header.last, *(row.index for row in body), *(found.last for found in lists)])
    table = Table(grid.name, columns, rows, tables)
    below = range(last + 1, grid.last_row + 1)
    another = next((row for row in below if begins_another(grid, header, row)), None)
    return SheetTable(header, roles, {row.index: row for row in body}, table, last, another)


def _names_left_to_units(body: Sequence[BodyRow]) -> tuple[BodyRow, ...]:
    """Where one row's name is left open, its numbered neighbours' printed names are examples too."""
    rows = list(body)
    open_rows = [place for place, row in enumerate(rows) if row.named_by_unit]
    for place in open_rows:
        for step in (-1, 1):
            near = place + step
            while 0 <= near < len(rows) and _beside(rows[near - step], rows[near], step):
                rows[near] = replace(rows[near], named_by_unit=True)
                near += step
    return tuple(rows)


def _beside(row: BodyRow, near: BodyRow, step: int) -> bool:
    if not (_INTEGER.fullmatch(row.numbering) and _INTEGER.fullmatch(near.numbering)):
        return False
    return int(near.numbering.rstrip(".")) == int(row.numbering.rstrip(".")) + step and bool(near.label)


def _rows(grid: Grid, prefix: str, body: Sequence[BodyRow], lists: Sequence[ListRows]) -> tuple[Row, ...]:
    rows: list[Row] = []
    above: list[tuple[int, str]] = []
    for found in body:
        listed = any(each.first <= found.index <= (each.marker or each.last) for each in lists)
        if listed or (found.blank and not found.label):
            continue
        identity = f"{prefix}.{found.index}"
        level = level_of(found.numbering or _number_in_label(found.label))
        is_total = found.kind is RowKind.TOTAL and not found.numbering
        while above and (above[-1][0] >= level or is_total):
            above.pop()
        rows.append(
            Row(
                id=identity,
                index=found.index,
                kind=found.kind,
                numbering=found.numbering or None,
                label=found.label,
                measure=found.measure or None,
                parent_id=above[-1][1] if above else None,
                level=len(above),
                height=grid.heights.get(found.index),
            )
        )
        if not is_total:
            above.append((level, identity))
    return tuple(rows)


def _number_in_label(label: str) -> str:
    """``1.2. Sản lượng``: forms without a numbering column number their labels."""
    match = _LEADING_NUMBER.match(label)
    return match[1] if match else ""


def _list(prefix: str, place: int, found: ListRows, roles: Roles) -> ListTable:
    return ListTable(
        id=f"{prefix}.L{place}",
        first_row=found.first,
        last_row=found.last,
        marker_row=found.marker,
        total_row=f"{prefix}.{found.total}" if found.total else None,
        number_column=letter(roles.numbering) if roles.numbering else None,
        key_columns=(letter(roles.label),),
    )


def read_cells(
    item: Found,
    tables: Mapping[str, Table],
    used: frozenset[Address],
    left: list[LeftAsLabel],
    notes: list[Message],
) -> tuple[tuple[Cell, ...], tuple[ListTable, ...]]:
    """The cells of fixed rows, and the lists with the cells of their pattern rows."""
    grid, sheet = item.grid, item.table
    totals = {listed.total_row for listed in sheet.table.lists}
    list_totals = frozenset(row.index for row in sheet.table.rows if row.id in totals)
    judge = Cells(grid, sheet.table.columns, sheet.roles, used, list_totals)
    numbers = NumberRow.of(grid, sheet.header.number_row, sheet.table.columns)
    cells: list[Cell] = []
    for row in sheet.table.rows:
        resolve = Resolver(tables, grid.name, row.index, grid.names)
        body = sheet.body[row.index]
        judged = (judge.cell(body, row.id, column, resolve) for column in sheet.table.columns)
        cells.extend(numbers.apply([cell for cell in judged if cell is not None], row.id))
    lists = tuple(_with_pattern(sheet, listed, judge, tables, grid, numbers) for listed in sheet.table.lists)
    left.extend((*judge.left, *numbers.left, *_second_table(grid, sheet)))
    notes.extend(numbers.notes)
    return tuple(cells), lists


def _second_table(grid: Grid, sheet: SheetTable) -> tuple[LeftAsLabel, ...]:
    if sheet.another is None:
        return ()
    texts = (grid.at(sheet.another, column).text for column in sheet.header.columns)
    said = ", ".join(squeeze(text) for text in texts if text)
    why = "bảng thứ hai của trang, chưa lấy vào biểu: chuyển bảng này sang một trang tính riêng"
    return (LeftAsLabel(f"{grid.name}!{Address(sheet.another, sheet.header.left).a1}", said, why),)


def _with_pattern(
    sheet: SheetTable,
    listed: ListTable,
    judge: Cells,
    tables: Mapping[str, Table],
    grid: Grid,
    numbers: NumberRow,
) -> ListTable:
    empty = BodyRow(listed.first_row, "", "", "", RowKind.FIXED, blank=True)
    row = sheet.body.get(listed.first_row, empty)
    resolve = Resolver(tables, grid.name, row.index, grid.names)
    found = (judge.cell(row, listed.id, column, resolve, listed=True) for column in sheet.table.columns)
    cells = numbers.apply([cell for cell in found if cell is not None], OWN_ROW)
    inputs = [cell.column for cell in cells if cell.kind is CellKind.INPUT]
    key = tuple(column for column in listed.key_columns if column in inputs) or tuple(inputs[:1])
    ordered = tuple(sorted(key, key=column_number))
    return listed.model_copy(update={"cells": cells, "key_columns": ordered})
