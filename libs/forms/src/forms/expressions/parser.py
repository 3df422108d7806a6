"""From text to tree. Precedence is that of a spreadsheet: sign, %, ^, * /, + -, comparison."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NoReturn

from kit.errors import InvalidInput

from forms.expressions.functions import ARITY
from forms.expressions.nodes import (
    OPERATORS,
    Binary,
    Boolean,
    Call,
    Cell,
    Earlier,
    ListColumn,
    Literal,
    Negate,
    Node,
    Outside,
    Percent,
    Quoted,
    Range,
    Reference,
    Source,
    in_own_row,
)
from forms.text import nfc

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?)
      | (?P<text>"(?:[^"]|"")*")
      | (?P<source>'(?P<form>(?:[^']|'')+)'!(?:(?P<at>PREVIOUS|LAST_YEAR)!)?|(?P<earlier>PREVIOUS|LAST_YEAR)!)
      | \[(?P<row>[^\[\]:{}]+):(?P<column>[^\[\]:{}]+)\]
      | \{(?P<list>[^\[\]:{}]+):(?P<listed>[^\[\]:{}]+)\}
      | (?P<name>[A-Z][A-Z0-9]*)
      | (?P<sign>\.\.|<>|<=|>=|[-+*/^%=<>(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_LONGEST = 20_000
_DEEPEST = 100
_MOST_OPERATORS = 400
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})


def parse(text: str) -> Node:
    """The tree of a formula; a refusal names the character where it stops making sense."""
    return _Parser(nfc(text)).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0
        self._operators = 0

    def whole(self) -> Node:
        node = self._comparison()
        if self._next < len(self._tokens):
            self._refuse("thừa phần sau")
        if _is_many(node):
            self._refuse("vùng ô chỉ dùng bên trong hàm")
        return node

    def _comparison(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("lồng quá sâu")
        left = self._sum()
        while (sign := self._peek_sign()) in _COMPARISONS:
            self._next += 1
            left = self._binary(str(sign), left, self._sum())
        self._depth -= 1
        return left

    def _sum(self) -> Node:
        left = self._product()
        while (sign := self._peek_sign()) in ("+", "-"):
            self._next += 1
            left = self._binary(str(sign), left, self._product())
        return left

    def _product(self) -> Node:
        left = self._power()
        while (sign := self._peek_sign()) in ("*", "/"):
            self._next += 1
            left = self._binary(str(sign), left, self._power())
        return left

    def _power(self) -> Node:
        left = self._percent()
        while self._peek_sign() == "^":
            self._next += 1
            left = self._binary("^", left, self._percent())
        return left

    def _percent(self) -> Node:
        node = self._signed()
        while self._peek_sign() == "%":
            self._next += 1
            node = Percent(self._single(node))
        return node

    def _signed(self) -> Node:
        negative = False
        while (sign := self._peek_sign()) in ("+", "-"):
            self._next += 1
            negative ^= sign == "-"
        node = self._primary()
        return Negate(self._single(node)) if negative else node

    def _primary(self) -> Node:
        if self._next >= len(self._tokens):
            self._refuse("thiếu phần sau")
        token = self._tokens[self._next]
        self._next += 1
        match token.lastgroup:
            case "number":
                return Literal(Decimal(token["number"]))
            case "text":
                return Quoted(token["text"][1:-1].replace('""', '"'))
            case "column":
                return self._reference(Cell(token["row"], token["column"]))
            case "listed":
                return ListColumn(token["list"], token["listed"])
            case "source":
                return self._outside(token)
            case "name":
                return self._named(token["name"])
        if token["sign"] != "(":
            self._next -= 1
            self._refuse("dấu đặt sai chỗ")
        node = self._comparison()
        self._expect(")")
        return self._single(node)

    def _reference(self, start: Cell) -> Node:
        if self._peek_sign() != "..":
            return start
        self._next += 1
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or token.lastgroup != "column":
            self._refuse("vùng ô thiếu ô cuối")
        self._next += 1
        return Range(start, Cell(token["row"], token["column"]))

    def _outside(self, source: re.Match[str]) -> Node:
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or token.lastgroup not in ("column", "listed"):
            self._refuse("thiếu ô hoặc danh sách của biểu, kỳ được nêu")
        reference = self._primary()
        if not isinstance(reference, Reference) or in_own_row(reference):
            self._refuse("“@” chỉ là dòng của chính biểu này")
        earlier = source["at"] or source["earlier"]
        form = source["form"].replace("''", "'") if source["form"] else None
        return Outside(Source(form, Earlier[earlier] if earlier else None), reference)

    def _named(self, name: str) -> Node:
        if name in ("TRUE", "FALSE") and self._peek_sign() != "(":
            return Boolean(name == "TRUE")
        if name not in ARITY:
            self._refuse(f"không có hàm {name}")
        self._expect("(")
        arguments = [self._comparison()]
        while self._peek_sign() == ",":
            self._next += 1
            arguments.append(self._comparison())
        self._expect(")")
        least, most, takes_ranges = ARITY[name]
        if not least <= len(arguments) <= most:
            self._refuse(f"hàm {name} không nhận {len(arguments)} tham số")
        if not takes_ranges:
            for argument in arguments:
                self._single(argument)
        return Call(name, tuple(arguments))

    def _binary(self, operator: str, left: Node, right: Node) -> Node:
        if operator not in OPERATORS:
            self._refuse(f"không có phép {operator}")
        self._operators += 1
        if self._operators > _MOST_OPERATORS:
            self._refuse("quá nhiều phép tính, hãy dùng SUM")
        return Binary(operator, self._single(left), self._single(right))

    def _single(self, node: Node) -> Node:
        if _is_many(node):
            self._refuse("vùng ô không dùng được ở đây")
        return node

    def _peek_sign(self) -> str | None:
        if self._next >= len(self._tokens):
            return None
        sign: str | None = self._tokens[self._next]["sign"]
        return sign

    def _expect(self, sign: str) -> None:
        if self._peek_sign() != sign:
            self._refuse(f"thiếu dấu {sign}")
        self._next += 1

    def _refuse(self, why: str) -> NoReturn:
        at = self._tokens[self._next].start() if self._next < len(self._tokens) else len(self._text)
        raise _unreadable(self._text, at, why)


def _is_many(node: Node) -> bool:
    return isinstance(node.reference if isinstance(node, Outside) else node, Range | ListColumn)


def _tokens(text: str) -> list[re.Match[str]]:
    if len(text) > _LONGEST:
        raise _unreadable(text[:80], 0, "quá dài")
    tokens: list[re.Match[str]] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unreadable(text, place, "không hiểu ký tự")
        tokens.append(match)
        place = match.end()
    return tokens


def _unreadable(text: str, at: int, why: str) -> InvalidInput:
    return InvalidInput(
        "forms.expression.unreadable",
        f"Công thức “{text[:200]}” sai ở ký tự {at + 1}: {why}.",
        rule="Ngôn ngữ công thức của Hệ thống (contracts/expressions).",
        remedy="Sửa công thức tại chỗ đó.",
        details={"at": at},
    )
