"""Figures as a plain table: one line a cell, for programs and spreadsheets alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from forms.compute import whole
from forms.model import Cell, CellKind, FormModel, Sheet
from forms.text import runs_as_formula
from forms.values import Figures, NotApplicable, Number, Text, Value, plain

_HEAD = ("trang", "dòng", "số thứ tự", "chỉ tiêu", "đơn vị tính", "cột", "tên cột", "loại", "giá trị")


def to_csv(model: FormModel, figures: Figures) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the Vietnamese right. Numbers have ``.``;
    text that a spreadsheet would take for a formula is kept from being one by a leading apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows(_lines(model, whole(model, figures)))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _lines(model: FormModel, figures: Figures) -> Iterator[tuple[str, ...]]:
    for sheet in model.sheets:
        for cell in sheet.cells:
            row = sheet.rows_by_id[cell.row]
            if cell.kind is not CellKind.LABEL:
                value = _value(cell, figures.get(cell.row, cell.column))
                yield _line(sheet, cell, str(row.index), row.numbering or "", row.label, row.measure, value)
        for table in sheet.lists:
            for order, listed in enumerate(figures.rows_of(table.id), 1):
                name = " – ".join(_shown(figures.get(listed.id, column)) for column in table.key_columns)
                for cell in table.cells:
                    if cell.kind is not CellKind.LABEL:
                        value = _value(cell, figures.get(listed.id, cell.column))
                        yield _line(sheet, cell, f"{table.id}/{order}", str(order), name, None, value)


def _line(
    sheet: Sheet, cell: Cell, row: str, numbering: str, label: str, measure: str | None, value: str
) -> tuple[str, ...]:
    column = sheet.columns_by_id[cell.column]
    said = measure or column.measure or sheet.measure or ""
    texts = (sheet.name, row, numbering, label, said, cell.column, " / ".join(column.path), cell.kind.value)
    return (*(harmless(text) for text in texts), value)


def _value(cell: Cell, value: Value) -> str:
    if cell.kind is CellKind.NOT_APPLICABLE:
        return "x"
    return harmless(value.value) if isinstance(value, Text) else _shown(value)


def _shown(value: Value) -> str:
    match value:
        case Number(number):
            return plain(number)
        case Text(text):
            return text
        case NotApplicable():
            return "x"
        case _:
            return ""


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula is kept from being one by a leading apostrophe."""
    return f"'{text}" if runs_as_formula(text) else text
