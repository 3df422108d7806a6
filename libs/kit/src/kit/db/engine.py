"""One engine a process: pooled, pre-pinged, with limits on how long anything may wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import QueuePool

from kit.db.committing import Committer
from kit.db.deferral import current_deferral
from kit.db.task_session import begin, end, session_of_task
from kit.telemetry.metrics import DATABASE_IN_USE, DATABASE_LIMIT
from kit.tls import Tls, database_context


class Database:
    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        name: str = "kit",
        statement_seconds: float = 30,
        tls: Tls | None = None,
    ) -> None:
        self.url = url
        self.ssl = database_context(url, tls)

        def engine(size: int) -> AsyncEngine:
            return create_async_engine(
                url,
                pool_size=size,
                max_overflow=size,
                pool_pre_ping=True,
                pool_timeout=10,
                connect_args={
                    "timeout": 5,
                    "ssl": self.ssl,
                    "server_settings": {
                        "application_name": name,
                        "timezone": "UTC",
                        "statement_timeout": str(int(statement_seconds * 1000)),
                        "idle_in_transaction_session_timeout": "120000",
                    },
                },
            )

        self.engine = engine(pool_size)
        # For the rare transaction beside a task's own: its holders wait for nobody.
        self.beside = engine(1)
        pool = self.engine.pool
        if isinstance(pool, QueuePool):
            DATABASE_IN_USE.set_function(pool.checkedout)
            DATABASE_LIMIT.set(2 * pool_size)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.sessions_beside = async_sessionmaker(self.beside, expire_on_commit=False)
        self.committer = Committer()

    @property
    def asyncpg_dsn(self) -> str:
        """The same address for a bare asyncpg connection (LISTEN, advisory locks)."""
        return self.url.replace("postgresql+asyncpg://", "postgresql://", 1)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for a query that changes nothing; it is never committed.

        It is the task's own where one is open, and in a request that carries an `Idempotency-Key` the command's:
        what these have written is seen.
        """
        deferral = current_deferral()
        known = session_of_task(self) or (deferral.session if deferral is not None else None)
        if known is not None:
            yield known
            return
        async with self.sessions() as session:
            token = begin(self, session)
            try:
                yield session
            finally:
                end(token)

    async def close(self) -> None:
        await self.engine.dispose()
        await self.beside.dispose()
