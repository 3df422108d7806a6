"""Outside subscribers in PostgreSQL; a removed one stays as a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from notify.adapters.postgres.tables import subscriber as table
from notify.domain.errors import SubscriberUnknown
from notify.domain.report import Happening
from notify.domain.subscriber import Subscriber


class PostgresSubscribers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, subscriber: Subscriber) -> None:
        await self._session.execute(
            insert(table).values(
                id=subscriber.id,
                province_id=subscriber.province_id,
                name=subscriber.name,
                events=sorted(event.value for event in subscriber.events),
                created_at=subscriber.created_at,
            )
        )

    async def get(self, subscriber_id: UUID) -> Subscriber:
        row = (
            await self._session.execute(
                select(table).where(table.c.id == subscriber_id, table.c.removed_at.is_(None))
            )
        ).one_or_none()
        if row is None:
            raise SubscriberUnknown(subscriber_id)
        return _subscriber(row)

    async def remove(self, subscriber_id: UUID, at: datetime) -> None:
        await self._session.execute(update(table).where(table.c.id == subscriber_id).values(removed_at=at))

    async def of_province(self, province_id: UUID) -> list[Subscriber]:
        found = await self._session.execute(
            select(table)
            .where(table.c.province_id == province_id, table.c.removed_at.is_(None))
            .order_by(table.c.name)
        )
        return [_subscriber(row) for row in found]

    async def name_taken(self, name: str) -> bool:
        found = await self._session.scalar(
            select(table.c.id).where(table.c.name == name, table.c.removed_at.is_(None))
        )
        return found is not None


def _subscriber(row: Any) -> Subscriber:
    return Subscriber(
        id=row.id,
        province_id=row.province_id,
        name=row.name,
        events=frozenset(Happening(event) for event in row.events),
        created_at=row.created_at,
        removed_at=row.removed_at,
    )
