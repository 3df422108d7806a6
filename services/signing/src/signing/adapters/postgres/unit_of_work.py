"""One transaction of signing, with its repositories."""

from __future__ import annotations

from kit.clock import Clock, utc_now
from kit.db import Database, SqlUnitOfWork

from signing.adapters.events import to_outbox
from signing.adapters.postgres.register import PostgresRegister, PostgresVerifications
from signing.adapters.postgres.requests import PostgresRequests


class PostgresUnitOfWork(SqlUnitOfWork):
    requests: PostgresRequests
    register: PostgresRegister
    verifications: PostgresVerifications

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        super().__init__(database, clock=clock, translate=to_outbox)

    def opened(self) -> None:
        self.requests = PostgresRequests(self.session)
        self.register = PostgresRegister(self.session)
        self.verifications = PostgresVerifications(self.session)
