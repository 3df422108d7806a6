"""A service as one process: HTTP, gRPC, health, relay, consumers and jobs, started in any order.

The health port opens first, so that `/readyz` can say what is missing while the rest is waited
for. SIGTERM: not ready any more, no new requests, those begun are finished, then all is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from fastapi import APIRouter, FastAPI

from kit.actor import Actor
from kit.auth.keys import LoginKeys
from kit.auth.service_tokens import ServiceTokens
from kit.auth.user_tokens import UserTokens
from kit.bus.connection import Bus
from kit.bus.consumer import Consumer
from kit.clock import Clock, utc_now
from kit.copies.copy import Copy
from kit.db.engine import Database
from kit.db.unit_of_work import SqlUnitOfWork
from kit.directory.live import LiveDirectory
from kit.files import FileStore, FolderStore
from kit.grpc.client import PeerChannel, channel_to
from kit.grpc.server import GrpcService
from kit.http.administration import Administration
from kit.http.app import create_app
from kit.http.changes import ProvinceOf
from kit.jobs import Job
from kit.maintenance import ReadMaintenances, Standing, maintenance_copy, of_copy
from kit.settings import ServiceSettings
from kit.telemetry.measures import Measure

log = structlog.get_logger(__name__)


class Ground:
    """What adapters are built on. Making it opens nothing: no connection, no file."""

    def __init__(self, name: str, settings: ServiceSettings, *, clock: Clock = utc_now) -> None:
        self.name = name
        self.settings = settings
        self.clock = clock
        self.database = Database(
            settings.database_url.get_secret_value(),
            pool_size=settings.database_pool_size,
            name=name,
            tls=settings.tls,
        )
        self.files = FileStore(FolderStore(settings.files_dir))
        self.tokens = ServiceTokens(name, settings.service_key_file, settings.service_jwks_file)
        self.bus = Bus(
            settings.nats_url,
            settings.nats_credentials,
            name,
            settings.tls,
            replicas=settings.nats_replicas,
        )
        self.login_keys = LoginKeys(settings.jwks_url, self.database, tls=settings.tls)
        self.user_tokens = UserTokens(self.login_keys, issuer=settings.issuer, audience=settings.audience)
        self._channels: dict[str, LazyChannel] = {}

    def channel(self, peer: str) -> LazyChannel:
        """A channel to a peer named in REPORTING_PEERS; it connects when it is first used."""
        if peer not in self._channels:
            self._channels[peer] = LazyChannel(self, peer)
        return self._channels[peer]

    @cached_property
    def directory(self) -> LiveDirectory:
        return LiveDirectory(self.database, self.channel("identity"), clock=self.clock)

    async def close(self) -> None:
        for channel in self._channels.values():
            await channel.close()
        await self.bus.close()
        await self.database.close()


class LazyChannel:
    """Stands for a peer's channel in stubs made before the event loop runs."""

    def __init__(self, ground: Ground, peer: str) -> None:
        self._ground = ground
        self._peer = peer
        self._made: PeerChannel | None = None

    def _channel(self) -> PeerChannel:
        if self._made is None:
            address = self._ground.settings.peers.get(self._peer)
            if address is None:
                raise RuntimeError(f"REPORTING_PEERS does not name {self._peer}")
            self._made = channel_to(
                self._peer,
                address,
                self._ground.tokens,
                default_actor=Actor.system_job(self._ground.name),
                tls=self._ground.settings.tls,
            )
        return self._made

    def _lazily(self, kind: str, *args: Any, **kwargs: Any) -> Callable[..., Any]:
        made: list[Any] = []

        def invoke(*call_args: Any, **call_kwargs: Any) -> Any:
            if not made:
                made.append(getattr(self._channel(), kind)(*args, **kwargs))
            return made[0](*call_args, **call_kwargs)

        return invoke

    def unary_unary(self, *args: Any, **kwargs: Any) -> Any:
        return self._lazily("unary_unary", *args, **kwargs)

    def unary_stream(self, *args: Any, **kwargs: Any) -> Any:
        return self._lazily("unary_stream", *args, **kwargs)

    def stream_unary(self, *args: Any, **kwargs: Any) -> Any:
        return self._lazily("stream_unary", *args, **kwargs)

    def stream_stream(self, *args: Any, **kwargs: Any) -> Any:
        return self._lazily("stream_stream", *args, **kwargs)

    async def close(self) -> None:
        if self._made is not None:
            await self._made.close()


@dataclass
class Service:
    ground: Ground
    application: Any
    migrations: Path
    routers: Sequence[APIRouter] = ()
    grpc: Sequence[GrpcService] = ()
    consumers: Sequence[Consumer] = ()
    jobs: Sequence[Job] = ()
    measures: Sequence[Measure] = ()
    copies: Sequence[Copy] = ()
    open_unit_of_work: Callable[[], SqlUnitOfWork] | None = None
    public_paths: Iterable[str] = ()
    body_limits: Mapping[str, int] = field(default_factory=dict)
    system_rights: Mapping[str, Iterable[str]] = field(default_factory=dict)
    provides_directory: bool = False
    # Only identity: (epoch, rights version) for the heartbeat, and who is locked.
    rights_version: Callable[[], Awaitable[tuple[int, int]]] | None = None
    is_locked: Callable[[UUID], Awaitable[bool]] | None = None
    province_of: ProvinceOf | None = None
    # Only notify: what it has announced itself, and what may be done while it lasts (a pattern of paths).
    maintenances: ReadMaintenances | None = None
    in_maintenance: str = ""
    # What of the service is administration, and when it may be done.
    administration: Administration | None = None
    # Anything else that runs as long as the service: each is started once and restarted on error.
    background: Sequence[Callable[[], Awaitable[None]]] = ()
    # Called when the service begins to stop: ends what would otherwise never end, such as streams.
    on_drain: Sequence[Callable[[], None]] = ()

    def __post_init__(self) -> None:
        if not self.provides_directory:
            self.ground.directory.system_rights = {
                name: frozenset(rights) for name, rights in self.system_rights.items()
            }

    @property
    def name(self) -> str:
        return self.ground.name

    @property
    def unit_of_work(self) -> Callable[[], SqlUnitOfWork]:
        return self.open_unit_of_work or (lambda: SqlUnitOfWork(self.ground.database))

    @property
    def all_copies(self) -> list[Copy]:
        own = [] if self.provides_directory else [self.ground.directory.copy]
        told = [] if self.maintenances is not None else [maintenance_copy(self.ground.channel("notify"))]
        return [*own, *self.copies, *told]

    def http_app(self) -> FastAPI:
        settings, database = self.ground.settings, self.ground.database
        province_of = self.province_of
        if province_of is None:
            province_of = self.ground.directory.home_of
        locked = self.is_locked
        if locked is None and not self.provides_directory:
            locked = self.ground.directory.is_locked
        return create_app(
            self.name,
            self.routers,
            application=self.application,
            database=database,
            tokens=self.ground.user_tokens,
            public_paths=self.public_paths,
            standing=Standing(self.maintenances or of_copy(database), self.ground.clock),
            province_of=province_of,
            in_maintenance=self.in_maintenance,
            administration=self.administration,
            secret=settings.service_key_file.read_bytes(),
            body_limits=self.body_limits,
            json_body_limit=settings.json_body_limit,
            upload_body_limit=settings.upload_body_limit,
            request_seconds=settings.request_seconds,
            **({} if locked is None else {"is_locked": locked}),
        )


def run(build: Callable[[], Service]) -> None:
    """The whole of a service's `main.py`."""
    from kit.running import serve

    service = build()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(service))
