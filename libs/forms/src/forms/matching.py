"""Which sheet, row, column and list of a later version of a form is which of the earlier one.

Ids are given at import by place in the workbook, so one row put in shifts those below it: the same id alone doesn't
make the same row. A row or column is the same if both are bound to the same indicator, else if it reads the same: its
own words under those it stands below. Where several read alike, the first is the first, if there are as many as before.
What can't be told is not the same: nothing is ever carried on a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.merged import Merged, standing
from forms.model import Column, FormModel, ListTable, Row, Sheet
from forms.text import fold, squeeze
from forms.values import CellKey

_NONE_MERGED: Merged = {}


@dataclass(frozen=True, slots=True)
class Matches:
    """Of what the earlier version has, its id in the later one; what is gone is left out."""

    sheets: Mapping[str, str]
    """By name."""
    rows: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]
    """By sheet name and column id of the earlier version."""
    lists: Mapping[str, str]

    def cell(self, before: FormModel, key: CellKey) -> CellKey | None:
        """Where a cell of the earlier version stands in the later one; of a list, its row is the list's id."""
        sheet = before.sheet_of_row.get(key.row)
        row = self.lists.get(key.row) or self.rows.get(key.row)
        column = self.columns.get((sheet.name, key.column)) if sheet else None
        return CellKey(row, column) if row is not None and column is not None else None


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    indicator: str
    words: tuple[str, ...]
    """From the outermost heading down to its own."""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """Rows and columns that only one of two versions has, as printed, for people."""

    rows_added: tuple[str, ...]
    rows_removed: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]


def outline(before: FormModel, after: FormModel, found: Matches) -> Outline:
    kept = ({*found.rows.values()}, {(found.sheets[sheet], to) for (sheet, _), to in found.columns.items()})
    return Outline(
        tuple(_printed(row.label, row.numbering) for row in _every_row(after) if row.id not in kept[0]),
        tuple(_printed(row.label, row.numbering) for row in _every_row(before) if row.id not in found.rows),
        tuple(words for place, words in _every_column(after) if place not in kept[1]),
        tuple(words for place, words in _every_column(before) if place not in found.columns),
    )


def _every_row(model: FormModel) -> Iterator[Row]:
    return (row for sheet in model.sheets for row in sheet.rows)


def _every_column(model: FormModel) -> Iterator[tuple[tuple[str, str], str]]:
    for sheet in model.sheets:
        for column in sheet.columns:
            yield (sheet.name, column.id), _printed(" – ".join(filter(None, column.path)), column.letter)


def _printed(words: str, else_words: str | None) -> str:
    return squeeze(words) or squeeze(else_words or "")


def match(before: FormModel, after: FormModel, merged: Merged = _NONE_MERGED) -> Matches:
    """`merged`: two versions may name one indicator, the earlier by the id that was given up for the later's."""
    sheets: dict[str, str] = {}
    rows: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    lists: dict[str, str] = {}
    for old, new in _sheets(before.sheets, after.sheets):
        sheets[old.name] = new.name
        rows |= _paired([*_rows(old, merged)], [*_rows(new, merged)])
        paired = _paired(_columns(old, merged), _columns(new, merged))
        columns |= {(old.name, column): to for column, to in paired.items()}
        lists |= _lists(old.lists, new.lists, rows)
    return Matches(sheets, rows, columns, lists)


def _sheets(before: Sequence[Sheet], after: Sequence[Sheet]) -> Iterator[tuple[Sheet, Sheet]]:
    """By name, then by title; a single sheet left on each side is the same."""
    old, new = [*before], [*after]
    for says in (lambda sheet: fold(sheet.name), lambda sheet: fold(sheet.title), lambda _: "one"):
        ours, theirs = _by(says, old), _by(says, new)
        for words in [words for words in ours if words and len(ours[words]) == len(theirs[words]) == 1]:
            (one,), (other,) = ours[words], theirs[words]
            old.remove(one)
            new.remove(other)
            yield one, other


