"""The stores of one transaction."""

from __future__ import annotations

from kit.clock import Clock, utc_now
from kit.db import Database, SqlUnitOfWork
from kit.files import FileStore

from submission.adapters.files import BucketFiles
from submission.adapters.postgres.catalog_copy import PostgresCatalogCopy
from submission.adapters.postgres.entry import PostgresDrafts, PostgresSealed
from submission.adapters.postgres.figure_store import PostgresFigureStore
from submission.adapters.postgres.form_moves import PostgresFormMoves
from submission.adapters.postgres.incidents import PostgresIncidents
from submission.adapters.postgres.reports import PostgresReports
from submission.adapters.postgres.stores import (
    PostgresAggregations,
    PostgresAssignments,
    PostgresHistorySources,
    PostgresSigningOrders,
)
from submission.adapters.told import to_outbox


class PostgresUnitOfWork(SqlUnitOfWork):
    def __init__(self, database: Database, files: FileStore, *, clock: Clock = utc_now) -> None:
        super().__init__(database, clock=clock, translate=to_outbox)
        self._now = clock
        self._bucket = files

    def opened(self) -> None:
        session = self.session
        self.assignments = PostgresAssignments(session)
        self.reports = PostgresReports(session, self._now)
        self.drafts = PostgresDrafts(session)
        self.sealed = PostgresSealed(session)
        self.catalog = PostgresCatalogCopy(session)
        self.orders = PostgresSigningOrders(session)
        self.store = PostgresFigureStore(session)
        self.aggregations = PostgresAggregations(session)
        self.files = BucketFiles(session, self._bucket)
        self.history = PostgresHistorySources(session)
        self.incidents = PostgresIncidents(session)
        self.form_moves = PostgresFormMoves(session)
