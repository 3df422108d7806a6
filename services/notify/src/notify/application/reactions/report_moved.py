"""A report has moved: the people concerned are told, open pages get a hint, subscribers a thin event."""

from __future__ import annotations

from dataclasses import dataclass

from kit.directory import Directory

from notify.application.ports import OutsideEvent, UnitOfWork
from notify.application.recipients import recipients_of
from notify.application.writing import Writer
from notify.domain.report import ReportEvent


@dataclass(frozen=True, slots=True)
class ReportMoved:
    writer: Writer
    directory: Directory

    async def __call__(self, event: ReportEvent, uow: UnitOfWork) -> None:
        report = event.report
        await uow.reports.keep(report)
        told = await recipients_of(event, self.directory)
        if told is not None:
            kind, people = told
            await self.writer.write(
                uow,
                kind,
                people,
                report,
                cause=event.cause,
                actor_name=event.actor_name,
                acted_at=event.acted_at,
                reason=event.reason,
                action=event.action,
                late=event.late,
                renewed=event.renewed,
            )
        for place in {report.unit_id, report.lead_unit_id}:
            await uow.hints.tell_place(place, "report", report.report_id, report.version)
        for subscriber in await uow.subscribers.of_province(report.province_id):
            if subscriber.hears(event.happening, report):
                uow.outbox.add(OutsideEvent(subscriber, event.happening, report, event.acted_at, event.late))
