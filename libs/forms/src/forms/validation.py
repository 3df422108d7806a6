"""One validation for the grid, the filled workbook and the API."""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import InvalidInput

from forms.compute import compute_all
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, FormModel
from forms.numbers import format_vi, parse_typed, places_of
from forms.text import nfc
from forms.values import BLANK, Blank, CellKey, Figures, NotApplicable, Number, Text, Value, plain

LONGEST_TEXT = 32_000
"""A spreadsheet cell holds 32.767 characters."""
MOST_DIGITS = 28
_LEAST_PRINTABLE = 32


@dataclass(frozen=True, slots=True)
class Validation:
    messages: tuple[Message, ...]
    computed: Figures
    """Computed cells alone, as ``forms.compute.compute`` gives them."""

    @property
    def blocked(self) -> bool:
        return any(message.severity is Severity.ERROR for message in self.messages)


@dataclass(frozen=True, slots=True)
class Typed:
    value: Value
    messages: tuple[Message, ...]
    """Empty, or why the value is refused or how it was read."""


def validate(model: FormModel, figures: Figures) -> Validation:
    """Every figure against its cell, every formula against the figures."""
    list_of = {row.id: row.list_id for row in figures.list_rows}
    messages = [
        message
        for key, value in figures.cells.items()
        for message in validate_edit(model, key.row, key.column, value, list_of.get(key.row))
        if not _is_computed(model, key, list_of.get(key.row))
    ]
    computation = compute_all(model, figures)
    return Validation((*messages, *computation.problems), computation.figures)


def _is_computed(model: FormModel, key: CellKey, list_id: str | None) -> bool:
    cell = model.cell_for(key.row, key.column, list_id)
    return cell is not None and cell.kind is CellKind.COMPUTED


def validate_edit(
    model: FormModel, row: str, column: str, value: Value, list_id: str | None = None
) -> tuple[Message, ...]:
    """What speaks against one value in one cell; empty where nothing does."""
    cell = model.cell_for(row, column, list_id)
    if cell is None:
        where = {"row": row, "column": column}
        text = f"Biểu không có ô ở dòng {row}, cột {column}."
        return (Message(code="forms.cell.unknown", severity=Severity.ERROR, message=text, **where),)
    sheet = model.sheet_of_row[list_id or row].name
    a1 = cell.a1 if list_id is None else None
    if cell.kind is not CellKind.INPUT:
        return (
            _error(
                "not_an_input", f"{_place(cell, a1)} không phải ô nhập. {cell.reason}", cell, sheet, row, a1
            ),
        )
    return check_value(cell, value, sheet, row, a1)


def check_value(cell: Cell, value: Value, sheet: str, row: str, a1: str | None) -> tuple[Message, ...]:
    """Type, precision and length of a value for an input cell."""
    where = _place(cell, a1)
    match value:
        case Blank():
            return ()
        case NotApplicable():
            return (
                _error("not_applicable", f"{where} phải ghi số liệu hoặc để trống.", cell, sheet, row, a1),
            )
        case Text(text):
            return _check_text(cell, text, where, sheet, row, a1)
        case Number(number):
            if cell.type is CellType.TEXT:
                return (
                    _error("number_in_text", f"{where} ghi bằng chữ, không phải số.", cell, sheet, row, a1),
                )
            if cell.precision is not None and places_of(number) > cell.precision:
                text = f"{where}: {format_vi(number)} có {places_of(number)} chữ số thập phân, {_allowed(cell.precision)}."
                return (_error("too_precise", text, cell, sheet, row, a1),)
            if len(plain(abs(number)).replace(".", "")) > MOST_DIGITS:
                return (_error("too_long", f"{where}: số quá {MOST_DIGITS} chữ số.", cell, sheet, row, a1),)
            return ()


def _check_text(
    cell: Cell, text: str, where: str, sheet: str, row: str, a1: str | None
) -> tuple[Message, ...]:
    if cell.type is not CellType.TEXT:
        return (
            _error("text_in_number", f"{where} phải là số, không nhận “{text[:60]}”.", cell, sheet, row, a1),
        )
    if len(text) > LONGEST_TEXT:
        return (_error("too_long", f"{where}: quá {LONGEST_TEXT} ký tự.", cell, sheet, row, a1),)
    if any(ord(char) < _LEAST_PRINTABLE and char not in "\n\t" for char in text):
        return (_error("control_character", f"{where} có ký tự điều khiển.", cell, sheet, row, a1),)
    return ()


def _allowed(precision: int) -> str:
    return "biểu chỉ nhận số nguyên" if precision == 0 else f"biểu nhận nhiều nhất {precision}"


def _place(cell: Cell, a1: str | None) -> str:
    return f"Ô {a1}" if a1 else f"Ô cột {cell.column} của danh sách"


def read_typed(model: FormModel, row: str, column: str, raw: str, list_id: str | None = None) -> Typed:
    """What a person typed or pasted into a cell, by the Vietnamese rule for numbers."""
    cell = model.cell_for(row, column, list_id)
    text = nfc(raw).replace("\r\n", "\n").strip()
    value: Value = BLANK
    if cell is not None and cell.kind is CellKind.INPUT and text:
        if cell.type is CellType.TEXT:
            value = Text(text)
        else:
            try:
                value = Number(parse_typed(text))
            except InvalidInput as refusal:
                sheet = model.sheet_of_row[list_id or row].name
                a1 = cell.a1 if list_id is None else None
                said = f"{_place(cell, a1)}: {refusal.message} {refusal.remedy or ''}".strip()
                message = _error("x", said, cell, sheet, row, a1).model_copy(update={"code": refusal.code})
                return Typed(BLANK, (message,))
    return Typed(value, validate_edit(model, row, column, value, list_id))


def _error(code: str, text: str, cell: Cell, sheet: str, row: str, a1: str | None) -> Message:
    return Message(
        code=f"forms.cell.{code}",
        severity=Severity.ERROR,
        message=text,
        sheet=sheet,
        row=row,
        column=cell.column,
        a1=a1,
    )
