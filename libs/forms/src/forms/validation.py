"""One validation for the grid, the filled workbook and the API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kit.errors import InvalidInput

from forms.compute import Computation, compute_all
from forms.expressions import Elsewhere, Source
from forms.judging import judge_rules, said
from forms.legacy import CODE, Suspicion, repair, suspect
from forms.listing import check_lists
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, FormModel
from forms.numbers import format_vi, parse_typed, places_of
from forms.text import nfc
from forms.values import BLANK, Blank, Figures, NotApplicable, Number, Text, Value, plain

LONGEST_TEXT = 32_000
"""A spreadsheet cell holds 32.767 characters."""
MOST_DIGITS = 28
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


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


def validate(
    model: FormModel, figures: Figures, outside: Mapping[Source, Elsewhere] | None = None
) -> Validation:
    """Every figure against its cell, every formula and rule against the figures. ``outside``: those of other
    forms and earlier reports, as ``compute_all`` takes them; rules about figures that aren't there are silent."""
    return judged(model, figures, compute_all(model, figures, outside))


def judged(model: FormModel, figures: Figures, computation: Computation) -> Validation:
    """As ``validate``, of what has been computed already."""
    list_of = {row.id: row.list_id for row in figures.list_rows}
    messages: list[Message] = []
    for (row, column), value in figures.cells.items():
        list_id = list_of.get(row)
        cell = model.cell_for(row, column, list_id)
        if cell is None or cell.kind is not CellKind.COMPUTED:
            messages.extend(_against(model, cell, row, column, value, list_id))
    spoken = (said(model, each) for each in judge_rules(model, computation.frame))
    messages.extend(check_lists(model, figures))
    found = (*messages, *computation.problems, *(message for message in spoken if message is not None))
    return Validation(found, computation.figures)


def validate_edit(
    model: FormModel, row: str, column: str, value: Value, list_id: str | None = None
) -> tuple[Message, ...]:
    """What speaks against one value in one cell; empty where nothing does."""
    return _against(model, model.cell_for(row, column, list_id), row, column, value, list_id)


def _against(
    model: FormModel, cell: Cell | None, row: str, column: str, value: Value, list_id: str | None
) -> tuple[Message, ...]:
    if cell is None:
        where = {"row": row, "column": column}
        text = f"Biểu không có ô ở dòng {row}, cột {column}."
        return (Message(code="forms.cell.unknown", severity=Severity.ERROR, message=text, **where),)
    if cell.kind is not CellKind.INPUT:
        fault: _Fault | None = _Fault("not_an_input", f" không phải ô nhập. {cell.reason}")
    else:
        fault = _fault(cell, value)
    if fault is None:
        return ()
    sheet = model.sheet_of_row[list_id or row].name
    return (fault.message(cell, sheet, row, cell.a1 if list_id is None else None),)


def check_value(cell: Cell, value: Value, sheet: str, row: str, a1: str | None) -> tuple[Message, ...]:
    """Type, precision and length of a value for an input cell."""
    fault = _fault(cell, value)
    return () if fault is None else (fault.message(cell, sheet, row, a1),)


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    words: str
    """What follows the name of the cell."""

    def message(self, cell: Cell, sheet: str, row: str, a1: str | None) -> Message:
        return _error(self.code, f"{_place(cell, a1)}{self.words}", cell, sheet, row, a1)


def _fault(cell: Cell, value: Value) -> _Fault | None:
    match value:
        case Number(number):
            return _fault_of_number(cell, number)
        case Text(text):
            return _fault_of_text(cell, text)
        case Blank():
            return None
        case NotApplicable():
            return _Fault("not_applicable", " phải ghi số liệu hoặc để trống.")


def _fault_of_number(cell: Cell, number: Decimal) -> _Fault | None:
    if cell.type is CellType.TEXT:
        return _Fault("number_in_text", " ghi bằng chữ, không phải số.")
    if cell.precision is not None and places_of(number) > cell.precision:
        text = f": {format_vi(number)} có {places_of(number)} chữ số thập phân, {_allowed(cell.precision)}."
        return _Fault("too_precise", text)
    if len(plain(number.copy_abs()).replace(".", "")) > MOST_DIGITS:
        return _Fault("too_long", f": số quá {MOST_DIGITS} chữ số.")
    beyond = None if cell.limits is None else cell.limits.fault_of_number(number)
    return None if beyond is None else _Fault(*beyond)


def _fault_of_text(cell: Cell, text: str) -> _Fault | None:
    if cell.type is not CellType.TEXT:
        return _Fault("text_in_number", f" phải là số, không nhận “{text[:60]}”.")
    if len(text) > LONGEST_TEXT:
        return _Fault("too_long", f": quá {LONGEST_TEXT} ký tự.")
    if _CONTROL.search(text):
        return _Fault("control_character", " có ký tự điều khiển.")
    suspicion = suspect(text)
    if suspicion is not None:
        return _legacy(text, suspicion)
    beyond = None if cell.limits is None else cell.limits.fault_of_text(text)
    return None if beyond is None else _Fault(*beyond)


def _legacy(text: str, suspicion: Suspicion) -> _Fault:
    return _Fault(
        CODE,
        f" ghi theo bảng mã cũ {suspicion.encoding.label}, chưa phải Unicode (TCVN 6909:2001): "
        f"“{text[:60]}”, chuyển mã là “{repair(text, suspicion)[:60]}”. Chuyển mã rồi nhập lại.",
    )


def _allowed(precision: int) -> str:
    return "biểu chỉ nhận số nguyên" if precision == 0 else f"biểu nhận nhiều nhất {precision}"


def _place(cell: Cell, a1: str | None) -> str:
    return f"Ô {a1}" if a1 else f"Ô cột {cell.column} của danh sách"


def as_kept(cell: Cell | None, value: Value) -> Value:
    """The choice as it is printed, the day with all its digits; everything else as it is."""
    if isinstance(value, Text) and cell is not None and cell.limits is not None:
        return Text(cell.limits.read(value.value))
    return value


def read_typed(model: FormModel, row: str, column: str, raw: str, list_id: str | None = None) -> Typed:
    """What a person typed or pasted into a cell, by the Vietnamese rule for numbers."""
    cell = model.cell_for(row, column, list_id)
    text = nfc(raw).replace("\r\n", "\n").strip()
    value: Value = BLANK
    if cell is not None and cell.kind is CellKind.INPUT and text:
        if cell.type is CellType.TEXT:
            value = as_kept(cell, Text(text))
        else:
            try:
                value = Number(parse_typed(text))
            except InvalidInput as refusal:
                sheet = model.sheet_of_row[list_id or row].name
                a1 = cell.a1 if list_id is None else None
                said = f"{_place(cell, a1)}: {refusal.message} {refusal.remedy or ''}".strip()
                message = _error(refusal.code, said, cell, sheet, row, a1)
                return Typed(BLANK, (message,))
    return Typed(value, validate_edit(model, row, column, value, list_id))


def _error(code: str, text: str, cell: Cell, sheet: str, row: str, a1: str | None) -> Message:
    return Message(
        code=code if "." in code else f"forms.cell.{code}",
        severity=Severity.ERROR,
        message=text,
        sheet=sheet,
        row=row,
        column=cell.column,
        a1=a1,
    )
