"""Figures as REST answers them: each cell with its version, computed values beside, what validation says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from forms.compute import entered
from forms.messages import Message
from forms.model import FormModel
from forms.values import CellKey, Figures, value_to_json
from pydantic import BaseModel, Field

from submission.application.commands.enter_figures import Saved
from submission.application.commands.import_workbook import WorkbookRead
from submission.application.queries.read_report import Contents
from submission.domain.entry import FilingDraft
from submission.domain.errors import not_in_report
from submission.domain.saving import Conflict
from submission.entrypoints.http.known_schemas import KnownOut, PlaceOut
from submission.entrypoints.http.schemas import Moment


class CellOut(BaseModel):
    row: str
    column: str
    a1: str | None = None
    kind: str = "input"
    value: dict[str, Any]
    version: int
    by: str = ""
    at: Moment | None = None
    road: str = ""
    origin: PlaceOut | None = Field(default=None, description="Nơi số liệu được lấy sang")


class ComputedOut(BaseModel):
    row: str
    column: str
    value: dict[str, Any]


class RowOut(BaseModel):
    id: str
    list_id: str
    order: int
    version: int
    deleted: bool = False


class TouchedCellOut(BaseModel):
    sheet: str
    row: str
    column: str
    a1: str | None = None


class MessageOut(BaseModel):
    code: str
    severity: str
    message: str
    sheet: str | None = None
    row: str | None = None
    column: str | None = None
    a1: str | None = None
    rule: str | None = Field(default=None, description="Mã quy tắc kiểm tra của biểu")
    cells: list[TouchedCellOut] = Field(default=[], description="Mọi ô mà quy tắc nói tới")

    @classmethod
    def of(cls, message: Message) -> MessageOut:
        return cls(**message.model_dump(mode="json"))


class ConflictOut(BaseModel):
    kind: str
    row: str
    column: str
    version: int
    theirs: Any
    yours: Any
    by: str
    at: Moment | None
    message: str

    @classmethod
    def of(cls, conflict: Conflict) -> ConflictOut:
        return cls(
            kind=conflict.kind, row=conflict.row, column=conflict.column, version=conflict.version,
            theirs=conflict.theirs, yours=conflict.yours, by=conflict.by, at=conflict.at,
            message="Ô này đã được người khác sửa sau khi bạn mở; xem cả hai giá trị rồi chọn.",
        )  # fmt: skip


class ClosedRowOut(BaseModel):
    row: str
    units: list[str]


class FilingContentOut(BaseModel):
    form_version_id: UUID
    form_name: str
    revision: int
    state: str
    sealed: bool
    last_edit: int
    cells: list[CellOut]
    list_rows: list[RowOut]
    computed: list[ComputedOut]
    validation: list[MessageOut]
    known: list[KnownOut]
    closed_rows: list[ClosedRowOut] = Field(
        description="Dòng (hoặc cả danh sách) do đơn vị khác trả lời theo phân bổ chỉ tiêu"
    )

    @classmethod
    def of(cls, contents: Contents, form_version_id: UUID) -> FilingContentOut:
        form = next((form for form in contents.forms if form.id == form_version_id), None)
        if form is None:
            raise not_in_report("phiên bản biểu mẫu này")
        figures = entered(form.model, contents.figures.get(form.id, Figures()))
        filing = contents.draft.filing(form.id) if contents.draft else FilingDraft(form.id)
        checked = contents.checked.form(form.id)
        return cls(
            form_version_id=form.id,
            form_name=form.name,
            revision=contents.report.revision,
            state=contents.report.state,
            sealed=contents.report.revisions.working.sealed,
            last_edit=contents.draft.last_edit if contents.draft else 0,
            cells=[*_cells(form.model, figures, filing), *_computed_cells(form.model, checked.computed)],
            list_rows=_rows(figures, filing),
            computed=computed_of(checked.computed),
            validation=[MessageOut.of(message) for message in checked.messages],
            closed_rows=[
                ClosedRowOut(row=row, units=list(units))
                for row, units in (
                    contents.closed[form.id].whose if form.id in contents.closed else {}
                ).items()
            ],
            known=[KnownOut.of(form.model, *each) for each in checked.known.items()],
        )


def _computed_cells(model: FormModel, computed: Figures) -> list[CellOut]:
    return [
        CellOut(
            row=key.row,
            column=key.column,
            a1=a1_of(model, key),
            kind="computed",
            value=value_to_json(value),
            version=0,
        )
        for key, value in computed.cells.items()
    ]


def a1_of(model: FormModel, key: CellKey) -> str | None:
    """Where the cell lies in the form's own workbook; rows of lists have no place there."""
    cell = model.cells.get(key)
    return cell.a1 if cell else None


