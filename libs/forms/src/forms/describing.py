"""A proposed form as plain data: what the command line prints and the tests of the corpus expect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms.addresses import Address, Area, column_number, parse_address
from forms.model import Cell, CellKind, FormModel, ListTable, RowKind, Sheet
from forms.reading.propose import Proposal
from forms.values import CellKey, Figures, Number, Text, Value, plain


def describe_sheets(proposal: Proposal) -> list[dict[str, Any]]:
    """Each sheet with its input ranges, formulas by cell and what could not be translated, by cell."""
    return [_sheet(sheet, proposal) for sheet in proposal.model.sheets]


def _sheet(sheet: Sheet, proposal: Proposal) -> dict[str, Any]:
    cells = list_cells(sheet)
    return {
        "name": sheet.name,
        "header_rows": list(sheet.header_rows),
        "input": ranges(address for address, cell in cells if cell.kind is CellKind.INPUT),
        "computed": {a.a1: cell.formula for a, cell in cells if cell.kind is CellKind.COMPUTED},
        "labels": sum(cell.kind is CellKind.LABEL and bool(cell.text) for _, cell in cells),
        "merged": list(sheet.merges),
        "list_rows": ",".join(_list_area(sheet, table) for table in sheet.lists) or None,
        "untranslated": {
            left.cell.rpartition("!")[2]: left.why
            for left in proposal.left_as_label
            if left.cell.rpartition("!")[0] == sheet.name
        },
    }


def list_cells(sheet: Sheet) -> list[tuple[Address, Cell]]:
    """Every cell of the empty form with its place, row by row."""
    cells = [placed for table in sheet.lists for placed in _repeated(table)]
    cells += [(parse_address(cell.a1), cell) for cell in sheet.cells]
    return sorted(cells, key=lambda placed: placed[0])


def _repeated(table: ListTable) -> Iterable[tuple[Address, Cell]]:
    """The cells of a list's blank rows, each of which looks like its pattern."""
    for row in range(table.first_row, table.last_row + 1):
        for cell in table.cells:
            yield Address(row, parse_address(cell.a1).column), cell


def _list_area(sheet: Sheet, table: ListTable) -> str:
    columns = [column_number(column.letter) for column in sheet.columns]
    return Area(table.first_row, columns[0], table.last_row, columns[-1]).a1


def ranges(addresses: Iterable[Address]) -> list[str]:
    """The fewest rectangles that runs of neighbours make, in reading order of their first cells."""
    runs: dict[tuple[int, int], list[int]] = {}
    by_row: dict[int, list[int]] = {}
    for address in addresses:
        by_row.setdefault(address.row, []).append(address.column)
    for row, columns in sorted(by_row.items()):
        for left, right in _runs(sorted(columns)):
            runs.setdefault((left, right), []).append(row)
    found = [
        Area(top, left, bottom, right) for (left, right), rows in runs.items() for top, bottom in _runs(rows)
    ]
    return [area.a1 for area in sorted(found)]


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def describe_indicators(model: FormModel) -> list[dict[str, Any]]:
    """What the form asks about: its named rows, or its columns where the rows are a list or are named by
    the reporting unit."""
    found: list[dict[str, Any]] = []
    for sheet in model.sheets:
        open_rows = {cell.row for cell in sheet.cells if cell.kind is CellKind.INPUT and cell.text}
        filled = {cell.row for cell in sheet.cells if cell.kind in (CellKind.INPUT, CellKind.COMPUTED)}
        rows = [row for row in sheet.rows if row.id in filled and row.kind is not RowKind.TOTAL]
        if sheet.lists or any(row.id in open_rows for row in rows):
            found.extend(_of_columns(sheet))
            continue
        for row in rows:
            place = Address(row.index, column_number(sheet.columns[0].letter)).a1
            found.append(
                _indicator(sheet, place, row.numbering, row.label, row.measure or sheet.measure, row.id)
            )
    return found


def _of_columns(sheet: Sheet) -> Iterable[dict[str, Any]]:
    numbers = {
        cell.column
        for cell in (*sheet.cells, *(cell for table in sheet.lists for cell in table.cells))
        if cell.kind in (CellKind.INPUT, CellKind.COMPUTED) and cell.type == "number"
    }
    for column in sheet.columns:
        if column.id in numbers:
            place = Address(sheet.header_rows[0], column_number(column.letter)).a1
            name = " / ".join(column.path)
            yield _indicator(sheet, place, column.number, name, column.measure or sheet.measure, column.id)


def _indicator(
    sheet: Sheet, cell: str, number: str | None, name: str, measure: str | None, identity: str
) -> dict[str, Any]:
    return {
        "sheet": sheet.name,
        "cell": cell,
        "id": identity,
        "number": number,
        "name": name,
        "measure": measure,
    }


def shown(value: Value) -> str:
    """A value as text: numbers with ``.`` and without needless zeros, nothing for a blank."""
    match value:
        case Number(number):
            digits = plain(number)
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case Text(text):
            return text
    return ""


def by_place(figures: Figures, places: Mapping[CellKey, tuple[str, str]], *, blanks: bool) -> dict[str, str]:
    """Figures under ``Sheet1!D12``, in reading order of the sheets."""
    named = {
        (sheet, parse_address(a1)): shown(figures.get(*key))
        for key, (sheet, a1) in places.items()
        if key in figures.cells
    }
    return {
        f"{sheet}!{address.a1}": text for (sheet, address), text in sorted(named.items()) if text or blanks
    }
