"""How long ago the copy of rights was last known to be what identity holds.

identity tells its epoch and rights version every second, outside the stream. The copy is fresh
while it has reached that version. One that is behind and no longer moves takes the snapshot again; one that
still catches up is left to its events, since a snapshot would hold them up while it is kept.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from google.protobuf.message import DecodeError
from reporting.identity.v1.events_pb2 import RightsHeartbeat
from sqlalchemy import select

from kit.bus.connection import Bus
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.directory.store import NAME
from kit.telemetry.metrics import COPY_AGE

log = structlog.get_logger(__name__)

# Four words: a signal of the moment, outside the stream of events.
HEARTBEAT_SUBJECT = "reporting.identity.heartbeat.v1"
STALE_AFTER = 5.0
_REFILL_AFTER = 10.0


class Freshness:
    def __init__(self, database: Database, refill: Callable[[], Awaitable[object]]) -> None:
        self._database = database
        self._refill = refill
        self._confirmed_at = float("-inf")
        self._behind_since: float | None = None
        self._reached = -1
        self._refilling: asyncio.Task[object] | None = None

    @property
    def age(self) -> float:
        """Seconds since the copy was last confirmed."""
        return time.monotonic() - self._confirmed_at

    @property
    def fresh(self) -> bool:
        return self.age <= STALE_AFTER

    def confirm(self) -> None:
        self._confirmed_at = time.monotonic()
        self._behind_since = None

    async def listen(self, bus: Bus) -> None:
        """Until cancelled: compares each heartbeat with the copy's own watermark."""
        while True:
            try:
                subscription = await bus.client.subscribe(HEARTBEAT_SUBJECT, pending_msgs_limit=64)
                async for message in subscription.messages:
                    await self.compare(message.data)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.warning("heartbeat_lost", error=f"{type(error).__name__}: {error}"[:200])
            await asyncio.sleep(1)

    async def compare(self, data: bytes) -> None:
        beat = RightsHeartbeat()
        try:
            beat.ParseFromString(data)
        except DecodeError:
            return
        COPY_AGE.set(min(self.age, 86_400.0))
        async with self._database.sessions() as session:
            state = (
                await session.execute(
                    select(KIT.copy_state.c.epoch, KIT.copy_state.c.watermark).where(
                        KIT.copy_state.c.name == NAME
                    )
                )
            ).one_or_none()
        if state is None:
            return
        if state.epoch == beat.epoch and state.watermark >= beat.rights_version:
            self.confirm()
            return
        now = time.monotonic()
        if state.watermark != self._reached:
            self._reached, self._behind_since = state.watermark, now
        self._behind_since = self._behind_since or now
        if now - self._behind_since > _REFILL_AFTER:
            self._behind_since = now
            self._begin_refill()

    def _begin_refill(self) -> None:
        """Beside the heartbeats, which go on being heard."""
        if self._refilling is None or self._refilling.done():

            async def refill() -> None:
                try:
                    await self._refill()
                except Exception as error:
                    log.warning("refill_failed", error=f"{type(error).__name__}: {error}"[:200])

            self._refilling = asyncio.create_task(refill())
