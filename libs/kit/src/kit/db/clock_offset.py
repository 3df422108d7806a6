"""This machine's clock held against the database's.

Whether a report came in time is judged by the service's clock, and tokens are believed by it: one that is wrong must
not take requests. Which of two clocks is wrong can't be known here, only that they differ.
"""

from __future__ import annotations

import time

from sqlalchemy import text

from kit.clock import Clock, utc_now
from kit.db.engine import Database
from kit.telemetry.metrics import CLOCK_OFFSET

MOST_SECONDS = 30.0


async def clock_offset(database: Database, clock: Clock = utc_now) -> float:
    """Seconds by which this machine is ahead of the database; 0 where the way there could explain it."""
    async with database.engine.connect() as connection:
        begun, before = time.monotonic(), clock()
        there = await connection.scalar(text("SELECT clock_timestamp()"))
        half = (time.monotonic() - begun) / 2
    assert there is not None
    offset = float((before - there).total_seconds()) + half
    return offset if abs(offset) > half else 0.0


class DatabaseClock:
    """Asked of the database and of its clock at once: one way there tells both."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._offset = 0.0

    async def ask(self) -> None:
        """Raises while the database doesn't answer; what was measured last stands until it does."""
        self._offset = await clock_offset(self._database, self._clock)
        CLOCK_OFFSET.set(self._offset)

    async def what_is_wrong(self) -> str | None:
        """None while the clocks agree; else in words, for the readiness of a service."""
        if abs(self._offset) <= MOST_SECONDS:
            return None
        side = "nhanh" if self._offset > 0 else "chậm"
        return f"đồng hồ máy này {side} hơn cơ sở dữ liệu {abs(self._offset):.0f} giây (cho phép {MOST_SECONDS:.0f})"
