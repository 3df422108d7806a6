"""notify's unit of work: kit's, with its repositories."""

from __future__ import annotations

from kit.clock import Clock
from kit.db import Database, SqlUnitOfWork
from kit.outbox import OutboxEvent

from notify.adapters import maintenance_told, outside
from notify.adapters.postgres.hints import PostgresHints
from notify.adapters.postgres.maintenances import PostgresMaintenances
from notify.adapters.postgres.messages import PostgresMessages, PostgresPreferences
from notify.adapters.postgres.reports import PostgresReports
from notify.adapters.postgres.subscribers import PostgresSubscribers
from notify.application.ports import OutsideEvent
from notify.domain.maintenance import Announced, Ended


class PostgresUnitOfWork(SqlUnitOfWork):
    messages: PostgresMessages
    preferences: PostgresPreferences
    reports: PostgresReports
    subscribers: PostgresSubscribers
    maintenances: PostgresMaintenances
    hints: PostgresHints

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock=clock, translate=_to_outbox)

    def opened(self) -> None:
        self.messages = PostgresMessages(self.session)
        self.preferences = PostgresPreferences(self.session)
        self.reports = PostgresReports(self.session)
        self.subscribers = PostgresSubscribers(self.session)
        self.maintenances = PostgresMaintenances(self.session)
        self.hints = PostgresHints(self.session)


def _to_outbox(event: OutsideEvent | Announced | Ended) -> OutboxEvent:
    if isinstance(event, OutsideEvent):
        return outside.to_outbox_event(event)
    return maintenance_told.to_outbox_event(event)
