"""Which indicator (chỉ tiêu) a cell of a form gives the figure of, and what an indicator's rule needs there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kit.errors import InvalidInput, Place

from forms.base import Frozen
from forms.indicators import BoundIndicator
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, FormModel, Sheet
from forms.values import CellKey


class Binding(Frozen):
    """Binds a row (``row``), a column of a sheet (``sheet`` and ``column``) or one cell (``row`` and ``column``);
    without an indicator it takes the binding away. ``row`` may be a list's id, for the pattern of its rows."""

    indicator_id: str | None
    row: str | None = None
    column: str | None = None
    sheet: str | None = None


def bind(model: FormModel, bindings: Sequence[Binding], known: Mapping[str, BoundIndicator]) -> FormModel:
    """The model with these bindings; `known` gives what an indicator newly named means today."""
    meanings = {**model.indicators_by_id, **known}
    for binding in bindings:
        _refuse_unknown_place(model, binding)
        if binding.indicator_id is not None and binding.indicator_id not in meanings:
            raise InvalidInput(
                "forms.binding.unknown_indicator",
                "Chỉ tiêu được gắn không có trong danh mục đang áp dụng.",
                places=(Place(field="indicator_id"),),
                remedy="Chọn chỉ tiêu đã công bố trong danh mục chỉ tiêu.",
            )
    sheets = tuple(_bound(sheet, bindings) for sheet in model.sheets)
    used = {one for sheet in sheets for one in _used(sheet)}
    indicators = sorted((meanings[one] for one in used), key=lambda one: (one.code, one.id))
    return model.model_copy(update={"sheets": sheets, "indicators": tuple(indicators)})


def refreshed(model: FormModel, known: Mapping[str, BoundIndicator]) -> FormModel:
    """The model with what each bound indicator means now; those not `known` stay as they were."""
    return model.model_copy(update={"indicators": tuple(known.get(one.id, one) for one in model.indicators)})


def indicator_of(model: FormModel, cell: Cell) -> BoundIndicator | None:
    """The indicator of a cell: its own, else its row's, else its column's. Labels give no figure."""
    if cell.kind not in (CellKind.INPUT, CellKind.COMPUTED):
        return None
    sheet = model.sheet_of_row[cell.row]
    row = sheet.rows_by_id.get(cell.row)
    named = (
        cell.indicator_id
        or (row.indicator_id if row is not None else None)
        or sheet.columns_by_id[cell.column].indicator_id
    )
    return None if named is None else model.indicators_by_id.get(named)


def companion(model: FormModel, cell: Cell, indicator_id: str) -> Cell | None:
    """The cell that gives another indicator's figure for what `cell` tells of: in its column, else in its row,
    else the only one in the form."""
    found = [
        other
        for other in model.cells.values()
        if (bound := indicator_of(model, other)) is not None and bound.id == indicator_id
    ]
    sheet = model.sheet_of_row[cell.row]
    beside = [o for o in found if o.column == cell.column and model.sheet_of_row[o.row] is sheet]
    beside = beside or [other for other in found if other.row == cell.row]
    beside = beside or found
    return beside[0] if len(beside) == 1 else None


def check_bindings(model: FormModel) -> tuple[Message, ...]:
    """An input cell whose rule needs other figures must have them in the form, each in one cell."""
    return tuple(
        _companion_missing(model, cell, indicator)
        for cell in model.input_cells()
        if cell.type is not CellType.TEXT
        and (indicator := indicator_of(model, cell)) is not None
        and any(companion(model, cell, one) is None for one in indicator.companions)
    )


def _companion_missing(model: FormModel, cell: Cell, indicator: BoundIndicator) -> Message:
    return Message(
        code="forms.publishing.companion_missing",
        severity=Severity.ERROR,
        message=f"Ô {cell.a1}: chỉ tiêu “{indicator.name}” tổng hợp theo trọng số hoặc theo tử số, mẫu số, "
        "nhưng biểu không có đúng một ô cho chỉ tiêu làm trọng số, tử số, mẫu số đó ở cùng cột hoặc cùng dòng.",
        sheet=model.sheet_of_row[cell.row].name,
        row=cell.row,
        column=cell.column,
        a1=cell.a1,
    )


def _refuse_unknown_place(model: FormModel, binding: Binding) -> None:
    sheet = (
        next((one for one in model.sheets if one.name == binding.sheet), None)
        if binding.row is None
        else model.sheet_of_row.get(binding.row)
    )
    known = sheet is not None and (binding.column is None or binding.column in sheet.columns_by_id)
    if binding.row is not None and binding.column is not None:
        list_id = binding.row if binding.row in model.lists_by_id else None
        known = model.cell_for(binding.row, binding.column, list_id) is not None
    elif binding.column is None:
        known = binding.row is not None and sheet is not None and binding.row in sheet.rows_by_id
    if not known:
        raise InvalidInput(
            "forms.binding.unknown_place",
            f"Biểu không có dòng “{binding.row or ''}”, cột “{binding.column or ''}” để gắn chỉ tiêu.",
            places=(Place(sheet=binding.sheet, cell=f"{binding.row or ''}:{binding.column or ''}"),),
            remedy="Chọn dòng, cột hoặc ô trong biểu đang thiết kế.",
        )


def _bound(sheet: Sheet, bindings: Sequence[Binding]) -> Sheet:
    rows = {b.row: b.indicator_id for b in bindings if b.row is not None and b.column is None}
    columns = {b.column: b.indicator_id for b in bindings if b.row is None and b.sheet == sheet.name}
    cells = {
        CellKey(b.row, b.column): b.indicator_id
        for b in bindings
        if b.row is not None and b.column is not None
    }

    def of_cell(cell: Cell) -> Cell:
        key = CellKey(cell.row, cell.column)
        return cell.model_copy(update={"indicator_id": cells[key]}) if key in cells else cell

    return sheet.model_copy(
        update={
            "rows": tuple(
                row.model_copy(update={"indicator_id": rows[row.id]}) if row.id in rows else row
                for row in sheet.rows
            ),
            "columns": tuple(
                column.model_copy(update={"indicator_id": columns[column.id]})
                if column.id in columns
                else column
                for column in sheet.columns
            ),
            "cells": tuple(of_cell(cell) for cell in sheet.cells),
            "lists": tuple(
                table.model_copy(update={"cells": tuple(of_cell(cell) for cell in table.cells)})
                for table in sheet.lists
            ),
        }
    )


def _used(sheet: Sheet) -> Iterator[str]:
    patterns = (cell for table in sheet.lists for cell in table.cells)
    named = (
        *(row.indicator_id for row in sheet.rows),
        *(column.indicator_id for column in sheet.columns),
        *(cell.indicator_id for cell in (*sheet.cells, *patterns)),
    )
    return (one for one in named if one is not None)
