"""Sends the sealed, approved and, where the profile demands it, signed revision; the receipt is its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.ids import new_id

from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.incident import FallbackDocument, fallback_under
from submission.domain.incident_errors import FileNotPdf
from submission.domain.report import Report
from submission.domain.states import Action
from submission.domain.workflow import next_state


@dataclass(frozen=True, slots=True)
class SentByDocument:
    """It went by e-document while the system was out."""

    incident_id: UUID
    number: str
    issued_on: date
    data: bytes


@dataclass(frozen=True, slots=True)
class SendReport:
    report_id: UUID
    expected_version: int
    actor: Actor
    document: SentByDocument | None = None


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
            now = self.clock()
            fallback = await _fallback(uow, command.document, report, now)
            receipt = report.send(acting, rules, now, new_id(), fallback)
            await uow.reports.save(report)
            uow.outbox.add(*told_by(report))
            uow.audit.record(
                aggregate_kind="report",
                aggregate_id=report.id,
                act=Action.SEND.value,
                actor=command.actor,
                before={"state": before},
                after={"state": report.state, "receipt": receipt.id, "late": receipt.late}
                | ({"document": fallback.number, "incident": fallback.incident_id} if fallback else {}),
                province_id=report.assignment.province_id,
                marks=marks,
            )
            await uow.commit()
        return report


async def _fallback(
    uow: UnitOfWork, document: SentByDocument | None, report: Report, now: datetime
) -> FallbackDocument | None:
    if document is None:
        return None
    if not document.data.startswith(b"%PDF-"):
        raise FileNotPdf
    assignment = report.assignment
    incident = await uow.incidents.get(assignment.province_id, document.incident_id)
    sha256 = await uow.files.put(document.data, "application/pdf")
    return fallback_under(incident, assignment.unit.id, document.number, document.issued_on, sha256, now)
