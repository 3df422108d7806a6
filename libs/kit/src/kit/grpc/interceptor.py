"""Every RPC: a peer that is listed as its caller, a deadline, refusals as status, metrics."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import contextmanager
from typing import Any

import grpc
import structlog

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.auth.errors import token_missing
from kit.auth.service_tokens import ServiceTokens
from kit.auth.user_tokens import bearer_token
from kit.errors import DomainError, InvalidInput, NotPermitted, Refused
from kit.grpc.status import DETAILS_KEY, status_code, to_details
from kit.telemetry.metrics import GRPC_SERVER_SECONDS, observe

log = structlog.get_logger(__name__)

_OPEN = ("/grpc.health.v1.Health/", "/grpc.reflection.")


class Gatekeeper(grpc.aio.ServerInterceptor):  # type: ignore[type-arg]
    def __init__(self, tokens: ServiceTokens, callers: Mapping[str, frozenset[str]]) -> None:
        self._tokens = tokens
        self._callers = callers

    async def intercept_service(self, continuation: Callable[[Any], Awaitable[Any]], details: Any) -> Any:
        handler = await continuation(details)
        if handler is None or details.method.startswith(_OPEN):
            return handler
        method = details.method
        metadata = {str(key): value for key, value in details.invocation_metadata}
        if handler.unary_unary or handler.stream_unary:
            make = (
                grpc.unary_unary_rpc_method_handler
                if handler.unary_unary
                else grpc.stream_unary_rpc_method_handler
            )
            behaviour = self._once(handler.unary_unary or handler.stream_unary, method, metadata)
        else:
            make = (
                grpc.unary_stream_rpc_method_handler
                if handler.unary_stream
                else grpc.stream_stream_rpc_method_handler
            )
            behaviour = self._many(handler.unary_stream or handler.stream_stream, method, metadata)
        return make(behaviour, handler.request_deserializer, handler.response_serializer)

    def _once(self, inner: Any, method: str, metadata: Mapping[str, Any]) -> Any:
        async def behaviour(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            with _observed(method) as seen:
                try:
                    with acting_as(self._admit(method, metadata, context)):
                        return await inner(request, context)
                except Exception as error:
                    await _refuse(error, method, self._tokens.service, context, seen)

        return behaviour

    def _many(self, inner: Any, method: str, metadata: Mapping[str, Any]) -> Any:
        async def behaviour(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Any]:
            with _observed(method) as seen:
                try:
                    with acting_as(self._admit(method, metadata, context)):
                        async for item in inner(request, context):
                            yield item
                except Exception as error:
                    await _refuse(error, method, self._tokens.service, context, seen)

        return behaviour

    def _admit(
        self,
        method: str,
        metadata: Mapping[str, Any],
        context: grpc.aio.ServicerContext[Any, Any],
    ) -> Actor:
        token = metadata.get("authorization")
        if not isinstance(token, str):
            raise token_missing()
        peer = self._tokens.verify(bearer_token(token))
        if peer.service not in self._callers.get(method, frozenset()):
            raise NotPermitted(
                "kit.grpc.caller_not_listed",
                f"Dịch vụ “{peer.service}” không được gọi {method}.",
                details={"caller": peer.service, "rpc": method},
            )
        if context.time_remaining() is None:
            raise InvalidInput("kit.grpc.deadline_missing", f"Lời gọi {method} không nói thời hạn trả lời.")
        return peer.actor


@contextmanager
def _observed(method: str) -> Any:
    begun = time.perf_counter()
    seen = {"code": "OK"}
    try:
        yield seen
    finally:
        observe(GRPC_SERVER_SECONDS.labels(method, seen["code"]), time.perf_counter() - begun)


async def _refuse(
    error: Exception,
    method: str,
    service: str,
    context: grpc.aio.ServicerContext[Any, Any],
    seen: dict[str, str],
) -> None:
    if isinstance(error, grpc.aio.AbortError):
        raise error
    if not isinstance(error, DomainError):
        known = _from_database(error)
        if known is None:
            log.error("unexpected_error", rpc=method, exc_info=error)
            known = DomainError("kit.unexpected", "Dịch vụ gặp lỗi ngoài dự kiến.")
        error = known
    code = status_code(error)
    seen["code"] = code.name
    await context.abort(code, error.message, trailing_metadata=((DETAILS_KEY, to_details(error, service)),))


def _from_database(error: Exception) -> DomainError | None:
    from sqlalchemy.exc import IntegrityError

    from kit.db.passing import database_unavailable, is_passing

    if isinstance(error, IntegrityError):
        return Refused("kit.database.conflict", "Dữ liệu này đã có hoặc đang được sử dụng.")
    return database_unavailable() if is_passing(error) else None
