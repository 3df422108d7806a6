"""What a new version of a form changes, cell by cell.

What is the same row, column and list in both is told by what it says (`forms.matching`): a row put in doesn't make every
row below it another one. Ids are those of the new version, of what was removed those of the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.matching import Matches, match
from forms.model import Cell, Column, FormModel, Row

COMPARED = {
    "kind": "loại ô",
    "type": "kiểu dữ liệu",
    "precision": "số chữ số thập phân",
    "formula": "công thức",
    "text": "chữ trong ô",
}


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    """"row", "column" or "cell"."""
    how: str
    """"added", "removed" or "changed"."""
    sheet: str
    row: str
    column: str
    a1: str
    label: str
    fields: Mapping[str, tuple[str, str]]
    """Field in words → before, after."""


def version_difference(before: FormModel, after: FormModel) -> list[Change]:
    """Rows and columns first, then cells of rows and columns that both versions have."""
    matches = match(before, after)
    return [
        *_rows(before, after, matches),
        *_columns(before, after, matches),
        *_cells(before, after, matches),
    ]


def _rows(before: FormModel, after: FormModel, matches: Matches) -> Iterator[Change]:
    old: dict[str, Row] = {}
    for sheet in before.sheets:
        for row in sheet.rows:
            to = matches.rows.get(row.id)
            if to is None:
                yield Change("row", "removed", sheet.name, row.id, "", "", row.label, {})
            else:
                old[to] = row
    for sheet in after.sheets:
        for row in sheet.rows:
            was = old.get(row.id)
            if was is None:
                yield Change("row", "added", sheet.name, row.id, "", "", row.label, {})
                continue
            fields = _differing(
                {"nhãn": (was.label, row.label), "đơn vị tính": (was.measure or "", row.measure or "")}
            )
            if fields:
                yield Change("row", "changed", sheet.name, row.id, "", "", row.label, fields)


def _columns(before: FormModel, after: FormModel, matches: Matches) -> Iterator[Change]:
    old: dict[tuple[str, str], Column] = {}
    for sheet in before.sheets:
        for column in sheet.columns:
            to = matches.columns.get((sheet.name, column.id))
            if to is None:
                yield Change("column", "removed", sheet.name, "", column.id, "", _path(column), {})
            else:
                old[matches.sheets[sheet.name], to] = column
    for sheet in after.sheets:
        for column in sheet.columns:
            was = old.get((sheet.name, column.id))
            if was is None:
                yield Change("column", "added", sheet.name, "", column.id, "", _path(column), {})
            elif fields := _differing({"tiêu đề": (_path(was), _path(column))}):
                yield Change("column", "changed", sheet.name, "", column.id, "", _path(column), fields)


def _cells(before: FormModel, after: FormModel, matches: Matches) -> Iterator[Change]:
    old: dict[tuple[str, str], Cell] = {}
    for sheet, cell in _every(before):
        row = matches.lists.get(cell.row) or matches.rows.get(cell.row)
        column = matches.columns.get((sheet, cell.column))
        if row is None or column is None:
            yield Change("cell", "removed", sheet, cell.row, cell.column, cell.a1, cell.text or "", {})
        else:
            old[row, column] = cell
    for sheet, cell in _every(after):
        was = old.get((cell.row, cell.column))
        if was is None:
            yield Change("cell", "added", sheet, cell.row, cell.column, cell.a1, cell.text or "", {})
            continue
        fields = _differing(
            {words: (_plain(was, name), _plain(cell, name)) for name, words in COMPARED.items()}
        )
        if fields:
            yield Change("cell", "changed", sheet, cell.row, cell.column, cell.a1, cell.text or "", fields)


def _every(model: FormModel) -> Iterator[tuple[str, Cell]]:
    for sheet in model.sheets:
        for cell in (*sheet.cells, *(cell for table in sheet.lists for cell in table.cells)):
            yield sheet.name, cell


def _path(column: Column) -> str:
    return " / ".join(column.path)


def _plain(cell: Cell, name: str) -> str:
    value = getattr(cell, name)
    return "" if value is None else str(value)


def _differing(pairs: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
