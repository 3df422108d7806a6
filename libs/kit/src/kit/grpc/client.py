"""A channel to a peer: its calls carry the service token, a deadline, and give back refusals."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc
from opentelemetry.instrumentation.grpc import aio_client_interceptors

from kit.actor import Actor
from kit.auth.acting import current_actor
from kit.auth.service_tokens import ServiceTokens
from kit.grpc.status import from_rpc_error
from kit.telemetry.metrics import GRPC_CLIENT_SECONDS, observe
from kit.tls import Tls

DEFAULT_SECONDS = 5.0
STREAM_SECONDS = 120.0
_OPTIONS = (
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 3_000),
    # An address with several copies behind it: each call to the next that is ready.
    ("grpc.lb_policy_name", "round_robin"),
)


def channel_to(
    peer: str,
    address: str,
    tokens: ServiceTokens,
    *,
    default_actor: Actor | None = None,
    tls: Tls | None = None,
) -> PeerChannel:
    """`default_actor` stands in where no request or job says on whose behalf."""
    traced = aio_client_interceptors()  # type: ignore[no-untyped-call]
    inner = (
        grpc.aio.secure_channel(address, tls.grpc_channel(), options=_OPTIONS, interceptors=traced)
        if tls
        else grpc.aio.insecure_channel(address, options=_OPTIONS, interceptors=traced)
    )
    return PeerChannel(peer, inner, tokens, default_actor)


class PeerChannel(grpc.aio.Channel):
    def __init__(
        self,
        peer: str,
        inner: grpc.aio.Channel,
        tokens: ServiceTokens,
        default_actor: Actor | None,
    ) -> None:
        self._peer = peer
        self._inner = inner
        self._tokens = tokens
        self._default_actor = default_actor

    def unary_unary(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._once(method, self._inner.unary_unary(method, *args, **kwargs))

    def stream_unary(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._once(method, self._inner.stream_unary(method, *args, **kwargs))

    def unary_stream(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._many(method, self._inner.unary_stream(method, *args, **kwargs))

    def stream_stream(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._many(method, self._inner.stream_stream(method, *args, **kwargs))

    def _once(self, method: str, call: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        async def invoke(request: Any, *, timeout: float | None = None, **options: Any) -> Any:
            begun = time.perf_counter()
            code = "OK"
            try:
                return await call(
                    request,
                    timeout=timeout or DEFAULT_SECONDS,
                    metadata=self._metadata(options.pop("metadata", None)),
                    **options,
                )
            except grpc.aio.AioRpcError as error:
                code = error.code().name
                raise from_rpc_error(error, self._peer) from error
            finally:
                self._observe(method, code, begun)

        return invoke

    def _many(self, method: str, call: Callable[..., Any]) -> Callable[..., AsyncIterator[Any]]:
        async def invoke(request: Any, *, timeout: float | None = None, **options: Any) -> AsyncIterator[Any]:
            begun = time.perf_counter()
            code = "OK"
            stream = call(
                request,
                timeout=timeout or STREAM_SECONDS,
                metadata=self._metadata(options.pop("metadata", None)),
                **options,
            )
            try:
                async for item in stream:
                    yield item
            except grpc.aio.AioRpcError as error:
                code = error.code().name
                raise from_rpc_error(error, self._peer) from error
            finally:
                stream.cancel()
                self._observe(method, code, begun)

        return invoke

    def _metadata(self, given: Any) -> tuple[tuple[str, str], ...]:
        actor = current_actor() or self._default_actor
        if actor is None:
            raise RuntimeError("a call to a peer needs to know on whose behalf: use acting_as")
        token = self._tokens.mint(self._peer, actor)
        return (*(given or ()), ("authorization", f"Bearer {token}"))

    def _observe(self, method: str, code: str, begun: float) -> None:
        observe(GRPC_CLIENT_SECONDS.labels(self._peer, method, code), time.perf_counter() - begun)

    async def close(self, grace: float | None = None) -> None:
        await self._inner.close(grace)

    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        return self._inner.get_state(try_to_connect)

    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        await self._inner.wait_for_state_change(last_observed_state)

    async def channel_ready(self) -> None:
        await self._inner.channel_ready()

    async def __aenter__(self) -> PeerChannel:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
