"""notify's unit of work: kit's, with its repositories."""

from __future__ import annotations

from kit.clock import Clock
from kit.db import Database, SqlUnitOfWork

from notify.adapters.outside import to_outbox_event
from notify.adapters.postgres.hints import PostgresHints
from notify.adapters.postgres.messages import PostgresMessages, PostgresPreferences
from notify.adapters.postgres.reports import PostgresReports
from notify.adapters.postgres.subscribers import PostgresSubscribers


class PostgresUnitOfWork(SqlUnitOfWork):
    messages: PostgresMessages
    preferences: PostgresPreferences
    reports: PostgresReports
    subscribers: PostgresSubscribers
    hints: PostgresHints

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock=clock, translate=to_outbox_event)

    def opened(self) -> None:
        self.messages = PostgresMessages(self.session)
        self.preferences = PostgresPreferences(self.session)
        self.reports = PostgresReports(self.session)
        self.subscribers = PostgresSubscribers(self.session)
        self.hints = PostgresHints(self.session)
