"""What the other services' copies begin with: the maintenances not yet over, and the epoch."""

from __future__ import annotations

from collections.abc import Sequence

from kit.clock import Clock
from kit.db import Database
from kit.db.tables import KIT
from reporting.notify.v1 import notify_pb2 as pb
from sqlalchemy import select

from notify.adapters.maintenance_told import to_message
from notify.adapters.postgres.maintenances import PostgresMaintenances


class SnapshotReader:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def __call__(self) -> tuple[Sequence[pb.Maintenance], int]:
        async with self._database.sessions() as session:
            epoch = await session.scalar(select(KIT.epoch.c.value))
            found = await PostgresMaintenances(session).open_ones(self._clock())
        return [to_message(one) for one in found], int(epoch or 0)
