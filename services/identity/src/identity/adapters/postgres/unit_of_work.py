"""One transaction of identity: its repositories, and the rights version that counts what it tells."""

from __future__ import annotations

from kit.clock import Clock, utc_now
from kit.db import Database, SqlUnitOfWork
from sqlalchemy import update

from identity.adapters.events import to_outbox
from identity.adapters.postgres.repositories import PostgresAccounts, PostgresGrants, PostgresUnits
from identity.adapters.postgres.tables import rights_version
from identity.domain.events import Event


class Told:
    """Events of this unit of work, numbered when it commits."""

    def __init__(self) -> None:
        self.waiting: list[Event] = []

    def add(self, *events: Event) -> None:
        self.waiting.extend(events)


class PostgresUnitOfWork(SqlUnitOfWork):
    units: PostgresUnits
    accounts: PostgresAccounts
    grants: PostgresGrants

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        super().__init__(database, clock=clock)
        self._moment = clock
        self.events = Told()

    def opened(self) -> None:
        self.units = PostgresUnits(self.session)
        self.accounts = PostgresAccounts(self.session, self._moment())
        self.grants = PostgresGrants(self.session)
        self.events = Told()

    async def commit(self) -> None:
        """The counter's row is locked last and held shortest: administrators hardly wait for each other."""
        told, self.events.waiting = self.events.waiting, []
        if told:
            last = (
                await self.session.execute(
                    update(rights_version)
                    .values(value=rights_version.c.value + len(told))
                    .returning(rights_version.c.value)
                )
            ).scalar_one()
            first = last - len(told) + 1
            self.outbox.add(*(to_outbox(event, number) for number, event in enumerate(told, first)))
        await super().commit()
