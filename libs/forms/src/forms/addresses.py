"""A1 addresses and ranges of a worksheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Address(NamedTuple):
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


class Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        start, end = Address(self.top, self.left).a1, Address(self.bottom, self.right).a1
        return start if start == end else f"{start}:{end}"

    def covers(self, address: Address) -> bool:
        return self.top <= address.row <= self.bottom and self.left <= address.column <= self.right

    def addresses(self) -> Iterator[Address]:
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Address(row, column)


def letter(column: int) -> str:
    return get_column_letter(column)


def column_number(letters: str) -> int:
    return column_index_from_string(letters)


@lru_cache(maxsize=1 << 15)
def parse_address(text: str) -> Address:
    match = _A1.fullmatch(text)
    if match is None:
        raise ValueError(f"not a cell: {text}")
    address = Address(int(match[2]), column_index_from_string(match[1].upper()))
    if address.row > MAX_ROW or address.column > MAX_COLUMN:
        raise ValueError(f"outside a worksheet: {text}")
    return address


def parse_area(text: str) -> Area:
    start, _, end = text.partition(":")
    first = parse_address(start)
    last = parse_address(end) if end else first
    return Area(
        min(first.row, last.row),
        min(first.column, last.column),
        max(first.row, last.row),
        max(first.column, last.column),
    )
