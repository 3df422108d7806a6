"""Sends the sealed, approved and, where the profile demands it, signed revision; the receipt is its proof."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.ids import new_id

from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.report import Report
from submission.domain.states import Action
from submission.domain.workflow import next_state


@dataclass(frozen=True, slots=True)
class SendReport:
    report_id: UUID
    expected_version: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class SendReportHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: SendReport) -> Report:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.get(command.report_id)
            report.expect(command.expected_version)
            rules = await self.standings.rules(report.assignment)
            acting = await self.standings.acting(command.actor, report.assignment, rules)
            next_state(report.state, Action.SEND, report.situation(acting, rules))
            marks = await self.standings.confirm(command.actor, Action.SEND, report, rules)
            before = report.state
            receipt = report.send(acting, rules, self.clock(), new_id())
            await uow.reports.save(report)
            uow.outbox.add(*told_by(report))
            uow.audit.record(
                aggregate_kind="report",
                aggregate_id=report.id,
                act=Action.SEND.value,
                actor=command.actor,
                before={"state": before},
                after={"state": report.state, "receipt": receipt.id, "late": receipt.late},
                province_id=report.assignment.province_id,
                marks=marks,
            )
            await uow.commit()
        return report
