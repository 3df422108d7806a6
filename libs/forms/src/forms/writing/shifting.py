"""How references move when the rows of a list grow or shrink."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from forms.text import nfc

_CELL = re.compile(r"(\$?[A-Za-z]{1,3}\$?)(\d+)")
_CELLS = re.compile(r"(\$?[A-Za-z]{1,3}\$?)(\d+):(\$?[A-Za-z]{1,3}\$?)(\d+)")
_ROWS = re.compile(r"(\$?)(\d+):(\$?)(\d+)")


@dataclass(frozen=True, slots=True)
class Resize:
    """The region ``first``–``last`` of a sheet becomes ``size`` rows long."""

    sheet: str
    first: int
    last: int
    size: int

    @property
    def delta(self) -> int:
        return self.size - (self.last - self.first + 1)

    @property
    def new_last(self) -> int:
        return self.first + self.size - 1

    def row(self, row: int) -> int:
        if row > self.last:
            return row + self.delta
        return min(row, self.new_last) if row >= self.first else row

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range that reaches over the whole region grows with it."""
        if start <= self.first and end >= self.last:
            return start, end + self.delta
        return self.row(start), self.row(end)


@dataclass(frozen=True, slots=True)
class Move:
    """A formula of the region carried from one row to another: it keeps reading its own row."""

    resize: Resize
    old_row: int
    new_row: int

    def row(self, row: int) -> int:
        if self.resize.first <= row <= self.resize.last:
            return row + self.new_row - self.old_row
        return self.resize.row(row)

    def span(self, start: int, end: int) -> tuple[int, int]:
        if start <= self.resize.first and end >= self.resize.last and start != end:
            return self.resize.span(start, end)
        return self.row(start), self.row(end)


def shift_formula(formula: str, home: str, change: Resize | Move) -> str:
    """The formula after the change; references to other sheets stay."""
    resize = change if isinstance(change, Resize) else change.resize
    tokens = Tokenizer(f"={formula}").items
    return "".join(_shifted(token, home, resize.sheet, change) for token in tokens)


def _shifted(token: Token, home: str, sheet: str, change: Resize | Move) -> str:
    value = str(token.value)
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    prefix, mark, place = value.rpartition("!")
    name = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
    if (nfc(name) or home) != sheet:
        return value
    return f"{prefix}{mark}{shift_place(place, change)}"


def shift_place(place: str, change: Resize | Move) -> str:
    """``B13``, ``$B$13:$C$20`` or ``$9:$11`` after the change; anything else as it is."""
    if match := _CELLS.fullmatch(place):
        start, end = change.span(int(match[2]), int(match[4]))
        return f"{match[1]}{start}:{match[3]}{end}"
    if match := _CELL.fullmatch(place):
        return f"{match[1]}{change.row(int(match[2]))}"
    if match := _ROWS.fullmatch(place):
        start, end = change.span(int(match[2]), int(match[4]))
        return f"{match[1]}{start}:{match[3]}{end}"
    return place


def shift_places(places: str, change: Resize) -> str:
    """Several areas with spaces between, as ``sqref`` has them."""
    return " ".join(shift_place(place, change) for place in places.split())
