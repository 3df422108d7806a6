"""What changed between two revisions, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from forms.values import BLANK, Figures, Number, Value


@dataclass(frozen=True, slots=True)
class CellChange:
    row: str
    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Difference:
    cells: tuple[CellChange, ...]
    """Ordered by row and column; cells of added and removed rows are among them."""
    rows_added: tuple[str, ...]
    rows_removed: tuple[str, ...]
    rows_moved: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not (self.cells or self.rows_added or self.rows_removed or self.rows_moved)


def difference(before: Figures, after: Figures) -> Difference:
    """A blank and a missing figure are the same; 8.5 and 8.50 are the same number."""
    changes = [
        CellChange(key.row, key.column, old, new)
        for key in sorted({*before.cells, *after.cells})
        if not _same(old := before.cells.get(key, BLANK), new := after.cells.get(key, BLANK))
    ]
    old_rows = {row.id: row for row in before.list_rows}
    new_rows = {row.id: row for row in after.list_rows}
    return Difference(
        cells=tuple(changes),
        rows_added=tuple(row for row in new_rows if row not in old_rows),
        rows_removed=tuple(row for row in old_rows if row not in new_rows),
        rows_moved=_moved(before, after, old_rows.keys() & new_rows.keys()),
    )


def _same(before: Value, after: Value) -> bool:
    if isinstance(before, Number) and isinstance(after, Number):
        return before.value == after.value
    return before == after


def _moved(before: Figures, after: Figures, kept: set[str]) -> tuple[str, ...]:
    """Rows whose place among the kept rows of their list is another one."""
    places: list[dict[str, int]] = []
    for figures in (before, after):
        found: dict[str, int] = {}
        for list_id in dict.fromkeys(row.list_id for row in figures.list_rows):
            rows = [row.id for row in figures.rows_of(list_id) if row.id in kept]
            found.update({row: place for place, row in enumerate(rows)})
        places.append(found)
    return tuple(row for row in places[0] if places[0][row] != places[1][row])
