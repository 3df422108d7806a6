"""Where a figure stands, in the words of its form: for people who don't have the grid before their eyes."""

from __future__ import annotations

from dataclasses import dataclass

from forms.asking import measure_of
from forms.model import Cell, CellKind, FormModel, Row
from forms.values import Figures


@dataclass(frozen=True, slots=True)
class CellName:
    sheet: str
    row: str
    """Numbering and label of a fixed row; "Dòng 3" in a list."""
    column: str
    measure: str
    a1: str | None = None
    """Rows of lists have no place in the form's own workbook."""
    precision: int | None = None
    computed: bool = False

    def in_words(self) -> str:
        cell = f"ô {self.a1}, " if self.a1 else ""
        return f"{cell}{self.row}, cột «{self.column}»"


def form_cell(model: FormModel, figures: Figures, row: str, column: str) -> Cell | None:
    return model.cell_for(row, column, figures.list_of(row))


def name_of(model: FormModel, figures: Figures, row: str, column: str) -> CellName:
    """The name of a cell that the form has; `figures` tell which list a list row stands in."""
    list_id = figures.list_of(row)
    cell = model.cell_for(row, column, list_id)
    sheet = model.sheet_of_row[list_id or row]
    fixed = sheet.rows_by_id.get(row)
    shown_column = sheet.columns_by_id[column]
    return CellName(
        sheet=sheet.title or sheet.name,
        row=_row_name(fixed) if fixed else f"Dòng {number_of(figures, row)}",
        column=" – ".join(part for part in shown_column.path if part) or shown_column.letter,
        measure=measure_of(model, list_id or row, column) or "",
        a1=cell.a1 if cell and list_id is None else None,
        precision=cell.precision if cell else None,
        computed=cell is not None and cell.kind is CellKind.COMPUTED,
    )


def number_of(figures: Figures, row: str) -> int:
    """The running number of a list row, from 1."""
    rows = figures.rows_of(figures.list_of(row) or "")
    return next((place for place, each in enumerate(rows, 1) if each.id == row), 0)


def row_name(model: FormModel, row: str) -> str:
    """Of a fixed row, or of a list by its id."""
    sheet = model.sheet_of_row[row]
    fixed = sheet.rows_by_id.get(row)
    return f"dòng «{_row_name(fixed)}»" if fixed else f"danh sách của «{sheet.title or sheet.name}»"


def _row_name(row: Row) -> str:
    # A dash that stands for a number is no name.
    parts = [part for part in (row.numbering, row.label) if part and any(map(str.isalnum, part))]
    label = " ".join(parts)
    return label or f"Dòng {row.index}"
