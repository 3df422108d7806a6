"""The filled official workbook: read by the same form, shown first (dry run), applied without ever blanking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from forms.messages import Message, Severity
from forms.values import Blank, CellKey, Figures, value_to_json
from kit.actor import Actor
from kit.clock import Clock

from submission.application.allocating import closed_rows
from submission.application.commands.enter_figures import (
    Saved,
    begin_entry,
    check_entered,
    form_in,
    save_entry,
)
from submission.application.ports import OpenUnitOfWork, WorkbookReader
from submission.application.standing import Standings
from submission.domain.entry import Draft, FilingDraft, Road
from submission.domain.errors import NewerEdits
from submission.domain.saving import CellChange, Entry, RowChange


@dataclass(frozen=True, slots=True)
class ImportWorkbook:
    report_id: UUID
    form_version_id: UUID
    actor: Actor
    data: bytes
    dry_run: bool
    last_edit: int | None = None
    """The last edit the person saw; None: whatever stands there now may be replaced."""


@dataclass(frozen=True, slots=True)
class Changed:
    key: CellKey
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    saved: Saved
    changed: tuple[Changed, ...]
    messages: tuple[Message, ...]
    applied: bool


@dataclass(frozen=True, slots=True)
class ImportWorkbookHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    workbooks: WorkbookReader
    clock: Clock

    async def __call__(self, command: ImportWorkbook) -> WorkbookRead:
        async with self.open_unit_of_work() as uow:
            report, draft = await begin_entry(
                uow, self.standings, command.report_id, command.actor, self.clock
            )
            form = await form_in(uow, report, command.form_version_id)
            filing = draft.filing(command.form_version_id)
            filled = await self.workbooks.read_filled(
                form.model,
                command.data,
                current=filing.figures(),
                form_version=str(command.form_version_id),
                text_rule=await self.standings.unicode_source(report.assignment),
            )
            closed = await closed_rows(uow, self.standings, report.assignment, form)
            not_ours = closed.refusals(form.model, filled.figures, filing.figures())
            filled = replace(filled, messages=(*filled.messages, *not_ours))
            if not command.dry_run:
                filled.refuse_errors()
            changed = _differences(filing, filled.figures)
            if command.last_edit is not None and not command.dry_run:
                _refuse_newer(draft, command, changed)
            entry = Entry(draft, str(command.actor), self.clock(), Road.WORKBOOK)
            _enter(entry, command.form_version_id, filing, filled.figures)
            entered = entry.done()
            checked = await check_entered(uow, report, draft, form)
            failed = any(message.severity is Severity.ERROR for message in filled.messages)
            if not command.dry_run:
                await save_entry(uow, report, entered, command.actor)
            saved = Saved(report, draft, entered, checked)
        return WorkbookRead(
            saved, changed, tuple(filled.messages), applied=not command.dry_run and not failed
        )


def enter_whole(entry: Entry, form_version_id: UUID, figures: Figures) -> None:
    """Every figure of a document, for a report that has none yet."""
    _enter(entry, form_version_id, entry.draft.filing(form_version_id), figures)


def _differences(filing: FilingDraft, figures: Figures) -> tuple[Changed, ...]:
    return tuple(
        Changed(key, value_to_json(filing.value_of(key)), value_to_json(value))
        for key, value in figures.cells.items()
        if not isinstance(value, Blank) and value != filing.value_of(key)
    )


def _enter(entry: Entry, form_version_id: UUID, filing: FilingDraft, figures: Figures) -> None:
    rows = []
    for row in figures.list_rows:
        known = filing.rows.get(row.id)
        rows.append(RowChange(row.id, row.list_id, row.order, False, known.version if known else 0))
    entry.rows(form_version_id, rows)
    entry.cells(
        form_version_id,
        [CellChange(key, value, filing.version_of(key), asked=False) for key, value in figures.cells.items()],
    )


def _refuse_newer(draft: Draft, command: ImportWorkbook, changed: tuple[Changed, ...]) -> None:
    seen = command.last_edit or 0
    touched = {(change.key.row, change.key.column) for change in changed}
    newer = [
        cell
        for cell in draft.edited_since(seen, other_than=str(command.actor))
        if (cell["row"], cell["column"]) in touched
    ]
    if newer:
        raise NewerEdits(seen, draft.last_edit, newer)
