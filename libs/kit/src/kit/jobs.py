"""Work that comes round: one replica at a time does it, whichever gets the lock."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from opentelemetry import trace
from sqlalchemy import text

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.db.engine import Database
from kit.db.passing import is_passing
from kit.errors import Unavailable
from kit.telemetry.metrics import JOB_LAST_SUCCESS, JOB_SECONDS

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)

_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_RELEASE = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is in seconds; the job acts as `system:<name>`. `everywhere`: each replica runs it."""

    name: str
    every: float
    run: Callable[[], Awaitable[None]]
    everywhere: bool = False


class JobRunner:
    def __init__(self, job: Job, database: Database) -> None:
        self._job = job
        self._database = database

    async def run(self) -> None:
        await asyncio.sleep(random.uniform(0, min(self._job.every, 2)))  # noqa: S311
        while True:
            begun = time.perf_counter()
            outcome = await self.once()
            if outcome != "elsewhere":
                JOB_SECONDS.labels(self._job.name, outcome).observe(time.perf_counter() - begun)
            if outcome == "done":
                JOB_LAST_SUCCESS.labels(self._job.name).set_to_current_time()
            await asyncio.sleep(max(0.05, self._job.every - (time.perf_counter() - begun)))

    async def once(self) -> str:
        try:
            if self._job.everywhere:
                await self._do()
                return "done"
            return await self._alone()
        except Exception as error:
            passing = isinstance(error, Unavailable) or is_passing(error)
            if passing:
                log.warning("job_waits", job=self._job.name, error=str(error)[:200])
            else:
                log.error("job_failed", job=self._job.name, exc_info=error)
            return "failed"

    async def _alone(self) -> str:
        # The session that holds the lock does nothing else; if it is lost, so is the lock.
        async with self._database.engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            name = {"name": f"job:{self._job.name}"}
            if not await connection.scalar(_TRY, name):
                return "elsewhere"
            try:
                await self._do()
            finally:
                await connection.execute(_RELEASE, name)
        return "done"

    async def _do(self) -> None:
        with (
            acting_as(Actor.system_job(self._job.name)),
            tracer.start_as_current_span(f"job {self._job.name}"),
        ):
            await self._job.run()
