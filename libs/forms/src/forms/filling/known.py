"""The header and naming columns of a form, as the importer saw them."""

from __future__ import annotations

from forms.addresses import column_number
from forms.model import CellKind, Row, Sheet
from forms.reading.body import Roles, find_roles
from forms.reading.header import Header
from forms.text import fold


def header_of(sheet: Sheet, offset: int = 0) -> Header:
    number_row = None if sheet.number_row is None else sheet.number_row + offset
    return Header(
        top=sheet.header_rows[0] + offset,
        bottom=sheet.header_rows[-1] + offset,
        number_row=number_row,
        left=column_number(sheet.columns[0].letter),
        right=column_number(sheet.columns[-1].letter),
    )


def roles_of(sheet: Sheet) -> Roles:
    return find_roles(header_of(sheet), sheet.columns)


def label_key(text: str) -> str:
    return fold(text).strip(" .:;-–")


def rows_named_by_unit(sheet: Sheet) -> frozenset[str]:
    """Rows whose label is an input cell."""
    columns = {column.id: column_number(column.letter) for column in sheet.columns}
    label = roles_of(sheet).label
    return frozenset(
        cell.row for cell in sheet.cells if cell.kind is CellKind.INPUT and columns[cell.column] == label
    )


def said(row: Row) -> str:
    return f"“{row.numbering} {row.label}”" if row.numbering else f"“{row.label}”"
