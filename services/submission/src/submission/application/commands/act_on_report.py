"""Acts that move a report by the table and nothing else: checks, approvals, returns, the lead agency's acts.

What follows from them lies in the same transaction: an order to signing, the store of approved figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.compute import compute, entered
from kit.actor import Actor
from kit.clock import Clock

from submission.application.checking import forms_of
from submission.application.pinning import checked_pins
from submission.application.ports import OpenUnitOfWork, SealedContent, SigningOrder, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.acts import PinnedCell
from submission.domain.known import Level
from submission.domain.report import Report
from submission.domain.rules import Rules
from submission.domain.states import Action, State
from submission.domain.workflow import GOES_BACK, SIGNING_BEGUN, Acting, next_state


@dataclass(frozen=True, slots=True)
class ActOnReport:
    report_id: UUID
    expected_version: int
    action: Action
    actor: Actor
    reason: str = ""
    comment: str = ""
    pinned: Sequence[PinnedCell] = ()
    correction_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActOnReportHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: ActOnReport) -> Report:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.get(command.report_id)
            report.expect(command.expected_version)
            rules = await self.standings.rules(report.assignment)
            acting = await self.standings.acting(command.actor, report.assignment, rules)
            situation = report.situation(acting, rules, command.reason)
            next_state(report.state, command.action, situation)
            marks = await self.standings.confirm(command.actor, command.action, report, rules)
            pinned = await checked_pins(uow, report, command.pinned)
            await self._move(uow, report, replace(command, pinned=pinned), acting, rules, marks)
            await uow.commit()
        return report

    async def _move(
        self,
        uow: UnitOfWork,
        report: Report,
        command: ActOnReport,
        acting: Acting,
        rules: Rules,
        marks: Mapping[str, Any],
    ) -> None:
        before, at = report.state, self.clock()
        if command.action is Action.ACCEPT:
            report.accept(acting, rules, at, comment=command.comment)
        else:
            report.act(
                command.action, acting, rules, at, reason=command.reason.strip(), comment=command.comment,
                pinned=command.pinned, correction_due_at=command.correction_due_at,
            )  # fmt: skip
        await uow.reports.save(report)
        await follow_up(uow, report, before, command.action, rules, at, command.reason)
        uow.outbox.add(*told_by(report))
        uow.audit.record(
            aggregate_kind="report",
            aggregate_id=report.id,
            act=command.action.value,
            actor=command.actor,
            before={"state": before},
            after={"state": report.state, "revision": report.revision, "reason": command.reason},
            province_id=report.assignment.province_id,
            marks=marks,
        )


async def follow_up(
    uow: UnitOfWork, report: Report, before: State, action: Action, rules: Rules, at: datetime, reason: str
) -> None:
    """What an act brings with it, in its own transaction."""
    figures_approved_by = Action.APPROVE if rules.joins_approvals else Action.APPROVE_FIGURES
    if action is figures_approved_by:
        await keep_figures(uow, report, Level.UNIT_APPROVED)
    if action is Action.APPROVE and rules.demands_signing:
        await uow.orders.put(
            SigningOrder(
                report.id, report.revision, "request", report.canonical_hash,
                leader_account_id=report.moments.approved_by, steps=rules.signing.value,
            ),
            at,
        )  # fmt: skip
    if action is Action.ACCEPT:
        await keep_figures(uow, report, Level.ACCEPTED)
    if action in GOES_BACK and before in SIGNING_BEGUN and rules.demands_signing:
        order = SigningOrder(report.id, report.revision, "void", report.canonical_hash, reason=reason)
        await uow.orders.put(order, at)


async def keep_figures(uow: UnitOfWork, report: Report, level: Level) -> None:
    """Into the store of approved figures; what was accepted before stands until this call."""
    sealed = await uow.sealed.get(report.id, report.revision)
    if sealed is not None:
        await store_figures(uow, report, level, sealed, await forms_of(uow, report.assignment))


async def store_figures(
    uow: UnitOfWork, report: Report, level: Level, sealed: SealedContent, forms: Sequence[PublishedForm]
) -> None:
    """As `keep_figures`, of content at hand."""
    by_id = {form.id: form.model for form in forms}
    known = {form: figures for form, figures in sealed.figures.items() if form in by_id}
    await uow.store.put(
        report,
        level,
        {form: entered(by_id[form], figures) for form, figures in known.items()},
        {form: compute(by_id[form], figures) for form, figures in known.items()},
    )
