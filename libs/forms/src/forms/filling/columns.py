"""Whether a filled copy has the form's columns, each where it belongs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from forms.addresses import Address, column_number
from forms.filling.known import header_of, label_key
from forms.grid import Grid
from forms.messages import Message, Severity
from forms.model import Sheet
from forms.reading.header import Header, read_columns
from forms.reading.words import fills_holes, has_hole

_FARTHEST = 40
Path = tuple[tuple[str, ...], int]
"""Folded header texts and which of the columns of that name it is."""


@dataclass(frozen=True, slots=True)
class Located:
    offset: int
    matching: float
    """Share of the form's columns that are somewhere in this header."""
    problems: tuple[Message, ...]


def locate(sheet: Sheet, grid: Grid) -> Located:
    """Where the header lies in this copy: letterhead lines may have been added above it."""
    best = _at(sheet, grid, 0)
    if not best.problems:
        return best
    for distance in range(1, _FARTHEST + 1):
        for offset in (distance, -distance):
            if sheet.header_rows[0] + offset < 1 or sheet.header_rows[0] + offset > grid.last_row:
                continue
            found = _at(sheet, grid, offset)
            if not found.problems:
                return found
            if found.matching > best.matching:
                best = found
    return best


def _at(sheet: Sheet, grid: Grid, offset: int) -> Located:
    header = header_of(sheet, offset)
    expected = _paths({c.letter: c.path for c in sheet.columns})
    written = _with_holes_filled(sheet, _found(grid, header))
    there = _paths(written)
    common = set(expected.values()) & set(there.values())
    problems = () if expected == there else _problems(sheet, expected, there, written, header)
    return Located(offset, len(common) / len(expected), problems)


def _found(grid: Grid, header: Header) -> dict[str, tuple[str, ...]]:
    right = header.right
    while any(grid.anchor(row, right + 1).text for row in range(header.top, header.bottom + 1)):
        right += 1
    wide = replace(header, right=right)
    columns = read_columns(grid, wide)
    return {
        c.letter: c.path
        for c in columns
        if any(grid.anchor(row, column_number(c.letter)).text for row in range(header.top, header.bottom + 1))
        or c.letter not in c.path
    }


def _with_holes_filled(sheet: Sheet, found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """``Thực hiện tháng 10`` is the form's ``Thực hiện tháng ……``: a header may leave a place to write."""
    open_paths = [column.path for column in sheet.columns if any(has_hole(text) for text in column.path)]
    return {
        place: next((path for path in open_paths if _fills(path, there)), there)
        for place, there in found.items()
    }


def _fills(path: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return len(path) == len(there) and all(fills_holes(a, b) for a, b in zip(path, there, strict=True))


def _paths(columns: dict[str, tuple[str, ...]]) -> dict[str, Path]:
    seen: Counter[tuple[str, ...]] = Counter()
    result: dict[str, Path] = {}
    for place, path in columns.items():
        key = tuple(label_key(text) for text in path)
        if key == (label_key(place),):
            continue
        result[place] = (key, seen[key])
        seen[key] += 1
    return result


def _problems(
    sheet: Sheet,
    expected: dict[str, Path],
    there: dict[str, Path],
    written: dict[str, tuple[str, ...]],
    header: Header,
) -> tuple[Message, ...]:
    titles = {c.letter: " / ".join(c.path) for c in sheet.columns}
    said = {place: " / ".join(path) for place, path in written.items()}
    where = {path: place for place, path in there.items()}
    problems: list[Message] = []
    for place, path in expected.items():
        now = where.get(path)
        if now == place:
            continue
        a1 = Address(header.top, column_number(place)).a1
        if now is not None:
            text = f"Cột “{titles[place]}” đã bị chuyển từ cột {place} sang cột {now}."
            problems.append(_error(sheet, "column_moved", text, place, a1, now, place))
        elif place in there and there[place] not in expected.values():
            text = f"Tiêu đề cột {place} phải là “{titles[place]}”, trong tệp đã bị sửa."
            problems.append(_error(sheet, "column_renamed", text, place, a1, said[place], titles[place]))
        else:
            text = f"Thiếu cột “{titles[place]}” (cột {place})."
            problems.append(_error(sheet, "column_missing", text, place, a1, "", titles[place]))
    known = set(expected.values())
    renamed = {m.column for m in problems if m.code.endswith("column_renamed")}
    for place, path in there.items():
        if path not in known and place not in renamed:
            text = f"Cột {place} “{said[place]}” không có trong biểu."
            a1 = Address(header.top, column_number(place)).a1
            problems.append(_error(sheet, "column_added", text, place, a1, said[place], ""))
    return tuple(problems)


def _error(sheet: Sheet, code: str, text: str, column: str, a1: str, found: str, expected: str) -> Message:
    return Message(
        code=f"forms.filled.{code}",
        severity=Severity.ERROR,
        message=f"Trang “{sheet.name}”: {text}",
        sheet=sheet.name,
        column=column,
        a1=a1,
        found=found,
        expected=expected,
    )
