"""One transaction: what changed, what is told to others, and who did it, or nothing at all.

Under an `Idempotency-Key` the request owns the transaction: `commit()` writes everything but
leaves the COMMIT to the moment the answer is known, so that answer and change are stored
together; a later unit of work of the same request joins that transaction by a savepoint.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

from kit.audit.record import AuditCollector
from kit.clock import Clock, utc_now
from kit.db.deferral import Deferral, current_deferral
from kit.db.engine import Database
from kit.db.passing import database_unavailable, is_passing
from kit.db.task_session import begin, end
from kit.outbox.events import OutboxCollector, OutboxEvent


class SqlUnitOfWork:
    """Subclass it and make repositories in `opened`; open a new one for each command.

    `translate` turns a domain event into an `OutboxEvent`, so that handlers may hand over what
    the aggregate recorded. One that is `alone` is never part of a keyed request's transaction: for what isn't
    the request's own change and stands whether or not that one is made.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock = utc_now,
        translate: Callable[[Any], OutboxEvent] | None = None,
        alone: bool = False,
    ) -> None:
        self._database = database
        self._alone = alone
        self._clock = clock
        self.outbox = OutboxCollector(translate)
        self.audit = AuditCollector()
        self._session: AsyncSession | None = None
        self._deferral: Deferral | None = None
        self._savepoint: AsyncSessionTransaction | None = None
        self._committed = False

    @property
    def session(self) -> AsyncSession:
        if self._session is None:
            raise RuntimeError("the unit of work is not open")
        return self._session

    def opened(self) -> None:
        """Hook: build repositories on `self.session`."""

    async def __aenter__(self) -> Self:
        self._committed = False
        self._deferral = None if self._alone else current_deferral()
        if self._deferral is not None and self._deferral.session is not None:
            self._session = self._deferral.session
            self._savepoint = await self._session.begin_nested()
        elif self._alone:
            self._session = self._database.sessions_beside()
        else:
            self._session = self._database.sessions()
        self._token = begin(self._database, self._session)
        self.opened()
        return self

    async def commit(self) -> None:
        """Writes audit and outbox rows, then commits (or leaves that to the keyed request)."""
        session = self.session
        await session.flush()
        now = self._clock()
        await self.audit.write(session, now)
        await self.outbox.write(session, now)
        if self._savepoint is not None:
            await self._savepoint.commit()
            self._savepoint = await session.begin_nested()
        elif self._deferral is not None:
            await session.flush()
            self._deferral.adopt(session)
            self._savepoint = await session.begin_nested()
        else:
            await self._database.committer.commit(session)
        self._committed = True

    async def rollback(self) -> None:
        self.outbox.clear()
        self.audit.clear()
        if self._savepoint is not None:
            await self._savepoint.rollback()
            self._savepoint = await self.session.begin_nested()
        else:
            await self.session.rollback()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end(self._token)
        session, self._session = self.session, None
        self.outbox.clear()
        self.audit.clear()
        if self._savepoint is not None:
            savepoint, self._savepoint = self._savepoint, None
            if savepoint.is_active:
                await savepoint.rollback()
        else:
            await session.close()
        if error is not None and is_passing(error):
            raise database_unavailable() from error
