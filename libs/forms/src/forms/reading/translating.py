"""A workbook's formula in our language. Its formulas are never evaluated as they come."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from kit.errors import InvalidInput
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from forms.addresses import Area, parse_area
from forms.expressions import Node, parse
from forms.expressions.functions import ARITY
from forms.text import nfc
from forms.values import plain


class Resolve(Protocol):
    def __call__(self, sheet: str, area: Area) -> list[str]:
        """References for an area of a sheet, in our language; raises Untranslatable where there are none."""
        ...

    def named(self, name: str) -> str | None:
        """What a defined name of the workbook stands for: ``Sheet!$A$1``."""
        ...


class Untranslatable(Exception):
    """A formula that has no counterpart; ``why`` is said to the designer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def translate(formula: str, sheet: str, resolve: Resolve) -> Node:
    if not formula:
        raise Untranslatable("công thức mảng hoặc bảng dữ liệu")
    try:
        tokens = Tokenizer(f"={formula}").items
    except Exception as error:
        raise Untranslatable("không đọc được công thức") from error
    try:
        return parse("".join(_Writer(sheet, resolve).write(tokens)))
    except InvalidInput as refusal:
        raise Untranslatable(refusal.message) from refusal


class _Writer:
    def __init__(self, sheet: str, resolve: Resolve) -> None:
        self._sheet = sheet
        self._resolve = resolve
        self._calls: list[tuple[str, int]] = []

    def write(self, tokens: list[Token]) -> list[str]:
        return [self._one(token) for token in tokens if token.type != Token.WSPACE]

    def _one(self, token: Token) -> str:
        match token.type:
            case Token.OPERAND:
                return self._operand(token)
            case Token.FUNC:
                return self._function(token)
            case Token.PAREN | Token.OP_PRE | Token.OP_POST:
                return str(token.value)
            case Token.SEP if token.subtype == Token.ARG:
                if self._calls:
                    name, count = self._calls.pop()
                    self._calls.append((name, count + 1))
                return ","
            case Token.OP_IN if token.value in ("+", "-", "*", "/", "^", "=", "<>", "<", "<=", ">", ">="):
                return str(token.value)
        raise Untranslatable(f"chưa hỗ trợ “{token.value}”")

    def _function(self, token: Token) -> str:
        if token.subtype == Token.CLOSE:
            name, count = self._calls.pop()
            return ',"")' if name == "IF" and count == 2 else ")"
        name = str(token.value)[:-1].upper().removeprefix("_XLFN.")
        if name not in ARITY:
            raise Untranslatable(f"chưa hỗ trợ hàm {name}")
        self._calls.append((name, 1))
        return f"{name}("

    def _operand(self, token: Token) -> str:
        value = str(token.value)
        match token.subtype:
            case Token.NUMBER:
                return plain(Decimal(value))
            case Token.TEXT:
                return nfc(value)
            case Token.LOGICAL:
                return value.upper()
            case Token.RANGE:
                return self._reference(value)
        raise Untranslatable(f"chưa hỗ trợ “{value}”")

    def _reference(self, text: str) -> str:
        sheet, _, place = text.rpartition("!")
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        try:
            area = parse_area(place.replace("$", ""))
        except ValueError as error:
            meant = None if sheet else self._resolve.named(text)
            if meant is None or self._resolve.named(meant) is not None:
                raise Untranslatable(f"không hiểu “{text}”") from error
            return self._reference(meant)
        found = self._resolve(nfc(sheet) or self._sheet, area)
        return ",".join(found)
