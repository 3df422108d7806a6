"""A copy is filled by a snapshot and kept by events; a new epoch of its owner fills it again.

Only a newer version is applied, so snapshot and events may overlap and repeat. An owner that was
restored from a backup has raised its epoch: then versions may have gone back, and the whole
snapshot is taken again and believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import structlog
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message
from sqlalchemy import case, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.bus.consumer import Consumer
from kit.bus.delivery import Delivery
from kit.clock import utc_now
from kit.copies.items import CopyItem, ItemStore, Store
from kit.db.tables import KIT
from kit.db.unit_of_work import SqlUnitOfWork

log = structlog.get_logger(__name__)

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Watermark:
    """The last of a snapshot: of which epoch it is, and up to where."""

    epoch: int
    version: int = 0


Snapshot = Callable[[], AsyncIterator["CopyItem | Watermark"]]
Read = Callable[[Delivery], CopyItem | None]
Apply = Callable[[CopyItem, Any], Awaitable[None]]
After = Callable[[Delivery, Any], Awaitable[None]]


class Copy:
    """`apply` also gets each kept item with the unit of work, to write tables of the service's own.

    A service isn't ready before its copies are filled, but for one that doesn't hold up the start.
    """

    def __init__(
        self,
        name: str,
        *,
        peer: str,
        subjects: list[str],
        snapshot: Snapshot,
        read: Read,
        apply: Apply | None = None,
        store: Store | None = None,
        after: After | None = None,
        holds_up_start: bool = True,
    ) -> None:
        self.name = name
        self.peer = peer
        self.subjects = subjects
        self.holds_up_start = holds_up_start
        self.items = ItemStore(name)
        self._snapshot = snapshot
        self._read = read
        self._apply = apply
        self._after = after
        self._store: Store = store or self.items

    async def get(self, session: AsyncSession, key: str | UUID) -> dict[str, Any] | None:
        return await self.items.get(session, str(key))

    async def message(self, session: AsyncSession, key: str | UUID, message_class: type[M]) -> M | None:
        payload = await self.get(session, key)
        if payload is None:
            return None
        message = message_class()
        ParseDict(payload, message, ignore_unknown_fields=True)
        return message

    async def filled(self, session: AsyncSession) -> bool:
        return await self._epoch(session) is not None

    async def refill(self, open_unit_of_work: Callable[[], SqlUnitOfWork]) -> int:
        """Takes the whole snapshot in one transaction; what it lacks becomes a tombstone."""
        with acting_as(Actor.system_job(f"copy-{self.name}")):
            received: list[CopyItem] = []
            watermark: Watermark | None = None
            async for item in self._snapshot():
                if isinstance(item, Watermark):
                    watermark = item
                else:
                    received.append(item)
            if watermark is None:
                raise ConnectionError(f"the snapshot of {self.name} ended without its watermark")
            async with open_unit_of_work() as uow:
                await self.hold(uow.session)
                known = await self._epoch(uow.session)
                force = known is None or watermark.epoch != known
                await self._keep(received, uow, force=force)
                await self._store.bury_all_but(uow.session, {i.key for i in received})
                await self._note(uow.session, watermark)
                await uow.commit()
        log.info("copy_filled", copy=self.name, items=len(received), epoch=watermark.epoch)
        return len(received)

    async def fill_if_empty(self, open_unit_of_work: Callable[[], SqlUnitOfWork]) -> None:
        """Waits for the owner as long as it takes."""
        while True:
            try:
                async with open_unit_of_work() as uow:
                    if await self.filled(uow.session):
                        return
                await self.refill(open_unit_of_work)
                return
            except Exception as error:
                log.warning("copy_waits", copy=self.name, error=f"{type(error).__name__}: {error}"[:300])
                await asyncio.sleep(2)

    def consumer(self, service: str, open_unit_of_work: Callable[[], SqlUnitOfWork]) -> Consumer:
        async def on(delivery: Delivery, uow: Any) -> None:
            epoch = await self._epoch(uow.session)
            if epoch is None or delivery.epoch > epoch:
                await self.refill(open_unit_of_work)
            item = self._read(delivery)
            if item is not None:
                await self.hold(uow.session, shared=True)
                await self._keep([item], uow, force=False)
            if self._after is not None:
                await self._after(delivery, uow)

        return Consumer(f"{service}-copy-{self.name}", self.subjects, on, together=True)

    async def forget(self, session: AsyncSession) -> None:
        """The next start, or `copies-refill`, takes the snapshot again."""
        await session.execute(delete(KIT.copy_state).where(KIT.copy_state.c.name == self.name))

    async def hold(self, session: AsyncSession, *, shared: bool = False) -> None:
        """Until the transaction ends. What is kept one by one goes on beside each other, a snapshot alone."""
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        await session.execute(
            text(f"SELECT {function}(hashtextextended(:name, 0))"),
            {"name": f"copy:{self.name}"},
        )

    async def _keep(self, items: Sequence[CopyItem], uow: Any, *, force: bool) -> None:
        newest = {item.key: item for item in sorted(items, key=lambda one: one.version)}
        kept = await self._store.put(uow.session, list(newest.values()), force=force)
        if self._apply is not None:
            for item in newest.values():
                if item.key in kept:
                    await self._apply(item, uow)

    async def _epoch(self, session: AsyncSession) -> int | None:
        epoch: int | None = await session.scalar(
            select(KIT.copy_state.c.epoch).where(KIT.copy_state.c.name == self.name)
        )
        return epoch

    async def _note(self, session: AsyncSession, watermark: Watermark) -> None:
        row = {
            "epoch": watermark.epoch,
            "watermark": watermark.version,
            "taken_at": utc_now(),
        }
        table = KIT.copy_state
        statement = insert(table).values(name=self.name, **row)
        # Events may have brought the copy further than a snapshot begun before them.
        further = case(
            (table.c.epoch == watermark.epoch, func.greatest(table.c.watermark, watermark.version)),
            else_=watermark.version,
        )
        await session.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_=row | {"watermark": further})
        )
