"""One save: what becomes an edit, what is a conflict, what is left alone.

A change says which version it was made on; if another has come since, both values are shown and nothing is
overwritten. A blank that nobody asked for (an empty cell of a pasted block, of an uploaded workbook) leaves
the figure as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.values import BLANK, Blank, CellKey, Value, value_to_json

from submission.domain.entry import CellState, Draft, Edit, EditKind, Road, SectionState
from submission.domain.known import Place


@dataclass(frozen=True, slots=True)
class CellChange:
    key: CellKey
    value: Value
    expected_version: int
    asked: bool = True
    """False: a blank among other cells, which leaves a figure as it is."""
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    id: str
    list_id: str
    order: int
    deleted: bool
    expected_version: int


@dataclass(frozen=True, slots=True)
class SectionChange:
    id: str
    text: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people, one place: what stands there, and what was to be written."""

    kind: EditKind
    row: str
    column: str
    version: int
    theirs: Any
    yours: Any
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Entered:
    edits: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]
    kept: tuple[CellKey, ...]
    """Figures that an unasked blank did not overwrite."""


@dataclass(slots=True)
class Entry:
    """One save: numbers the edits after the last one, and sets conflicts aside."""

    draft: Draft
    by: str
    at: datetime
    road: Road
    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[CellKey] = field(default_factory=list)

    def rows(self, form_version_id: UUID, changes: Iterable[RowChange]) -> None:
        filing = self.draft.filing(form_version_id)
        for change in changes:
            before = filing.rows.get(change.id)
            version = before.version if before else 0
            content = {"list_id": change.list_id, "order": change.order, "deleted": change.deleted}
            if before and (before.list_id, before.order, before.deleted) == tuple(content.values()):
                continue
            if version != change.expected_version:
                theirs = before and {
                    "list_id": before.list_id,
                    "order": before.order,
                    "deleted": before.deleted,
                }
                self._conflict(EditKind.ROW, change.id, "", version, theirs, content, None)
                continue
            self._edit(EditKind.ROW, form_version_id, change.id, "", version + 1, content)

    def cells(self, form_version_id: UUID, changes: Iterable[CellChange]) -> None:
        filing = self.draft.filing(form_version_id)
        for change in changes:
            before = filing.cells.get(change.key)
            standing = before.value if before else BLANK
            if change.value == standing:
                continue
            if isinstance(change.value, Blank) and not change.asked:
                self.kept.append(change.key)
                continue
            version = before.version if before else 0
            yours = value_to_json(change.value)
            if version != change.expected_version:
                theirs = value_to_json(standing)
                self._conflict(EditKind.CELL, *change.key, version, theirs, yours, before)
                continue
            self._edit(EditKind.CELL, form_version_id, *change.key, version + 1, yours, change.origin)

    def sections(self, changes: Iterable[SectionChange]) -> None:
        for change in changes:
            before = self.draft.sections.get(change.id)
            version, standing = (before.version, before.text) if before else (0, "")
            if change.text == standing:
                continue
            if version != change.expected_version:
                self._conflict(
                    EditKind.SECTION,
                    change.id,
                    "",
                    version,
                    {"text": standing},
                    {"text": change.text},
                    before,
                )
                continue
            self._edit(EditKind.SECTION, None, change.id, "", version + 1, {"text": change.text})

    def done(self) -> Entered:
        return Entered(tuple(self.edits), tuple(self.conflicts), tuple(self.kept))

    def _edit(
        self,
        kind: EditKind,
        form: UUID | None,
        row: str,
        column: str,
        version: int,
        content: Mapping[str, Any],
        origin: Place | None = None,
    ) -> None:
        number = self.draft.last_edit + 1
        edit = Edit(number, kind, form, row, column, version, content, self.by, self.at, self.road, origin)
        self.edits.append(edit)
        self.draft.apply([edit])

    def _conflict(
        self,
        kind: EditKind,
        row: str,
        column: str,
        version: int,
        theirs: Any,
        yours: Any,
        before: CellState | SectionState | None,
    ) -> None:
        by, at = (before.by, before.at) if before else ("", None)
        self.conflicts.append(Conflict(kind, row, column, version, theirs, yours, by, at))