def _cells(model: FormModel, figures: Figures, filing: FilingDraft) -> list[CellOut]:
    """What stands there, and the versions of cells that were blanked again."""
    found = []
    for key in sorted({*figures.cells, *filing.cells}):
        state = filing.cells.get(key)
        found.append(
            CellOut(
                row=key.row, column=key.column, a1=a1_of(model, key), value=value_to_json(figures.get(*key)),
                version=state.version if state else 0, by=state.by if state else "",
                at=state.at if state else None, road=state.road if state else "",
                origin=PlaceOut.of(state.origin) if state and state.origin else None,
            )
        )  # fmt: skip
    return found


def _rows(figures: Figures, filing: FilingDraft) -> list[RowOut]:
    return [
        RowOut(
            id=row.id, list_id=row.list_id, order=row.order,
            version=filing.rows[row.id].version if row.id in filing.rows else 0,
        )
        for row in sorted(figures.list_rows, key=lambda row: (row.list_id, row.order, row.id))
    ]  # fmt: skip


def computed_of(computed: Figures) -> list[ComputedOut]:
    return [
        ComputedOut(row=key.row, column=key.column, value=value_to_json(value))
        for key, value in computed.cells.items()
    ]


class KeyOut(BaseModel):
    row: str
    column: str


class SavedOut(BaseModel):
    revision: int
    state: str
    version: int
    last_edit: int
    cells: list[CellOut]
    list_rows: list[RowOut]
    conflicts: list[ConflictOut]
    refused: list[MessageOut]
    kept: list[KeyOut]
    notes: list[MessageOut]
    computed: list[ComputedOut]
    validation: list[MessageOut]
    known: list[KnownOut] = Field(description="Số liệu đã có, tính cả số vừa lưu: lũy kế đi theo số kỳ này")

    @classmethod
    def of(cls, saved: Saved, form_version_id: UUID) -> SavedOut:
        return cls(**saved_fields(saved, form_version_id))


def saved_fields(saved: Saved, form_version_id: UUID) -> dict[str, Any]:
    filing = saved.draft.filing(form_version_id)
    model = saved.checked.form.model
    touched = {CellKey(edit.row, edit.column) for edit in saved.entered.edits} | set(saved.touched)
    rows = {edit.row for edit in saved.entered.edits}
    return {
        "revision": saved.report.revision,
        "state": saved.report.state,
        "version": saved.report.version,
        "last_edit": saved.draft.last_edit,
        "cells": [
            CellOut(
                row=key.row, column=key.column, a1=a1_of(model, key), value=value_to_json(state.value), version=state.version,
                by=state.by, at=state.at, road=state.road,
                origin=PlaceOut.of(state.origin) if state.origin else None,
            )
            for key, state in filing.cells.items()
            if key in touched
        ],
        "list_rows": [
            RowOut(id=row, list_id=s.list_id, order=s.order, version=s.version, deleted=s.deleted)
            for row, s in filing.rows.items()
            if row in rows
        ],
        "conflicts": [ConflictOut.of(conflict) for conflict in saved.entered.conflicts],
        "refused": [MessageOut.of(message) for message in saved.refused],
        "kept": [KeyOut(row=key.row, column=key.column) for key in saved.entered.kept],
        "notes": [MessageOut.of(message) for message in saved.notes],
        "computed": computed_of(saved.checked.computed),
        "validation": [MessageOut.of(message) for message in saved.checked.messages],
        "known": [KnownOut.of(model, *each) for each in saved.checked.known.items()],
    }  # fmt: skip


class ChangedOut(BaseModel):
    row: str
    column: str
    before: dict[str, Any]
    after: dict[str, Any]


class WorkbookOut(SavedOut):
    applied: bool
    changed: list[ChangedOut]
    messages: list[MessageOut]

    @classmethod
    def of_read(cls, read: WorkbookRead, form_version_id: UUID) -> WorkbookOut:
        return cls(
            **saved_fields(read.saved, form_version_id),
            applied=read.applied,
            changed=[
                ChangedOut(row=c.key.row, column=c.key.column, before=c.before, after=c.after)
                for c in read.changed
            ],
            messages=[MessageOut.of(message) for message in read.messages],
        )
