"""Which maintenance holds now, from the service's own copy of what notify has announced.

The copy holds up no start: a service that has never heard of notify goes on as if nothing were announced.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from google.protobuf.json_format import ParseDict
from reporting.notify.v1 import events_pb2 as events
from reporting.notify.v1 import notify_pb2 as pb
from reporting.notify.v1.notify_pb2_grpc import NotifyServiceStub

from kit.bus.delivery import Delivery
from kit.clock import Clock
from kit.copies import Copy, CopyItem, ItemStore, Watermark
from kit.db.engine import Database

NAME = "maintenance"
ANNOUNCED = "reporting.notify.maintenance.announced.v1"
ENDED = "reporting.notify.maintenance.ended.v1"
_LOOKED_AT_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Maintenance:
    """From `starts_at` until before `ends_at` people of the province read and nobody changes anything."""

    id: UUID
    province_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime

    def holds_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


ReadMaintenances = Callable[[], Awaitable[Sequence[Maintenance]]]


@dataclass(slots=True)
class Standing:
    """What is announced, read again each second: a request asks memory, not the database."""

    read: ReadMaintenances
    clock: Clock
    _known: Sequence[Maintenance] = field(default=(), init=False)
    _read_at: float = field(default=float("-inf"), init=False)

    async def now(self) -> list[Maintenance]:
        if time.monotonic() - self._read_at > _LOOKED_AT_EVERY:
            self._known = await self.read()
            self._read_at = time.monotonic()
        moment = self.clock()
        return [one for one in self._known if one.holds_at(moment)]


def of_copy(database: Database) -> ReadMaintenances:
    items = ItemStore(NAME)

    async def read() -> Sequence[Maintenance]:
        async with database.sessions() as session:
            return [_of(ParseDict(payload, pb.Maintenance())) for payload in await items.all(session)]

    return read


def maintenance_copy(channel: Any) -> Copy:
    stub = NotifyServiceStub(channel)

    async def snapshot() -> AsyncIterator[CopyItem | Watermark]:
        async for answer in stub.StreamSnapshot(pb.StreamSnapshotRequest(), timeout=30):
            if answer.WhichOneof("item") == "watermark":
                yield Watermark(answer.watermark.epoch)
            else:
                yield _item(answer.maintenance)

    return Copy(
        NAME,
        peer="notify",
        subjects=[ANNOUNCED, ENDED],
        snapshot=snapshot,
        read=_read,
        holds_up_start=False,
    )


def _read(delivery: Delivery) -> CopyItem:
    if delivery.subject == ENDED:
        return _item(delivery.parse(events.MaintenanceEnded).maintenance, deleted=True)
    return _item(delivery.parse(events.MaintenanceAnnounced).maintenance)


def _item(told: pb.Maintenance, *, deleted: bool = False) -> CopyItem:
    return CopyItem(told.id, told.version, told, UUID(told.province_id), deleted)


def _of(told: pb.Maintenance) -> Maintenance:
    return Maintenance(
        UUID(told.id),
        UUID(told.province_id),
        told.title,
        told.starts_at.ToDatetime(tzinfo=UTC),
        told.ends_at.ToDatetime(tzinfo=UTC),
    )
