"""Start and stop of a service."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import structlog
import uvicorn
from opentelemetry.sdk.trace import TracerProvider
from reporting.identity.v1.events_pb2 import RightsHeartbeat
from sqlalchemy import delete, select, text

from kit.audit.sealer import Sealer
from kit.bus.consumer import Consumer, ConsumerRunner
from kit.bus.dead_letters import DeadLetters
from kit.clock import utc_now
from kit.copies.copy import Copy
from kit.db.clock_offset import DatabaseClock
from kit.db.tables import KIT
from kit.directory.freshness import HEARTBEAT_SUBJECT
from kit.files.sweep import sweep
from kit.grpc.server import create_server, tell_health
from kit.health import Readiness, health_app
from kit.http.fresh import FreshContext
from kit.http.idempotency import KEPT
from kit.jobs import Job, JobRunner
from kit.outbox.relay import OutboxRelay
from kit.service import Service
from kit.settings import ServiceSettings
from kit.telemetry.logs import set_up_logs
from kit.telemetry.measures import take_all
from kit.telemetry.metrics import TLS_CERTIFICATE_ENDS
from kit.telemetry.setup import set_up_tracing
from kit.telemetry.statements import trace_statements

log = structlog.get_logger(__name__)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the service drains all its parts together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


async def serve(service: Service) -> None:
    ground, settings = service.ground, service.ground.settings
    set_up_logs(service.name, settings.log_level)
    provider = set_up_tracing(service.name, settings.stack, settings.otlp_endpoint, settings.tls)
    for engine in (ground.database.engine, ground.database.beside):
        trace_statements(engine, settings.traced_statements_share)
    if settings.tls is not None:
        TLS_CERTIFICATE_ENDS.labels("peers").set(settings.tls.ends_at().timestamp())
    readiness = Readiness(service.name)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    health = _uvicorn(health_app(readiness), settings, settings.metrics_port, asks_for_certificate=False)
    health_task = asyncio.create_task(health.serve())
    tasks: list[asyncio.Task[None]] = []
    starting = asyncio.create_task(_start(service, readiness, tasks))
    stop_wait = asyncio.create_task(stopping.wait())
    await asyncio.wait({starting, stop_wait, health_task}, return_when=asyncio.FIRST_COMPLETED)
    stop: Callable[[], Awaitable[None]] | None = None
    if starting.done():
        stop = starting.result()
        log.info("service_started", http=settings.http_port, grpc=settings.grpc_port)
        await asyncio.wait({stop_wait, health_task}, return_when=asyncio.FIRST_COMPLETED)
    log.info("service_stopping")
    readiness.wait_for("running", "đang dừng")
    for release in service.on_drain:
        release()
    starting.cancel()
    if stop is not None:
        await stop()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, starting, return_exceptions=True)
    await ground.close()
    await asyncio.to_thread(_flush, provider)
    health.should_exit = True
    await asyncio.gather(health_task, return_exceptions=True)
    log.info("service_stopped")


async def _start(
    service: Service, readiness: Readiness, tasks: list[asyncio.Task[None]]
) -> Callable[[], Awaitable[None]]:
    ground, settings = service.ground, service.ground.settings
    for what in ("database", "bus"):
        readiness.wait_for(what)
    readiness.watch("login_keys", ground.login_keys.missing)
    # HTTP and gRPC answer from the first moment, if only with 503 in words.
    http = _uvicorn(FreshContext(service.http_app()), settings, settings.http_port)
    http_task = asyncio.create_task(http.serve())
    grpc_server, _, healthy = create_server(
        service.grpc, ground.tokens, f"{settings.host}:{settings.grpc_port}", settings.tls
    )
    await grpc_server.start()
    tasks.append(asyncio.create_task(_connect(service, readiness, tasks)))
    tasks.append(asyncio.create_task(_follow_health(healthy, service, readiness)))

    async def stop() -> None:
        await tell_health(healthy, service.grpc, serving=False)
        http.should_exit = True
        await asyncio.gather(
            grpc_server.stop(settings.drain_seconds),
            asyncio.wait_for(http_task, settings.drain_seconds + 5),
            return_exceptions=True,
        )

    return stop


async def _connect(service: Service, readiness: Readiness, tasks: list[asyncio.Task[None]]) -> None:
    """Waits for database, migrations and bus, in this order, then starts what needs them."""
    ground = service.ground
    await _until(readiness, "database", lambda: _database_ready(service))
    clock = DatabaseClock(ground.database)
    readiness.watch("database", lambda: _said(clock.ask))
    readiness.watch("files", ground.files.bucket.missing)
    readiness.watch("clock", clock.what_is_wrong)
    runners: list[ConsumerRunner] = []
    for job in [*_kit_jobs(service, runners), *service.jobs]:
        tasks.append(_forever(job.name, JobRunner(job, ground.database).run))
    for background in service.background:
        tasks.append(_forever(getattr(background, "__name__", "background"), background))
    await _until(readiness, "bus", ground.bus.connect)
    readiness.watch("bus", ground.bus.missing)
    tasks.append(_forever("relay", OutboxRelay(ground.database, ground.bus).run))
    if service.rights_version is not None:
        tasks.append(_forever("heartbeat", lambda: _beat(service)))
    if not service.provides_directory:
        freshness = ground.directory.freshness
        tasks.append(_forever("freshness", lambda: freshness.listen(ground.bus)))
    letters = DeadLetters(ground.database)
    waited_for = [copy for copy in service.all_copies if copy.holds_up_start]
    for copy in waited_for:
        readiness.wait_for(f"copy:{copy.name}", f"chờ dữ liệu từ {copy.peer}")

    def consume(consumer: Consumer) -> None:
        runner = ConsumerRunner(consumer, ground.bus, service.unit_of_work, letters)
        runners.append(runner)
        tasks.append(_forever(consumer.durable, runner.run))

    async def follow(copy: Copy) -> None:
        await copy.fill_if_empty(service.unit_of_work)
        readiness.have(f"copy:{copy.name}")
        consume(copy.consumer(service.name, service.unit_of_work))

    # Handlers look things up in the copies: first these, then what happens.
    tasks.extend(asyncio.create_task(follow(copy)) for copy in service.all_copies if not copy.holds_up_start)
    await asyncio.gather(*(follow(copy) for copy in waited_for))
    for consumer in service.consumers:
        consume(consumer)


def _kit_jobs(service: Service, runners: list[ConsumerRunner]) -> list[Job]:
    ground = service.ground
    database = ground.database
    sealer = Sealer(database, ground.tokens, ground.settings.seal_dir, clock=ground.clock)
    relay = OutboxRelay(database, ground.bus)
    letters = DeadLetters(database)

    async def seal() -> None:
        await sealer.seal()

    async def measure() -> None:
        await relay.measure()
        await letters.count()
        await take_all(service.measures, database)

    async def measure_consumers() -> None:
        for runner in runners:
            await runner.measure()

    async def keep_partitions() -> None:
        async with database.sessions.begin() as session:
            await session.execute(text("SELECT kit_outbox_partitions(3)"))
            await session.execute(text("SELECT kit_outbox_drop(13)"))

    async def forget_answers() -> None:
        async with database.sessions.begin() as session:
            await session.execute(
                delete(KIT.idempotency_key).where(KIT.idempotency_key.c.answered_at < utc_now() - KEPT)
            )
            await session.execute(
                delete(KIT.inbox).where(KIT.inbox.c.handled_at < utc_now() - timedelta(days=400))
            )

    async def sweep_files() -> None:
        await sweep(ground.files, database)

    return [
        Job("audit-sealer", 60, seal),
        Job("measure", 15, measure, everywhere=True),
        Job("measure-consumers", 15, measure_consumers, everywhere=True),
        Job("outbox-partitions", 6 * 3600, keep_partitions),
        Job("old-answers", 3600, forget_answers),
        Job("file-sweep", 6 * 3600, sweep_files),
    ]


async def _database_ready(service: Service) -> None:
    """Reachable and migrated: the epoch is written by the first migration."""
    async with service.ground.database.sessions() as session:
        await session.execute(select(KIT.epoch.c.value))


async def _beat(service: Service) -> None:
    """identity's heartbeat: what every copy of rights is compared with."""
    assert service.rights_version is not None
    while True:
        epoch, version = await service.rights_version()
        beat = RightsHeartbeat(epoch=epoch, rights_version=version)
        await service.ground.bus.client.publish(HEARTBEAT_SUBJECT, beat.SerializeToString())
        await asyncio.sleep(1)


