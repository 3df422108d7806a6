"""Addresses of deadline feeds in PostgreSQL, found by the hash of their secret."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.adapters.postgres import tables
from catalog.domain.feed import CalendarFeed

TABLE = tables.calendar_feed


class PostgresFeeds:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, feed: CalendarFeed) -> None:
        await self._session.execute(insert(TABLE).values(asdict(feed)))

    async def get(self, province_id: UUID, feed_id: UUID) -> CalendarFeed | None:
        query = select(TABLE).where(TABLE.c.id == feed_id, TABLE.c.province_id == province_id)
        return _feed((await self._session.execute(query.with_for_update())).first())

    async def by_secret(self, secret_sha256: str) -> CalendarFeed | None:
        query = select(TABLE).where(TABLE.c.secret_sha256 == secret_sha256)
        return _feed((await self._session.execute(query)).first())

    async def of_unit(self, province_id: UUID, unit_id: UUID) -> list[CalendarFeed]:
        query = select(TABLE).where(
            TABLE.c.province_id == province_id, TABLE.c.unit_id == unit_id, TABLE.c.revoked_at.is_(None)
        )
        found = await self._session.execute(query.order_by(TABLE.c.created_at.desc()))
        return [CalendarFeed(**row._mapping) for row in found]

    async def save(self, feed: CalendarFeed) -> None:
        await self._session.execute(update(TABLE).where(TABLE.c.id == feed.id).values(asdict(feed)))


def _feed(row: Row[Any] | None) -> CalendarFeed | None:
    return None if row is None else CalendarFeed(**row._mapping)
