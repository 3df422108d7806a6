"""Hints for open pages, written with the change they hint at."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kit.clock import utc_now
from kit.db import Database
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from notify.adapters.postgres.tables import hint as table
from notify.domain.hint import Hint, Position

CHANNEL = "hint"
_KEPT = timedelta(days=2)
# Everything below is settled: no transaction that is still running can add to it.
_SETTLED = "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"


class PostgresHints:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def tell_account(self, account_id: UUID, kind: str, object_id: UUID, version: int) -> None:
        await self._tell(kind, object_id, version, account_id=account_id)

    async def tell_place(self, place_id: UUID, kind: str, object_id: UUID, version: int) -> None:
        await self._tell(kind, object_id, version, place_id=place_id)

    async def _tell(self, kind: str, object_id: UUID, version: int, **whom: UUID) -> None:
        row = {"kind": kind, "object_id": object_id, "version": version, "told_at": utc_now()}
        await self._session.execute(insert(table).values(**row, **whom))
        await self._session.execute(select(func.pg_notify(CHANNEL, "")))


class HintReader:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, position: Position, limit: int = 500) -> list[Hint]:
        row = (table.c.txid, table.c.position)
        query = (
            select(table)
            .where(
                text("(hint.txid, hint.position) > (:txid, :position)").bindparams(
                    txid=position.txid, position=position.position
                ),
                text(f"hint.txid < {_SETTLED}"),
            )
            .order_by(*row)
            .limit(limit)
        )
        async with self._database.sessions() as session:
            found = await session.execute(query)
            return [
                Hint(
                    Position(one.txid, one.position),
                    one.account_id,
                    one.place_id,
                    one.kind,
                    one.object_id,
                    one.version,
                )
                for one in found
            ]

    async def now(self) -> Position:
        """Where a reader begins who has seen nothing: at what is settled now."""
        async with self._database.sessions() as session:
            settled = await session.scalar(text(f"SELECT {_SETTLED}"))
        return Position(int(settled or 0) - 1, 2**62)

    async def forget_old(self) -> None:
        async with self._database.sessions.begin() as session:
            await session.execute(delete(table).where(table.c.told_at < utc_now() - _KEPT))