async def _follow_health(healthy: Any, service: Service, readiness: Readiness) -> None:
    told: bool | None = None
    while True:
        serving = not await readiness.missing()
        if serving != told:
            await tell_health(healthy, service.grpc, serving=serving)
            told = serving
        await asyncio.sleep(1)


async def _until(readiness: Readiness, what: str, attempt: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await attempt()
        except Exception as error:
            why = f"{type(error).__name__}: {error}"[:200]
            readiness.wait_for(what, why)
            log.info("waiting", what=what, why=why)
            await asyncio.sleep(1)
        else:
            readiness.have(what)
            return


async def _said(check: Callable[[], Awaitable[object]]) -> str | None:
    await check()
    return None


def _forever(name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    async def keep() -> None:
        while True:
            try:
                await work()
            except Exception as error:
                log.error("background_failed", work=name, exc_info=error)
            await asyncio.sleep(1)

    routine: Coroutine[Any, Any, None] = keep()
    return asyncio.create_task(routine, name=name)


def _uvicorn(app: Any, settings: ServiceSettings, port: int, *, asks_for_certificate: bool = True) -> _Server:
    tls = settings.tls
    return _Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=port,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=65,
            timeout_graceful_shutdown=20,
            **(tls.http_server(asks_for_certificate=asks_for_certificate) if tls else {}),
        )
    )


def _flush(provider: TracerProvider) -> None:
    provider.force_flush(3000)
    provider.shutdown()
