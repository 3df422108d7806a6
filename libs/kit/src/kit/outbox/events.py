"""Events as rows: each aggregate's version grows by one, its order is the relay's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from sqlalchemy import func, insert, select, text

from kit.ids import new_id
from kit.telemetry.propagation import current_traceparent

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

# Locks the aggregates' rows in one order, whatever order the events came in: no deadlocks.
_COUNT = text(
    """
    INSERT INTO outbox_aggregate (aggregate_id, version)
    SELECT id, n FROM unnest(CAST(:ids AS uuid[]), CAST(:counts AS bigint[])) AS t(id, n)
    ORDER BY id
    ON CONFLICT (aggregate_id) DO UPDATE SET version = outbox_aggregate.version + excluded.version
    RETURNING aggregate_id, version
    """
)


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """`subject` is `reporting.<service>.<thing>.<past tense>.v1`."""

    subject: str
    aggregate_id: UUID
    province_id: UUID | None
    payload: Message


class OutboxCollector:
    """Collects during the unit of work, each with the trace it belongs to; rows are written at commit."""

    def __init__(self, translate: Callable[[Any], OutboxEvent] | None = None) -> None:
        self._translate = translate
        self._events: list[tuple[OutboxEvent, str | None]] = []

    def add(self, *events: Any) -> None:
        for event in events:
            if not isinstance(event, OutboxEvent):
                if self._translate is None:
                    raise TypeError(f"no translation for {type(event).__name__} into an OutboxEvent")
                event = self._translate(event)
            self._events.append((event, current_traceparent()))

    def clear(self) -> None:
        self._events.clear()

    async def write(self, session: AsyncSession, now: datetime) -> None:
        from kit.db.tables import KIT

        events, self._events = self._events, []
        if not events:
            return
        counts = Counter(event.aggregate_id for event, _ in events)
        ids = sorted(counts)
        counted = await session.execute(_COUNT, {"ids": ids, "counts": [counts[i] for i in ids]})
        next_version = {row[0]: row[1] - counts[row[0]] + 1 for row in counted}
        epoch = await session.scalar(select(KIT.epoch.c.value)) or 1
        rows = []
        for event, traceparent in events:
            version = next_version[event.aggregate_id]
            next_version[event.aggregate_id] = version + 1
            rows.append(
                {
                    "id": new_id(),
                    "recorded_at": now,
                    "subject": event.subject,
                    "aggregate_id": event.aggregate_id,
                    "version": version,
                    "epoch": epoch,
                    "province_id": event.province_id,
                    "payload": MessageToDict(event.payload),
                    "traceparent": traceparent,
                }
            )
        await session.execute(insert(KIT.outbox), rows)
        await session.execute(select(func.pg_notify("outbox", "")))
