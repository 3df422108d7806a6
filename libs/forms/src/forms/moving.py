"""Figures of one version of a form carried to a later one: what is kept, what has no place there and why.

What people entered is carried, never what a formula gave: the later version computes its own. A figure is kept only
where its row, column and list are the same (``forms.matching``), the cell is still filled in, means the same measure and
takes the value. Everything else is named, so that nobody loses a figure unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from forms.asking import measure_of
from forms.compute import compute, entered
from forms.expressions import Elsewhere
from forms.matching import Matches, match
from forms.merged import Merged
from forms.model import Cell, CellKind, CellType, FormModel
from forms.naming import CellName, name_of
from forms.text import fold
from forms.validation import check_value
from forms.values import Blank, CellKey, Figures, Value


class Reason(StrEnum):
    LIST_GONE = "list_gone"
    ROW_GONE = "row_gone"
    COLUMN_GONE = "column_gone"
    CELL_GONE = "cell_gone"
    NOT_INPUT = "not_input"
    """A formula, a label or a crossed-out cell stands there now."""
    OTHER_TYPE = "other_type"
    OTHER_MEASURE = "other_measure"
    REFUSED = "refused"
    """By the new cell's own check: precision, length."""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A figure without a place in the later version; key and name are those of the earlier one."""

    key: CellKey
    name: CellName
    value: Value
    reason: Reason
    words: str
    """The reason in a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class NewCell:
    key: CellKey
    name: CellName


@dataclass(frozen=True, slots=True)
class Total:
    """A computed cell of both versions that shows another value; the key is the later version's."""

    key: CellKey
    name: CellName
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Moved:
    kept: Figures
    """Under the keys of the later version; input cells alone."""
    fallen: tuple[Fallen, ...]
    came_from: Mapping[CellKey, CellKey]
    """Each kept cell's key in the earlier version."""


