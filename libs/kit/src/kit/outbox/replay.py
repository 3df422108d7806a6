"""Refills the stream from the database: every event since a moment, with its own id again.

Consumers drop by their inbox what they had already; what they had lost they now get.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from kit.bus.connection import Bus
from kit.db.engine import Database
from kit.outbox.relay import publish

_PAGE = text(
    """
    SELECT id, recorded_at, subject, aggregate_id, version, epoch, province_id, payload, traceparent
    FROM outbox
    WHERE (recorded_at, id) > (:since, :after) AND recorded_at >= :since
    ORDER BY recorded_at, id
    LIMIT 500
    """
)


async def replay_since(database: Database, bus: Bus, since: datetime) -> int:
    """Publishes again all events recorded since then, oldest first; returns how many."""
    number = 0
    moment, after = since, "00000000-0000-0000-0000-000000000000"
    while True:
        async with database.reading() as session:
            found = await session.execute(_PAGE, {"since": moment, "after": after})
            rows = [dict(row) for row in found.mappings()]
        if not rows:
            return number
        for row in rows:
            await publish(bus, row)
        number += len(rows)
        moment, after = rows[-1]["recorded_at"], rows[-1]["id"]
