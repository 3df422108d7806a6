"""What one cell of a filled copy says, judged by what the form wants there."""

from __future__ import annotations

from decimal import Context, Decimal

from kit.errors import InvalidInput

from forms.addresses import Address
from forms.filling.known import label_key
from forms.grid import RawCell
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, Sheet
from forms.numbers import format_vi, parse_typed
from forms.reading.kinds import KEPT_AS_LABEL
from forms.reading.words import has_hole, only_dots
from forms.text import nfc
from forms.validation import as_kept, check_value
from forms.values import BLANK, Number, Text, Value, plain

_SPREADSHEET_DIGITS = Context(prec=15)


class CellReader:
    """Reads input cells; collects what is wrong or worth knowing."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.messages: list[Message] = []

    def read(self, cell: Cell, raw: RawCell, at: Address, row: str) -> Value:
        """The value of an input cell; an error leaves it blank and is said."""
        value = self._value(cell, raw, at, row)
        for message in check_value(cell, value, self._sheet.name, row, at.a1):
            self.messages.append(message.model_copy(update={"found": raw.shown, "expected": wanted(cell)}))
        return value

    def _value(self, cell: Cell, raw: RawCell, at: Address, row: str) -> Value:
        if raw.error:
            self._say(
                "error_value", Severity.ERROR, f"Ô {at.a1} báo lỗi {raw.shown}.", cell, at, row, raw.shown
            )
            return BLANK
        if raw.formula is not None:
            if raw.content is None:
                text = f"Ô {at.a1} có công thức chưa được tính; mở tệp bằng Excel, lưu lại rồi gửi."
                self._say("formula_without_result", Severity.ERROR, text, cell, at, row, f"={raw.formula}")
                return BLANK
            text = f"Ô nhập {at.a1} có công thức; lấy kết quả {_shown(raw)}."
            self._say("formula_in_input", Severity.INFORMATION, text, cell, at, row, f"={raw.formula}")
        if raw.shown == "" or only_dots(raw.shown):
            return BLANK
        return self._text(cell, raw) if cell.type is CellType.TEXT else self._number(cell, raw, at, row)

    def _text(self, cell: Cell, raw: RawCell) -> Value:
        text = nfc(raw.shown)
        preset = cell.text is not None and label_key(text) == label_key(cell.text)
        if preset and has_hole(text):
            return BLANK
        return as_kept(cell, Text(text))

    def _number(self, cell: Cell, raw: RawCell, at: Address, row: str) -> Value:
        match raw.content:
            case bool():
                self._say(
                    "text_in_number",
                    Severity.ERROR,
                    f"Ô {at.a1} phải là số, không phải đúng/sai.",
                    cell,
                    at,
                    row,
                    raw.shown,
                )
                return BLANK
            case Decimal() as number:
                return Number(
                    number if raw.formula is None else Decimal(plain(_SPREADSHEET_DIGITS.plus(number)))
                )
            case _:
                return self._typed(cell, raw.shown, at, row)

    def _typed(self, cell: Cell, text: str, at: Address, row: str) -> Value:
        try:
            number = parse_typed(text)
        except InvalidInput as refusal:
            said = f"Ô {at.a1} phải là số: {refusal.message}"
            self._say("text_in_number", Severity.ERROR, said, cell, at, row, text)
            return BLANK
        said = f"Ô {at.a1}: “{text}” ghi bằng chữ, đọc là {format_vi(number)}."
        self._say("text_read_as_number", Severity.INFORMATION, said, cell, at, row, text)
        return Number(number)

    def check_closed(self, cell: Cell, raw: RawCell, at: Address, row: str) -> None:
        """A cell that nobody fills: what the form prints there, or nothing."""
        if raw.formula is not None or label_key(raw.shown) == label_key(cell.text or ""):
            return
        if cell.reason.startswith(KEPT_AS_LABEL):
            return
        if cell.kind is CellKind.NOT_APPLICABLE or not cell.text:
            if only_dots(raw.shown) or raw.shown == "":
                return
            text = f"Ô {at.a1} không phải ô nhập, nhưng tệp ghi “{raw.shown[:60]}”. {cell.reason}"
            self._say("not_an_input", Severity.ERROR, text, cell, at, row, raw.shown, "")
            return
        text = f"Ô {at.a1} in sẵn “{cell.text[:60]}”, trong tệp là “{raw.shown[:60]}”; lấy theo biểu."
        self._say("label_changed", Severity.WARNING, text, cell, at, row, raw.shown, cell.text)

    def _say(
        self,
        code: str,
        severity: Severity,
        text: str,
        cell: Cell,
        at: Address,
        row: str,
        found: str,
        expected: str | None = None,
    ) -> None:
        self.messages.append(
            Message(
                code=f"forms.filled.{code}",
                severity=severity,
                message=text,
                sheet=self._sheet.name,
                row=row,
                column=cell.column,
                a1=at.a1,
                found=found,
                expected=wanted(cell) if expected is None else expected,
            )
        )


def wanted(cell: Cell) -> str:
    """What an input cell takes, in words."""
    limits = "" if cell.limits is None else cell.limits.in_words()
    return "; ".join(filter(None, (_type_in_words(cell), limits)))


def _type_in_words(cell: Cell) -> str:
    if cell.type is CellType.TEXT:
        return "chữ"
    match cell.precision:
        case None:
            return "số"
        case 0:
            return "số nguyên"
        case places:
            return f"số, nhiều nhất {places} chữ số thập phân"


def _shown(raw: RawCell) -> str:
    return format_vi(raw.content) if isinstance(raw.content, Decimal) else raw.shown
