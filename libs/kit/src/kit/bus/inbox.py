"""The inbox: what this consumer has handled, told apart by event and by aggregate version."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.bus.delivery import Delivery
from kit.clock import utc_now
from kit.db.tables import KIT

# A failing event that never comes again must not hold its aggregate for ever.
_HOLDS = timedelta(minutes=30)


class Outcome(Enum):
    HANDLED = "handled"
    REPEATED = "repeated"
    OUTDATED = "outdated"
    HELD = "held"


class Inbox:
    def __init__(self, consumer: str, ordering: Literal["each", "latest"]) -> None:
        self._consumer = consumer
        self._ordering = ordering

    async def admit(self, session: AsyncSession, delivery: Delivery) -> Outcome:
        """Decides in the handler's transaction; the inbox row is part of it."""
        await session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:lane, 0))"),
            {"lane": f"{self._consumer}:{delivery.aggregate_id}"},
        )
        failing: dict[UUID, int] = {}
        if self._ordering == "each":
            failing = await self._failing(session, delivery)
            earlier = (version for event, version in failing.items() if event != delivery.event_id)
            if any(version < delivery.version for version in earlier):
                return Outcome.HELD
        fresh = await session.scalar(
            insert(KIT.inbox)
            .values(consumer=self._consumer, event_id=delivery.event_id, handled_at=utc_now())
            .on_conflict_do_nothing()
            .returning(KIT.inbox.c.event_id)
        )
        if delivery.event_id in failing:
            await self._free(session, delivery)
        if fresh is None:
            return Outcome.REPEATED
        if self._ordering == "latest" and not await self._advance(session, delivery):
            return Outcome.OUTDATED
        return Outcome.HANDLED

    async def _failing(self, session: AsyncSession, delivery: Delivery) -> dict[UUID, int]:
        """Events of this aggregate that failed and are being tried again, with their versions."""
        failing = KIT.inbox_failing
        found = await session.execute(
            select(failing.c.event_id, failing.c.version).where(
                failing.c.consumer == self._consumer,
                failing.c.aggregate_id == delivery.aggregate_id,
                failing.c.failed_at > utc_now() - _HOLDS,
            )
        )
        return {row.event_id: row.version for row in found}

    async def _free(self, session: AsyncSession, delivery: Delivery) -> None:
        """Handled now, or long ago: a commit may be kept although its answer failed (no receiver of the log had it)."""
        await session.execute(
            delete(KIT.inbox_failing).where(
                KIT.inbox_failing.c.consumer == self._consumer,
                KIT.inbox_failing.c.event_id == delivery.event_id,
            )
        )

    async def _advance(self, session: AsyncSession, delivery: Delivery) -> bool:
        """Keeps the newest (epoch, version) of the aggregate; True if this one is newer."""
        table = KIT.inbox_version
        row = {
            "consumer": self._consumer,
            "aggregate_id": delivery.aggregate_id,
            "epoch": delivery.epoch,
            "version": delivery.version,
        }
        statement = insert(table).values(row)
        newer = (table.c.epoch < statement.excluded.epoch) | (
            (table.c.epoch == statement.excluded.epoch) & (table.c.version < statement.excluded.version)
        )
        moved = await session.scalar(
            statement.on_conflict_do_update(
                index_elements=["consumer", "aggregate_id"],
                set_={"epoch": delivery.epoch, "version": delivery.version},
                where=newer,
            ).returning(table.c.version)
        )
        return moved is not None
