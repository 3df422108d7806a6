"""The deadline is near, or has passed: told once for each stage, from notify's own copy."""

from __future__ import annotations

from dataclasses import dataclass

from kit.clock import Clock
from kit.directory import Directory

from notify.application.ports import OpenUnitOfWork, UnitOfWork
from notify.application.recipients import holders
from notify.application.writing import Writer
from notify.domain.message import Kind
from notify.domain.reminder import LONGEST_AFTER, LONGEST_BEFORE, Stage, stage_at
from notify.domain.report import ReportFacts

# The leader is told when a day or less is left.
_TELLS_LEADER = frozenset({Stage.ONE_DAY, Stage.TWO_HOURS, Stage.OVERDUE})


@dataclass(frozen=True, slots=True)
class RemindHandler:
    open_unit_of_work: OpenUnitOfWork
    writer: Writer
    directory: Directory
    clock: Clock

    async def __call__(self) -> int:
        """One unit of work for each report, so that one failure holds up no other."""
        now = self.clock()
        async with self.open_unit_of_work() as uow:
            due = await uow.reports.open_due_before(now + LONGEST_BEFORE, now - LONGEST_AFTER)
        written = 0
        for report in due:
            async with self.open_unit_of_work() as uow:
                written += await self._remind(uow, report)
                await uow.commit()
        return written

    async def _remind(self, uow: UnitOfWork, report: ReportFacts) -> int:
        if report.due_at is None:
            return 0
        stage = stage_at(self.clock(), report.due_at)
        if stage is None or not await uow.reports.remind_once(report.report_id, stage, report.due_at):
            return 0
        rights = ("entry", "send", "approve") if stage in _TELLS_LEADER else ("entry",)
        people = {p.id: p for p in await holders(self.directory, rights, report.unit_id, report)}
        kind = Kind.OVERDUE if stage is Stage.OVERDUE else Kind.DEADLINE_NEAR
        cause = f"deadline:{report.report_id}:{stage.value}:{report.due_at.isoformat()}"
        return await self.writer.write(uow, kind, people.values(), report, cause)
