"""What a new version of a form changes, cell by cell; ids keep their meaning, so cells are compared by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.model import Cell, FormModel

COMPARED = {
    "kind": "loại ô",
    "type": "kiểu dữ liệu",
    "precision": "số chữ số thập phân",
    "formula": "công thức",
    "text": "chữ trong ô",
    "a1": "vị trí",
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
    return [*_rows(before, after), *_columns(before, after), *_cells(before, after)]


def _rows(before: FormModel, after: FormModel) -> Iterator[Change]:
    old = {row.id: (sheet.name, row) for sheet in before.sheets for row in sheet.rows}
    new = {row.id: (sheet.name, row) for sheet in after.sheets for row in sheet.rows}
    for id in dict.fromkeys([*old, *new]):
        sheet, row = new.get(id) or old[id]
        if id in old and id in new:
            was, now = old[id][1], row
            fields = _differing(
                {"nhãn": (was.label, now.label), "đơn vị tính": (was.measure or "", now.measure or "")}
            )
            if fields:
                yield Change("row", "changed", sheet, id, "", "", now.label, fields)
        else:
            yield Change("row", "added" if id in new else "removed", sheet, id, "", "", row.label, {})


def _columns(before: FormModel, after: FormModel) -> Iterator[Change]:
    old = {(sheet.name, column.id): column for sheet in before.sheets for column in sheet.columns}
    new = {(sheet.name, column.id): column for sheet in after.sheets for column in sheet.columns}
    for key in dict.fromkeys([*old, *new]):
        column = new.get(key) or old[key]
        label = " / ".join(column.path)
        if key in old and key in new:
            fields = _differing({"tiêu đề": (" / ".join(old[key].path), label)})
            if fields:
                yield Change("column", "changed", key[0], "", key[1], "", label, fields)
        else:
            yield Change("column", "added" if key in new else "removed", key[0], "", key[1], "", label, {})


def _cells(before: FormModel, after: FormModel) -> Iterator[Change]:
    old, new = _by_key(before), _by_key(after)
    for key in dict.fromkeys([*old, *new]):
        sheet, cell = new.get(key) or old[key]
        label = cell.text or ""
        if key in old and key in new:
            was = old[key][1]
            fields = _differing(
                {words: (_plain(was, name), _plain(cell, name)) for name, words in COMPARED.items()}
            )
            if fields:
                yield Change("cell", "changed", sheet, key[0], key[1], cell.a1, label, fields)
        else:
            how = "added" if key in new else "removed"
            yield Change("cell", how, sheet, key[0], key[1], cell.a1, label, {})


def _by_key(model: FormModel) -> dict[tuple[str, str], tuple[str, Cell]]:
    found: dict[tuple[str, str], tuple[str, Cell]] = {}
    for sheet in model.sheets:
        for cell in (*sheet.cells, *(cell for table in sheet.lists for cell in table.cells)):
            found[cell.row, cell.column] = (sheet.name, cell)
    return found


def _plain(cell: Cell, name: str) -> str:
    value = getattr(cell, name)
    return "" if value is None else str(value)


def _differing(pairs: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
