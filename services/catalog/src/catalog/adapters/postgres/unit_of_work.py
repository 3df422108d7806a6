"""One transaction of the catalog with its repositories."""

from __future__ import annotations

from kit.clock import Clock, utc_now
from kit.db import Database, SqlUnitOfWork
from kit.files import FileStore

from catalog.adapters.postgres.catalogues import (
    PostgresAllocations,
    PostgresEntries,
    PostgresIndicators,
    PostgresIndicatorSets,
)
from catalog.adapters.postgres.feeds import PostgresFeeds
from catalog.adapters.postgres.papers import PostgresPapers
from catalog.adapters.postgres.registrations import PostgresRegistrations
from catalog.adapters.postgres.repositories import PostgresCalendars, PostgresForms, PostgresRegimes
from catalog.application.telling import to_outbox


class PostgresUnitOfWork(SqlUnitOfWork):
    forms: PostgresForms
    regimes: PostgresRegimes
    calendars: PostgresCalendars
    feeds: PostgresFeeds
    entries: PostgresEntries
    indicators: PostgresIndicators
    indicator_sets: PostgresIndicatorSets
    allocations: PostgresAllocations
    registrations: PostgresRegistrations
    papers: PostgresPapers

    def __init__(self, database: Database, files: FileStore, clock: Clock = utc_now) -> None:
        super().__init__(database, clock=clock, translate=to_outbox)
        self._files = files

    def opened(self) -> None:
        self.forms = PostgresForms(self.session, self._files)
        self.regimes = PostgresRegimes(self.session, self._files)
        self.calendars = PostgresCalendars(self.session)
        self.feeds = PostgresFeeds(self.session)
        self.entries = PostgresEntries(self.session)
        self.indicators = PostgresIndicators(self.session)
        self.indicator_sets = PostgresIndicatorSets(self.session)
        self.allocations = PostgresAllocations(self.session)
        self.registrations = PostgresRegistrations(self.session)
        self.papers = PostgresPapers(self.session)
