"""Figures and narrative of the revision being worked on: a state made of small appended edits.

Each cell, list row and section has a version of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from forms.values import BLANK, Blank, CellKey, Figures, ListRow, Value, value_from_json, value_to_json

from submission.domain.known import Place


class EditKind(StrEnum):
    CELL = "cell"
    ROW = "row"
    SECTION = "section"


class Road(StrEnum):
    """How a figure came in."""

    GRID = "grid"
    WORKBOOK = "workbook"
    PROGRAM = "program"
    IMPORT = "history_import"
    TAKEN = "taken_over"
    """From where the figure stood already."""
    MOVED = "moved_version"
    """From the version of the form it was entered in."""


@dataclass(frozen=True, slots=True)
class Edit:
    number: int
    """Grows by one for each edit of the report, whatever it touches."""
    kind: EditKind
    form_version_id: UUID | None
    row: str
    column: str
    version: int
    content: Mapping[str, Any]
    by: str
    at: datetime
    road: Road
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class CellState:
    value: Value
    version: int
    by: str
    at: datetime
    edit: int
    road: Road = Road.GRID
    origin: Place | None = None
    """Where the figure was taken over from; what is typed over it has none."""


@dataclass(frozen=True, slots=True)
class RowState:
    list_id: str
    order: int
    deleted: bool
    version: int
    edit: int


@dataclass(frozen=True, slots=True)
class SectionState:
    text: str
    version: int
    by: str
    at: datetime
    edit: int


@dataclass(slots=True)
class FilingDraft:
    """One form of the report as it stands now."""

    form_version_id: UUID
    cells: dict[CellKey, CellState] = field(default_factory=dict)
    rows: dict[str, RowState] = field(default_factory=dict)

    def version_of(self, key: CellKey) -> int:
        state = self.cells.get(key)
        return state.version if state else 0

    def value_of(self, key: CellKey) -> Value:
        state = self.cells.get(key)
        return state.value if state else BLANK

    def list_of(self, row: str) -> str | None:
        state = self.rows.get(row)
        return None if state is None or state.deleted else state.list_id

    def figures(self) -> Figures:
        """What stands there now: cells of deleted rows and blanks are left out."""
        deleted = {row for row, state in self.rows.items() if state.deleted}
        return Figures(
            {
                key: state.value
                for key, state in self.cells.items()
                if key.row not in deleted and not isinstance(state.value, Blank)
            },
            tuple(
                ListRow(row, state.list_id, state.order)
                for row, state in self.rows.items()
                if not state.deleted
            ),
        )


@dataclass(slots=True)
class Draft:
    """Everything entered in the working revision."""

    last_edit: int = 0
    filings: dict[UUID, FilingDraft] = field(default_factory=dict)
    sections: dict[str, SectionState] = field(default_factory=dict)

    def filing(self, form_version_id: UUID) -> FilingDraft:
        return self.filings.setdefault(form_version_id, FilingDraft(form_version_id))

    def apply(self, edits: Iterable[Edit]) -> Draft:
        for edit in sorted(edits, key=lambda each: each.number):
            self.last_edit = max(self.last_edit, edit.number)
            if edit.kind is EditKind.SECTION:
                text = str(edit.content["text"])
                self.sections[edit.row] = SectionState(text, edit.version, edit.by, edit.at, edit.number)
            elif edit.form_version_id is not None:
                self._apply_to(self.filing(edit.form_version_id), edit)
        return self

    @staticmethod
    def _apply_to(filing: FilingDraft, edit: Edit) -> None:
        content = edit.content
        if edit.kind is EditKind.ROW:
            filing.rows[edit.row] = RowState(
                str(content["list_id"]),
                int(content["order"]),
                bool(content["deleted"]),
                edit.version,
                edit.number,
            )
        else:
            value = value_from_json(content)
            filing.cells[CellKey(edit.row, edit.column)] = CellState(
                value, edit.version, edit.by, edit.at, edit.number, edit.road, edit.origin
            )

    def empty(self, form_version_ids: Iterable[UUID]) -> bool:
        """Whether nothing was written and nothing entered in these: what has no place in them doesn't count."""
        written = any(section.text.strip() for section in self.sections.values())
        return not written and not any(self.filing(form).figures().cells for form in form_version_ids)

    def edited_since(self, edit: int, other_than: str) -> list[dict[str, Any]]:
        """Cells and sections changed by others after an edit somebody saw."""
        cells = [
            {
                "form_version_id": str(filing.form_version_id), "row": key.row, "column": key.column,
                "value": value_to_json(state.value), "version": state.version, "by": state.by,
                "at": state.at.isoformat(), "edit": state.edit,
            }
            for filing in self.filings.values()
            for key, state in filing.cells.items()
            if state.edit > edit and state.by != other_than
        ]  # fmt: skip
        sections = [
            {
                "form_version_id": None, "row": name, "column": "", "value": {"text": state.text},
                "version": state.version, "by": state.by, "at": state.at.isoformat(), "edit": state.edit,
            }
            for name, state in self.sections.items()
            if state.edit > edit and state.by != other_than
        ]  # fmt: skip
        return sorted(cells + sections, key=lambda each: each["edit"])