def _paired(before: Sequence[_Named], after: Sequence[_Named]) -> dict[str, str]:
    """By indicator, then by all the words one reads on the way to it, then by its own."""
    found: dict[str, str] = {}
    for ours, theirs in _alike(_indicator, before, after, found):
        if ours[0].indicator and len(ours) == len(theirs) == 1:
            found[ours[0].id] = theirs[0].id
    for ours, theirs in _alike(_words, before, after, found):
        if len(ours) == len(theirs):
            pairs = zip(ours, theirs, strict=True)
            found |= {one.id: other.id for one, other in pairs if _may_be_same(one, other)}
    # A heading that reads otherwise now doesn't take with it everything that stands below it.
    for ours, theirs in _alike(_own_words, before, after, found):
        if len(ours) == len(theirs) == 1 and ours[0].words[-1]:
            (one,), (other,) = ours, theirs
            if _below_the_same(one, other, found) and _may_be_same(one, other):
                found[one.id] = other.id
    return found


def _alike(
    key: Callable[[_Named], Hashable],
    before: Sequence[_Named],
    after: Sequence[_Named],
    found: Mapping[str, str],
) -> list[tuple[list[_Named], list[_Named]]]:
    """Those of both sides that say the same and have no match yet."""
    taken = {*found.values()}
    ours = _by(key, [each for each in before if each.id not in found])
    theirs = _by(key, [each for each in after if each.id not in taken])
    return [(alike, theirs[words]) for words, alike in ours.items()]


def _below_the_same(one: _Named, other: _Named, found: Mapping[str, str]) -> bool:
    if one.parent in found:
        return found[one.parent] == other.parent
    return other.parent not in found.values()


def _indicator(each: _Named) -> str:
    return each.indicator


def _words(each: _Named) -> tuple[str, ...]:
    return each.words


def _own_words(each: _Named) -> str:
    return each.words[-1]


def _may_be_same(one: _Named, other: _Named) -> bool:
    """What reads alike but says two different indicators is not the same."""
    return not (one.indicator and other.indicator) or one.indicator == other.indicator


def _rows(sheet: Sheet, merged: Merged) -> Iterator[_Named]:
    paths: dict[str, tuple[str, ...]] = {}
    for row in sheet.rows:
        above = paths.get(row.parent_id or "", ())
        paths[row.id] = (*above, _read(row))
        yield _Named(row.id, standing(row.indicator_id or "", merged), paths[row.id], row.parent_id or "")


def _read(row: Row) -> str:
    """Rows are numbered anew when one is put in, so the number counts only where nothing else is printed."""
    return _bare(row.label) or _bare(row.numbering or "")


def _columns(sheet: Sheet, merged: Merged) -> list[_Named]:
    def named(column: Column) -> _Named:
        words = " / ".join(map(_bare, column.path))
        return _Named(column.id, standing(column.indicator_id or "", merged), (words,))

    return [*map(named, sheet.columns)]


def _bare(text: str) -> str:
    """Without marks, signs and case: a comma or a hyphen put right makes no other row."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _lists(
    before: Sequence[ListTable], after: Sequence[ListTable], rows: Mapping[str, str]
) -> Mapping[str, str]:
    """In their order where there are as many, else by the row that totals them."""
    if len(before) == len(after):
        return {one.id: other.id for one, other in zip(before, after, strict=True)}
    totals = {table.total_row: table.id for table in after if table.total_row}
    return {
        table.id: totals[to]
        for table in before
        if table.total_row and (to := rows.get(table.total_row)) in totals
    }


def _by(key: Callable[[Any], Hashable], found: Sequence[Any]) -> defaultdict[Hashable, list[Any]]:
    by: defaultdict[Hashable, list[Any]] = defaultdict(list)
    for each in found:
        by[key(each)].append(each)
    return by
