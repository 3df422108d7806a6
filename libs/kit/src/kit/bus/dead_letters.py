"""Messages that could not be handled: kept with their reason, listed and tried again by command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from kit.bus.delivery import Broken, Delivery
from kit.clock import utc_now
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.errors import DomainError
from kit.ids import new_id
from kit.telemetry.measures import show
from kit.telemetry.metrics import DEAD_LETTERS

log = structlog.get_logger(__name__)


class DeadLetters:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def park(
        self,
        consumer: str,
        subject: str,
        headers: Mapping[str, str],
        body: bytes,
        error: Exception,
        attempts: int,
    ) -> None:
        row = {
            "id": new_id(),
            "consumer": consumer,
            "subject": subject,
            "event_id": headers.get("ce-id"),
            "aggregate_id": headers.get("ce-subject"),
            "reason": _reason(error),
            "error": f"{type(error).__name__}: {error}"[:4000],
            "headers": dict(headers),
            "body": body,
            "attempts": attempts,
            "parked_at": utc_now(),
        }
        async with self._database.sessions.begin() as session:
            await session.execute(insert(KIT.dead_letter).values(row))
        DEAD_LETTERS.labels(consumer).inc()
        log.error("message_parked", consumer=consumer, subject=subject, reason=row["reason"])

    async def note_failure(self, consumer: str, delivery: Delivery) -> None:
        """Later events of the same aggregate are held back until this one is settled."""
        row = {
            "consumer": consumer,
            "event_id": delivery.event_id,
            "aggregate_id": delivery.aggregate_id,
            "version": delivery.version,
            "failed_at": utc_now(),
        }
        statement = insert(KIT.inbox_failing).values(row)
        async with self._database.sessions.begin() as session:
            await session.execute(
                statement.on_conflict_do_update(
                    index_elements=["consumer", "event_id"],
                    set_={"failed_at": row["failed_at"]},
                )
            )

    async def forget_failure(self, consumer: str, delivery: Delivery) -> None:
        async with self._database.sessions.begin() as session:
            await session.execute(
                delete(KIT.inbox_failing).where(
                    KIT.inbox_failing.c.consumer == consumer,
                    KIT.inbox_failing.c.event_id == delivery.event_id,
                )
            )

    async def waiting(self) -> Sequence[Any]:
        async with self._database.reading() as session:
            found = await session.execute(
                select(KIT.dead_letter)
                .where(KIT.dead_letter.c.resolved_at.is_(None))
                .order_by(KIT.dead_letter.c.parked_at)
            )
            return found.all()

    async def resolve(self, letter_id: UUID) -> None:
        async with self._database.sessions.begin() as session:
            await session.execute(
                update(KIT.dead_letter).where(KIT.dead_letter.c.id == letter_id).values(resolved_at=utc_now())
            )

    async def count(self) -> None:
        """Sets the metric from the table: it survives restarts, and what was resolved is gone from it."""
        async with self._database.reading() as session:
            found = await session.execute(
                select(KIT.dead_letter.c.consumer, func.count())
                .where(KIT.dead_letter.c.resolved_at.is_(None))
                .group_by(KIT.dead_letter.c.consumer)
            )
            show(DEAD_LETTERS, found.all())


def _reason(error: Exception) -> str:
    if isinstance(error, Broken):
        return str(error)[:1000]
    if isinstance(error, DomainError):
        return f"{error.code}: {error.message}"[:1000]
    return "xử lý không thành công sau nhiều lần thử"
