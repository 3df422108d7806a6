"""Maintenances in PostgreSQL; none is ever deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.db import Database
from kit.maintenance import Maintenance as Standing
from kit.maintenance import ReadMaintenances
from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from notify.adapters.postgres.tables import maintenance as table
from notify.domain.maintenance import Document, Maintenance, Notice, Plan
from notify.domain.maintenance_errors import MaintenanceUnknown

_ENDS = func.coalesce(table.c.ended_at, table.c.ends_at)


class PostgresMaintenances:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, maintenance: Maintenance) -> None:
        await self._session.execute(insert(table).values(_row(maintenance)))

    async def get(self, province_id: UUID, maintenance_id: UUID) -> Maintenance:
        query = select(table).where(table.c.id == maintenance_id, table.c.province_id == province_id)
        row = (await self._session.execute(query.with_for_update())).one_or_none()
        if row is None:
            raise MaintenanceUnknown(maintenance_id)
        return _maintenance(row)

    async def save(self, maintenance: Maintenance) -> None:
        await self._session.execute(
            update(table).where(table.c.id == maintenance.id).values(_row(maintenance))
        )

    async def lock_province(self, province_id: UUID) -> None:
        await self._session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
            {"name": f"maintenance:{province_id}"},
        )

    async def open_ones(self, now: datetime, province_id: UUID | None = None) -> list[Maintenance]:
        query = _open(now)
        if province_id is not None:
            query = query.where(table.c.province_id == province_id)
        return [_maintenance(row) for row in await self._session.execute(query)]

    async def of_province(self, province_id: UUID, limit: int) -> list[Maintenance]:
        query = select(table).where(table.c.province_id == province_id)
        found = await self._session.execute(query.order_by(table.c.starts_at.desc()).limit(limit))
        return [_maintenance(row) for row in found]


def own_maintenances(database: Database) -> ReadMaintenances:
    """notify's own rows, where the other services have a copy."""

    async def read() -> list[Standing]:
        async with database.sessions() as session:
            found = await session.execute(_open(await session.scalar(select(func.now()))))
            return [
                Standing(row.id, row.province_id, row.title, row.starts_at, row.ended_at or row.ends_at)
                for row in found
            ]

    return read


def _open(now: Any) -> Select[Any]:
    return select(table).where(table.c.cancelled_at.is_(None), now < _ENDS).order_by(table.c.starts_at)


def _row(maintenance: Maintenance) -> dict[str, Any]:
    plan, notice, document = maintenance.plan, maintenance.notice, maintenance.document
    return {
        "id": maintenance.id,
        "province_id": maintenance.province_id,
        "title": plan.title,
        "what": plan.what,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "emergency_reason": plan.emergency_reason,
        "notice_words": notice.words,
        "notice_article": notice.article,
        "earliest_at": notice.earliest_at,
        "announced_at": maintenance.announced_at,
        "announced_by": maintenance.announced_by,
        "announced_by_name": maintenance.announced_by_name,
        "version": maintenance.version,
        "document_number": document.number if document else None,
        "document_issued_on": document.issued_on if document else None,
        "ended_at": maintenance.ended_at,
        "cancelled_at": maintenance.cancelled_at,
        "close_reason": maintenance.close_reason,
    }


def _maintenance(row: Any) -> Maintenance:
    return Maintenance(
        id=row.id,
        province_id=row.province_id,
        plan=Plan(row.title, row.what, row.starts_at, row.ends_at, row.emergency_reason),
        notice=Notice(row.notice_words, row.notice_article, row.earliest_at),
        announced_at=row.announced_at,
        announced_by=row.announced_by,
        announced_by_name=row.announced_by_name,
        version=row.version,
        document=Document(row.document_number, row.document_issued_on) if row.document_number else None,
        ended_at=row.ended_at,
        cancelled_at=row.cancelled_at,
        close_reason=row.close_reason,
    )