@dataclass(frozen=True)
class Moving:
    """From one version to another; made once for any number of reports."""

    before: FormModel
    after: FormModel
    merged: Merged = field(default_factory=dict)

    @cached_property
    def matches(self) -> Matches:
        return match(self.before, self.after, self.merged)

    def __call__(self, figures: Figures) -> Moved:
        given = entered(self.before, figures)
        rows = tuple(
            replace(row, list_id=self.matches.lists[row.list_id])
            for row in given.list_rows
            if row.list_id in self.matches.lists
        )
        kept: dict[CellKey, Value] = {}
        fallen: list[Fallen] = []
        came_from: dict[CellKey, CellKey] = {}
        lists = {row.id: row.list_id for row in given.list_rows}
        for key, value in given.cells.items():
            if isinstance(value, Blank):
                continue
            to = self._place(key, value, lists.get(key.row))
            if isinstance(to, CellKey):
                kept[to] = value
                came_from[to] = key
            else:
                reason, words = to
                name = name_of(self.before, given, *key)
                fallen.append(Fallen(key, name, value, reason, words))
        return Moved(Figures(kept, rows), tuple(fallen), came_from)

    def place(self, key: CellKey) -> CellKey | None:
        """Where a cell of the earlier version stands in the later one, as long as it means the same measure."""
        to = self.matches.cell(self.before, key)
        if to is None:
            return None
        old, new = measure_of(self.before, *key), measure_of(self.after, *to)
        return to if not (old and new) or fold(old) == fold(new) else None

    def reread(self, figures: Figures) -> Figures:
        """All of an earlier report, computed cells included, under the keys of the later version: for whoever looks back.
        What has no place there is left out, so that nothing reads as another row's."""
        lists = {row.id: row.list_id for row in figures.list_rows}
        cells = {to: value for key, value in figures.cells.items() if (to := self._read_at(key, lists))}
        rows = (row for row in figures.list_rows if row.list_id in self.matches.lists)
        return Figures(cells, tuple(replace(row, list_id=self.matches.lists[row.list_id]) for row in rows))

    def elsewhere(self, there: Elsewhere) -> Elsewhere:
        """What a form reads of another one, under the keys of the version that its formulas and rules were written
        for: what has no place there is blank, what is printed there is as printed."""
        lists = {row: list_id for list_id, rows in there.rows.items() for row in rows}
        values = {
            (to.row, to.column): value
            for (row, column), value in there.values.items()
            if (to := self._read_at(CellKey(row, column), lists))
        }
        blank = self.after.plan.elsewhere(Figures())
        rows = {
            to: there.rows[list_id] for list_id, to in self.matches.lists.items() if list_id in there.rows
        }
        return Elsewhere({**values, **blank.values}, {**blank.rows, **rows}, blank.span)

    def _read_at(self, key: CellKey, lists: Mapping[str, str]) -> CellKey | None:
        """`lists` says of which list a row is; it keeps its own id."""
        to = self.place(CellKey(lists.get(key.row, key.row), key.column))
        return CellKey(key.row, to.column) if to is not None and key.row in lists else to

    @cached_property
    def new_cells(self) -> tuple[NewCell, ...]:
        """Cells of fixed rows to be filled in that the earlier version had no input for."""
        there_before = {
            CellKey(self.matches.rows[cell.row], column)
            for cell in self.before.input_cells()
            if cell.row in self.matches.rows and (column := self._column(cell.row, cell.column)) is not None
        }
        return tuple(
            NewCell(key, name_of(self.after, Figures(), *key))
            for cell in self.after.input_cells()
            if (key := CellKey(cell.row, cell.column)) not in there_before
        )

    def totals(self, figures: Figures, moved: Moved) -> tuple[Total, ...]:
        """Computed cells of fixed rows that show another value after the move."""
        old, new = compute(self.before, figures), compute(self.after, moved.kept)
        found: list[Total] = []
        for cell in self.before.computed_cells():
            row, column = self.matches.rows.get(cell.row), self._column(cell.row, cell.column)
            if row is None or column is None:
                continue
            key, now = CellKey(row, column), self.after.cell_for(row, column)
            before, after = old.get(cell.row, cell.column), new.get(row, column)
            if now is not None and now.kind is CellKind.COMPUTED and before != after:
                found.append(Total(key, name_of(self.after, moved.kept, *key), before, after))
        return tuple(found)

    def _column(self, row: str, column: str) -> str | None:
        return self.matches.columns.get((self.before.sheet_of_row[row].name, column))

    def _place(self, key: CellKey, value: Value, list_id: str | None) -> CellKey | tuple[Reason, str]:
        """Where the figure goes, or why it has no place."""
        owner = list_id or key.row
        to_list = self.matches.lists.get(owner) if list_id else None
        to_row = to_list or self.matches.rows.get(owner)
        column = self._column(owner, key.column)
        if to_row is None and list_id:
            return Reason.LIST_GONE, "Phiên bản mới không còn danh sách này."
        if to_row is None:
            return Reason.ROW_GONE, "Phiên bản mới không còn dòng này."
        if column is None:
            return Reason.COLUMN_GONE, "Phiên bản mới không còn cột này."
        was = self.before.cell_for(key.row, key.column, list_id)
        now = self.after.cell_for(to_row, column, to_list)
        if was is None or now is None:
            return Reason.CELL_GONE, "Phiên bản mới không còn ô này."
        if now.kind is not CellKind.INPUT:
            return Reason.NOT_INPUT, f"Ô này ở phiên bản mới {_KINDS[now.kind]}."
        refusal = self._refusal(was, now, value, (owner, key.column), (to_row, column), listed=bool(list_id))
        return refusal or CellKey(key.row if list_id else to_row, column)

    def _refusal(
        self,
        was: Cell,
        now: Cell,
        value: Value,
        before: tuple[str, str],
        after: tuple[str, str],
        *,
        listed: bool,
    ) -> tuple[Reason, str] | None:
        if (was.type is CellType.TEXT) is not (now.type is CellType.TEXT):
            wanted = "chữ" if now.type is CellType.TEXT else "số"
            return Reason.OTHER_TYPE, f"Ô này ở phiên bản mới nhận {wanted}."
        old, new = measure_of(self.before, *before), measure_of(self.after, *after)
        if was.type is not CellType.TEXT and old and new and fold(old) != fold(new):
            return Reason.OTHER_MEASURE, f"Đơn vị tính đổi từ {old} sang {new}."
        if (was.type, was.precision, was.limits) == (now.type, now.precision, now.limits):
            return None
        sheet = self.after.sheet_of_row[after[0]].name
        said = check_value(now, value, sheet, after[0], None if listed else now.a1)
        return (Reason.REFUSED, said[0].message) if said else None


_KINDS = {
    CellKind.COMPUTED: "tính bằng công thức",
    CellKind.LABEL: "là ô chữ in sẵn",
    CellKind.NOT_APPLICABLE: "là ô không phải ghi",
}
