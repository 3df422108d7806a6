"""Everything a copy holds, as of one moment, and the numbers that go with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from kit.clock import Clock
from kit.db import Database
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from identity.adapters.postgres import rows
from identity.adapters.postgres.tables import account, kit_tables, right_grant, rights_version, unit
from identity.application.ports import SnapshotItem

_PIECE = 500


class PostgresSnapshots:
    """A snapshot is read in one transaction that sees one moment, whatever is committed meanwhile."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def stream(self) -> AsyncIterator[SnapshotItem]:
        async with self._database.reading() as session:
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            taken_at = self._clock()
            epoch, version = await _numbers(session)
            async for row in await session.stream(select(unit).execution_options(yield_per=_PIECE)):
                yield rows.to_unit(row)
            told = select(account).where(account.c.version > 0).execution_options(yield_per=_PIECE)
            async for row in await session.stream(told):
                yield rows.to_account(row)
            # Revoked ones too: a copy must learn of a right it should no longer hold.
            async for row in await session.stream(select(right_grant).execution_options(yield_per=_PIECE)):
                yield rows.to_grant(row)
            watermark: tuple[int, int, datetime] = (epoch, version, taken_at)
            yield watermark

    async def rights_version(self) -> tuple[int, int]:
        async with self._database.reading() as session:
            return await _numbers(session)


async def _numbers(session: AsyncSession) -> tuple[int, int]:
    found = await session.execute(
        select(kit_tables.epoch.c.value, rights_version.c.value).select_from(
            kit_tables.epoch.join(rights_version, kit_tables.epoch.c.id == rights_version.c.id)
        )
    )
    epoch, version = found.one()
    return int(epoch), int(version)
