"""What the server says of its receivers: how many stream, and whether one of them has all there is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import asyncpg

from reporting_backup.settings import Settings

# The position is read before the receivers', so "has everything" means everything of that moment.
_POSITION = "SELECT pg_current_wal_flush_lsn()::text, timeline_id FROM pg_control_checkpoint()"
_RECEIVERS = """
    SELECT application_name, coalesce(flush_lsn >= $2::text::pg_lsn, false) AS whole
    FROM pg_stat_replication WHERE state = 'streaming' AND application_name = ANY($1::text[])
"""
_LOST = "SELECT slot_name FROM pg_replication_slots WHERE wal_status = 'lost' AND slot_name = ANY($1::text[])"


@dataclass(frozen=True, slots=True)
class Seen:
    receivers: set[str]
    whole_at: float | None
    """The moment for which a receiver was known to have everything."""
    timeline: int
    lost: set[str]
    """Slots the server gave up, since they held back more than it may keep."""


def look(settings: Settings) -> Seen:
    return asyncio.run(_look(settings))


async def _look(settings: Settings) -> Seen:
    names = list(settings.receivers)
    connection = await asyncpg.connect(
        host=settings.host, port=settings.port, user=settings.user, passfile=str(settings.passfile),
        database="postgres", timeout=5, command_timeout=10,
        server_settings={"application_name": "reporting_backup"},
    )  # fmt: skip
    try:
        now = time.time()
        there = await connection.fetchrow(_POSITION)
        assert there is not None
        position, timeline = there
        rows = await connection.fetch(_RECEIVERS, names, position)
        lost = {row["slot_name"] for row in await connection.fetch(_LOST, names)}
        for slot in lost:
            await connection.execute("SELECT pg_drop_replication_slot($1)", slot)
    finally:
        await connection.close()
    whole = any(row["whole"] for row in rows)
    return Seen({row["application_name"] for row in rows}, now if whole else None, int(timeline), lost)
