"""What happens beside the report's own course: a signature refused, a regime closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.directory import Directory
from kit.errors import Unavailable

from notify.application.ports import UnitOfWork
from notify.application.recipients import holders
from notify.application.writing import Writer
from notify.domain.message import Kind


@dataclass(frozen=True, slots=True)
class SigningRefused:
    writer: Writer
    directory: Directory

    async def __call__(
        self, event_id: UUID, report_id: UUID, reason: str, at: datetime, uow: UnitOfWork
    ) -> None:
        report = await uow.reports.find(report_id)
        if report is None:
            # The report's own events come by another road and may be later.
            raise Unavailable("notify.report.not_yet_known", "Chưa nhận được sự kiện của báo cáo.")
        people = await holders(self.directory, ("entry", "approve"), report.unit_id, report)
        await self.writer.write(
            uow, Kind.SIGNING_REFUSED, people, report, str(event_id), reason=reason, acted_at=at
        )


@dataclass(frozen=True, slots=True)
class RegimeClosed:
    writer: Writer
    directory: Directory

    async def __call__(self, event_id: UUID, regime_id: UUID, at: datetime, uow: UnitOfWork) -> None:
        for report in await uow.reports.open_of_regime(regime_id):
            people = await holders(self.directory, ("entry",), report.unit_id, report)
            cause = f"{event_id}:{report.report_id}"
            await self.writer.write(uow, Kind.REGIME_CLOSED, people, report, cause, acted_at=at)
