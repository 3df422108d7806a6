"""One connection a process, made again for ever; the stream is there before anyone needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import BadRequestError, NotFoundError

from kit.tls import Tls, client_context

log = structlog.get_logger(__name__)

STREAM = "REPORTING"
# Events have five words (reporting.<service>.<thing>.<past tense>.v1); what has four is a
# signal of the moment, such as a heartbeat, and is never stored.
STREAM_SUBJECTS = ("reporting.*.*.*.*",)
# What other systems are told (outside.<subscriber>.<thing>.<past tense>.v1) is kept apart.
OUTSIDE_STREAM = "OUTSIDE"
_STREAMS = {STREAM: STREAM_SUBJECTS, OUTSIDE_STREAM: ("outside.*.*.*.*",)}
_DAY = 86_400


def stream_of(subject: str) -> str:
    return OUTSIDE_STREAM if subject.startswith("outside.") else STREAM


class Bus:
    def __init__(
        self, url: str, credentials: Path | None, name: str, tls: Tls | None = None, *, replicas: int = 1
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._name = name
        self._tls = tls
        self._replicas = replicas
        self._client: Client | None = None

    @property
    def client(self) -> Client:
        if self._client is None:
            raise ConnectionError("the bus is not connected yet")
        return self._client

    @property
    def stream(self) -> JetStreamContext:
        return self.client.jetstream(timeout=5)

    async def connect(self) -> None:
        """Raises while the server is away; once connected, reconnects by itself for ever."""
        client = Client()
        options: dict[str, Any] = {}
        if self._credentials is not None:
            options["user_credentials"] = str(self._credentials)
        if encrypted := client_context(self._url, self._tls):
            options["tls"] = encrypted
        await client.connect(
            servers=[self._url],
            name=self._name,
            connect_timeout=3,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            ping_interval=10,
            max_outstanding_pings=2,
            error_cb=_on_error,
            disconnected_cb=_on_disconnected,
            reconnected_cb=_on_reconnected,
            **options,
        )
        self._client = client
        await self.provision()

    async def provision(self, name: str = STREAM) -> None:
        try:
            found = await self.stream.stream_info(name)
            # A server that has become a cluster; never fewer, since another copy may know of more.
            if (found.config.num_replicas or 1) < self._replicas:
                await self.stream.update_stream(found.config.evolve(num_replicas=self._replicas))
        except NotFoundError:
            config = StreamConfig(
                name=name,
                subjects=list(_STREAMS[name]),
                retention=RetentionPolicy.LIMITS,
                storage=StorageType.FILE,
                num_replicas=self._replicas,
                max_age=35 * _DAY,
                duplicate_window=120,
                allow_direct=True,
            )
            try:
                await self.stream.add_stream(config)
            except BadRequestError:
                # Another service was first.
                await self.stream.stream_info(name)

    async def missing(self) -> str | None:
        """For readiness."""
        if self._client is None or not self._client.is_connected:
            return "chưa kết nối được NATS"
        return None

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None and not client.is_closed:
            # Nothing to drain: what was fetched and not acknowledged comes again.
            await client.close()


async def _on_error(error: Exception) -> None:
    log.warning("bus_error", error=f"{type(error).__name__}: {error}"[:300])


async def _on_disconnected() -> None:
    log.warning("bus_disconnected")


async def _on_reconnected() -> None:
    log.info("bus_reconnected")
