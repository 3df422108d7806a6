"""Formulas that a form states in its row of column numbers: ``(3)=(4)+(5)``, ``7=6/4x100``, ``(9)=(4)+…+(8)``.

Only what can be read in one way is taken; for anything else the reason is given, and the column stays input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.expressions import Node, parse
from forms.model import Column
from forms.reading.words import column_number_said

_NAME = r"\d{1,2}\.\d{1,2}|\d{1,3}[a-z]?|[A-ZĐ]\d?"
_OWN = re.compile(rf"\(?\s*({_NAME})\s*\)?")
_TOKEN = re.compile(rf"\s*(?:\(\s*({_NAME})\s*\)|(\d{{4}}|{_NAME})|(…|\.{{2,}})|([-+*/()%]))")
_SIGNS = str.maketrans(
    {"×": "*", "x": "*", "X": "*", "·": "*", ":": "/", "÷": "/", "–": "-", "−": "-"} | {"[": "(", "]": ")"}
)
_SCALES = frozenset({"100", "1000"})
_HUNDRED = "100"
_PERCENT = re.compile(r"\*100(?:%|\(%\))?$|(?:%|\(%\))$")


@dataclass(frozen=True, slots=True)
class Ref:
    column: str


@dataclass(frozen=True, slots=True)
class ColumnFormula:
    """``pieces`` are signs, numbers and references to columns of the same row."""

    column: str
    said: str
    pieces: tuple[str | Ref, ...]
    percent: bool
    """Ends in a multiplication by 100, which a cell with a percent format does by itself."""

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(piece.column for piece in self.pieces if isinstance(piece, Ref))

    @property
    def only_adds(self) -> bool:
        return all(isinstance(piece, Ref) or piece == "+" for piece in self.pieces) and not self.percent

    def node(self, row: str, *, percent_format: bool, skips: bool) -> Node:
        """The formula for one row; with ``skips`` a sum that leaves out cells that don't apply."""
        refs = [f"[{row}:{piece.column}]" for piece in self.pieces if isinstance(piece, Ref)]
        if skips:
            return parse(f"SUM({','.join(refs)})")
        text = "".join(f"[{row}:{p.column}]" if isinstance(p, Ref) else p for p in self.pieces)
        if self.percent:
            return parse(text if percent_format else f"({text})*100")
        return parse(f"({text})/100" if percent_format and _HUNDRED in self.pieces else text)


@dataclass(frozen=True, slots=True)
class Unread:
    column: str
    said: str
    why: str


class _Unclear(Exception):
    pass


def column_formulas(columns: Sequence[Column]) -> tuple[Mapping[str, ColumnFormula], tuple[Unread, ...]]:
    """By column id; and what is stated but can't be taken, each with its reason."""
    known: dict[str, str | None] = {}
    for column in columns:
        own = _OWN.fullmatch(column_number_said(column.number or "").partition("=")[0].strip())
        if own:
            known[own[1]] = None if own[1] in known else column.id
    found: dict[str, ColumnFormula] = {}
    unread: list[Unread] = []
    for column in columns:
        said = column.number or ""
        if "=" not in said:
            continue
        try:
            found[column.id] = _read(column.id, said, known)
        except _Unclear as unclear:
            unread.append(Unread(column.id, said, str(unclear)))
    for circle in _circling(found):
        formula = found.pop(circle)
        unread.append(Unread(circle, formula.said, "các cột tính vòng qua nhau"))
    return found, tuple(unread)


def _read(column: str, said: str, known: Mapping[str, str | None]) -> ColumnFormula:
    right = column_number_said(said).partition("=")[2].translate(_SIGNS)
    if "=" in right:
        raise _Unclear("có hai dấu bằng")
    compact = re.sub(r"\s", "", right)
    percent = _PERCENT.search(compact) is not None
    pieces = _Pieces(_PERCENT.sub("", compact), known).read()
    formula = ColumnFormula(column, said, pieces, percent)
    if not formula.refs:
        raise _Unclear("không nêu cột nào")
    try:
        formula.node("@", percent_format=False, skips=False)
    except Exception as error:
        raise _Unclear("không đọc được thành công thức") from error
    return formula


class _Pieces:
    def __init__(self, text: str, known: Mapping[str, str | None]) -> None:
        self._known = known
        self._tokens: list[re.Match[str]] = []
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise _Unclear(f"không hiểu “{text[place:]}”")
            self._tokens.append(match)
            place = match.end()
        self._in_brackets = any(token[1] and token[1][0].isdigit() for token in self._tokens)

    def read(self) -> tuple[str | Ref, ...]:
        pieces: list[str | Ref] = []
        for place, token in enumerate(self._tokens):
            if token[1]:
                pieces.append(
                    token[1] if token[1] in _SCALES and token[1] not in self._known else self._ref(token[1])
                )
            elif token[2]:
                pieces.append(self._bare(place))
            elif token[3]:
                pieces.extend(self._between(place))
            else:
                pieces.append(token[4])
        return tuple(pieces)

    def _ref(self, name: str) -> Ref:
        if name not in self._known:
            raise _Unclear(f"không có cột số {name}")
        column = self._known[name]
        if column is None:
            raise _Unclear(f"có hai cột cùng số {name}")
        return Ref(column)

    def _bare(self, place: int) -> str | Ref:
        """``3=1+2`` names columns without brackets; beside bracketed ones a bare number is a factor only.
        ``4=3/1x100-100``: a hundred that is no column is the number itself."""
        name = self._tokens[place][2]
        before = self._tokens[place - 1][4] if place else None
        if name == _HUNDRED and name not in self._known and before in ("+", "-"):
            return name
        factor = before in ("*", "/") and name.isdigit()
        if not self._in_brackets:
            return name if factor and name not in self._known else self._ref(name)
        if factor and (name in _SCALES or name not in self._known):
            return name
        raise _Unclear(f"không rõ {name} là cột hay là số")

    def _between(self, place: int) -> list[str | Ref]:
        """What ``…`` stands for in ``(4)+(5)+…+(8)``: the numbers between, each with its plus sign."""
        first, last = self._number(place - 2), self._number(place + 2)
        plus = all(self._sign(p) == "+" for p in (place - 1, place + 1))
        if first is None or last is None or not plus or last - first < 2:
            raise _Unclear("không rõ dấu “…” thay cho các cột nào")
        found: list[str | Ref] = []
        for number in range(first + 1, last):
            found += [self._ref(str(number)), "+"]
        return found[:-1]

    def _number(self, place: int) -> int | None:
        if not 0 <= place < len(self._tokens):
            return None
        name = self._tokens[place][1] or self._tokens[place][2] or ""
        return int(name) if name.isdigit() else None

    def _sign(self, place: int) -> str | None:
        return self._tokens[place][4] if 0 <= place < len(self._tokens) else None


def _circling(formulas: Mapping[str, ColumnFormula]) -> list[str]:
    """Columns whose formulas reach themselves again."""
    return [column for column in formulas if column in _reached(column, formulas)]


def _reached(column: str, formulas: Mapping[str, ColumnFormula]) -> set[str]:
    seen: set[str] = set()
    waiting = [*formulas[column].refs]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += formulas[current].refs if current in formulas else ()
    return seen
