"""Figures by the grid or by a program: raw text as typed, or values already typed by the caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from forms.messages import Message, Severity
from forms.model import FormModel
from forms.validation import as_kept, read_typed, validate_edit
from forms.values import BLANK, CellKey, Value
from kit.actor import Actor
from kit.clock import Clock

from submission.application.allocating import ClosedRows, closed_rows
from submission.application.checking import NOTHING_BEFORE, CheckedForm, before, check, forms_of
from submission.application.known import with_known
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.entry import Draft, FilingDraft, Road
from submission.domain.errors import list_not_allocated, not_in_report
from submission.domain.report import Report
from submission.domain.saving import CellChange, Entered, Entry, RowChange
from submission.domain.states import Action


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One of `raw` (as typed or pasted) and `value`; an empty `raw` is a blank nobody asked for."""

    row: str
    column: str
    expected_version: int = 0
    raw: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class EnterFigures:
    report_id: UUID
    form_version_id: UUID
    actor: Actor
    edits: Sequence[CellEdit] = ()
    rows: Sequence[RowChange] = ()
    road: Road = Road.GRID


@dataclass(frozen=True, slots=True)
class Saved:
    report: Report
    draft: Draft
    entered: Entered
    checked: CheckedForm
    """The form as it stands after the save."""
    refused: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    touched: tuple[CellKey, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class EnterFiguresHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: EnterFigures) -> Saved:
        async with self.open_unit_of_work() as uow:
            report, draft = await begin_entry(
                uow, self.standings, command.report_id, command.actor, self.clock
            )
            form = await form_in(uow, report, command.form_version_id)
            model = form.model
            closed = await closed_rows(uow, self.standings, report.assignment, form)
            entry = Entry(draft, str(command.actor), self.clock(), command.road)
            entry.rows(command.form_version_id, _known_lists(model, command.rows, closed))
            reading = _read(model, draft.filing(command.form_version_id), command.edits, closed)
            entry.cells(command.form_version_id, reading.changes)
            entered = entry.done()
            checked = await check_entered(uow, report, draft, form)
            await save_entry(uow, report, entered, command.actor)
        return Saved(
            report,
            draft,
            entered,
            checked,
            tuple(reading.refused),
            tuple(reading.notes),
            tuple(CellKey(edit.row, edit.column) for edit in command.edits),
        )


async def begin_entry(
    uow: UnitOfWork, standings: Standings, report_id: UUID, actor: Actor, clock: Clock
) -> tuple[Report, Draft]:
    """The report, locked and open for figures: a new revision is begun as a copy where one must be."""
    report = await uow.reports.get(report_id)
    rules = await standings.rules(report.assignment)
    acting = await standings.acting(actor, report.assignment, rules)
    revision, as_it_was = report.revision, (report.version, report.enterers)
    if report.begin_entry(acting, rules, clock()):
        draft = await uow.drafts.load(report.id, revision)
        await uow.reports.save(report)
        uow.outbox.add(*told_by(report))
        await uow.drafts.begin_copy(report.id, report.revision, draft)
    else:
        draft = await uow.drafts.load(report.id, report.revision)
        if as_it_was != (report.version, report.enterers):
            await uow.reports.save(report)
    await standings.confirm(actor, Action.ENTER, report, rules)
    return report, draft


async def save_entry(uow: UnitOfWork, report: Report, entered: Entered, actor: Actor) -> None:
    """Appends what changed and nothing else."""
    await uow.drafts.append(report.id, report.revision, entered.edits)
    if entered.edits:
        uow.audit.record(
            aggregate_kind="report",
            aggregate_id=report.id,
            act="enter",
            actor=actor,
            after={
                "revision": report.revision,
                "edits": [entered.edits[0].number, entered.edits[-1].number],
                "cells": len(entered.edits),
                "road": entered.edits[0].road.value,
            },
            province_id=report.assignment.province_id,
        )
    await uow.commit()


async def form_in(uow: UnitOfWork, report: Report, form_version_id: UUID) -> PublishedForm:
    if form_version_id not in report.assignment.form_version_ids:
        raise not_in_report("phiên bản biểu mẫu này")
    return await uow.catalog.form(form_version_id)


async def check_entered(uow: UnitOfWork, report: Report, draft: Draft, form: PublishedForm) -> CheckedForm:
    """One form of a draft; the others are read only where it refers to them or to earlier reports."""
    plan = form.model.plan
    linked = {link.from_form_id for link in form.links}
    looks_around = bool(plan.computed_from | plan.checked_against | linked)
    forms = await forms_of(uow, report.assignment) if looks_around else [form]
    past = await before(uow, report.assignment, forms) if looks_around else NOTHING_BEFORE
    checked = check(forms, {each.id: draft.filing(each.id).figures() for each in forms}, past)
    return (await with_known(uow, report, checked, of=form.id)).form(form.id)


@dataclass(slots=True)
class _Reading:
    changes: list[CellChange] = field(default_factory=list)
    refused: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def _read(model: FormModel, filing: FilingDraft, edits: Sequence[CellEdit], closed: ClosedRows) -> _Reading:
    reading = _Reading()
    for edit in edits:
        list_id = filing.list_of(edit.row)
        not_ours = closed.refusal(model, CellKey(edit.row, edit.column), list_id)
        if not_ours is not None:
            reading.refused.append(not_ours)
            continue
        asked = edit.raw is None or bool(edit.raw.strip())
        value: Value | None
        if edit.raw is not None:
            typed = read_typed(model, edit.row, edit.column, edit.raw, list_id)
            value, messages = typed.value, tuple(typed.messages)
        else:
            value = as_kept(model.cell_for(edit.row, edit.column, list_id), edit.value or BLANK)
            messages = validate_edit(model, edit.row, edit.column, value, list_id)
        if value is None or any(message.severity is Severity.ERROR for message in messages):
            reading.refused.extend(message for message in messages if message.severity is Severity.ERROR)
            continue
        reading.notes.extend(messages)
        key = CellKey(edit.row, edit.column)
        reading.changes.append(CellChange(key, value, edit.expected_version, asked))
    return reading


def _known_lists(model: FormModel, rows: Sequence[RowChange], closed: ClosedRows) -> Sequence[RowChange]:
    for row in rows:
        if row.list_id not in model.lists_by_id:
            raise not_in_report(f"danh sách «{row.list_id}»")
        not_ours = closed.refusal(model, CellKey(row.id, ""), row.list_id)
        if not_ours is not None:
            raise list_not_allocated(not_ours.message)
    return rows
