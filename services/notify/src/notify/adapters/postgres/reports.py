"""What notify knows of reports, and which reminders were told."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from notify.adapters.postgres.tables import known_report, reminder
from notify.domain.reminder import Stage
from notify.domain.report import ReportFacts


class PostgresReports:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, report: ReportFacts) -> None:
        row = asdict(report) | {"open": report.open}
        statement = insert(known_report).values(row)
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["report_id"],
                set_=row,
                where=known_report.c.version <= report.version,
            )
        )

    async def find(self, report_id: UUID) -> ReportFacts | None:
        row = (
            await self._session.execute(select(known_report).where(known_report.c.report_id == report_id))
        ).one_or_none()
        return None if row is None else _facts(row)

    async def open_due_before(self, moment: datetime, after: datetime) -> list[ReportFacts]:
        found = await self._session.execute(
            select(known_report)
            .where(
                known_report.c.open,
                known_report.c.due_at <= moment,
                known_report.c.due_at >= after,
            )
            .order_by(known_report.c.due_at)
        )
        return [_facts(row) for row in found]

    async def open_of_regime(self, regime_id: UUID) -> list[ReportFacts]:
        found = await self._session.execute(
            select(known_report).where(known_report.c.regime_id == regime_id, known_report.c.open)
        )
        return [_facts(row) for row in found]

    async def remind_once(self, report_id: UUID, stage: Stage, due_at: datetime) -> bool:
        statement = (
            insert(reminder)
            .values(report_id=report_id, stage=stage.value, due_at=due_at)
            .on_conflict_do_nothing()
            .returning(reminder.c.stage)
        )
        return await self._session.scalar(statement) is not None


def _facts(row: Any) -> ReportFacts:
    told = dict(row._mapping)
    told.pop("open")
    return ReportFacts(**told)
