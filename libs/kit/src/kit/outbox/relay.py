"""Carries outbox rows to the bus: marked in place, one at a time for each aggregate.

Never a moving cursor: a transaction that commits late is still found. Any number of relays may
run; `FOR UPDATE SKIP LOCKED` shares the rows out, and an aggregate's next event is only taken
when its earlier one is marked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import nats.errors
import structlog
from nats.js.errors import APIError
from sqlalchemy import text

from kit.bus.connection import STREAM, Bus, stream_of
from kit.bus.envelope import headers_of
from kit.clock import utc_now
from kit.db.engine import Database
from kit.db.listening import wake_on
from kit.telemetry.metrics import OUTBOX_OLDEST, OUTBOX_PUBLISHED, OUTBOX_WAITING

log = structlog.get_logger(__name__)

_BATCH = 64
_POLL = 2.0
_TAKE = text(
    """
    SELECT o.id, o.recorded_at, o.subject, o.aggregate_id, o.version, o.epoch, o.province_id,
           o.payload, o.traceparent
    FROM outbox o
    WHERE o.published_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM outbox earlier
        WHERE earlier.published_at IS NULL AND earlier.aggregate_id = o.aggregate_id
          AND earlier.version < o.version)
    ORDER BY o.recorded_at
    LIMIT :batch
    FOR UPDATE OF o SKIP LOCKED
    """
)
_MARK = text(
    """
    UPDATE outbox SET published_at = :now
    FROM unnest(CAST(:ids AS uuid[]), CAST(:moments AS timestamptz[])) AS done(id, recorded_at)
    WHERE outbox.id = done.id AND outbox.recorded_at = done.recorded_at
    """
)
_WAITING = text(
    "SELECT count(*), coalesce(extract(epoch FROM now() - min(recorded_at)), 0)"
    " FROM outbox WHERE published_at IS NULL"
)


def _expected_stream(subject: str) -> str | None:
    """The stream that must store it. None for outside events: a subscriber's own stream, in its
    account, stores them too and would refuse what names another stream."""
    return STREAM if stream_of(subject) == STREAM else None


async def publish(bus: Bus, row: dict[str, Any]) -> None:
    """Returns when the stream has stored it. The event carries on the trace of its act; the hand-over has no span."""
    body = json.dumps(row["payload"], ensure_ascii=False, separators=(",", ":")).encode()
    await bus.stream.publish(
        row["subject"], body, timeout=10, stream=_expected_stream(row["subject"]), headers=headers_of(row)
    )
    OUTBOX_PUBLISHED.inc()


class OutboxRelay:
    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._wake = asyncio.Event()

    async def run(self) -> None:
        listener = asyncio.create_task(wake_on(self._database, "outbox", self._wake))
        try:
            while True:
                self._wake.clear()
                try:
                    sent = await self.publish_batch()
                except (nats.errors.Error, APIError, OSError, TimeoutError) as error:
                    sent = 0
                    log.warning("relay_waits", error=f"{type(error).__name__}: {error}"[:200])
                except Exception as error:
                    sent = 0
                    log.error("relay_failed", exc_info=error)
                    await asyncio.sleep(1)
                if sent == 0:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), _POLL)
        finally:
            listener.cancel()

    async def publish_batch(self) -> int:
        """One event of each of up to 64 aggregates; what was stored by the stream is marked."""
        async with self._database.sessions.begin() as session:
            found = await session.execute(_TAKE, {"batch": _BATCH})
            rows = [dict(row) for row in found.mappings()]
            if not rows:
                return 0
            results = await asyncio.gather(*(publish(self._bus, row) for row in rows), return_exceptions=True)
            done = [row for row, result in zip(rows, results, strict=True) if result is None]
            if done:
                await session.execute(
                    _MARK,
                    {
                        "now": utc_now(),
                        "ids": [row["id"] for row in done],
                        "moments": [row["recorded_at"] for row in done],
                    },
                )
        await self._look_after(rows, results)
        return len(done)

    async def _look_after(self, rows: list[dict[str, Any]], results: list[Any]) -> None:
        """A stream that is not there (any more) is made; the events are tried again next time."""
        failed = {
            stream_of(row["subject"]): result
            for row, result in zip(rows, results, strict=True)
            if isinstance(result, BaseException)
        }
        for stream, error in failed.items():
            log.warning("events_not_published", stream=stream, error=repr(error)[:200])
            await self._bus.provision(stream)

    async def measure(self) -> None:
        async with self._database.reading() as session:
            waiting, oldest = (await session.execute(_WAITING)).one()
        OUTBOX_WAITING.set(waiting)
        OUTBOX_OLDEST.set(float(oldest))
