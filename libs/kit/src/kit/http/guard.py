"""The outer layers of every request, as plain ASGI: headers, size, time, metrics, who."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.auth.errors import account_locked
from kit.auth.user_tokens import UserTokens, bearer_token
from kit.errors import InvalidInput, Unavailable
from kit.http.problems import answer_to, problem_response
from kit.telemetry.metrics import HTTP_IN_FLIGHT, HTTP_SECONDS, observe

CHANNEL_HEADER = "x-reporting-channel"
_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class TooLarge(InvalidInput):
    http_status = 413

    def __init__(self, limit: int) -> None:
        megabytes = f"{limit / 1048576:.0f}"
        super().__init__(
            "kit.request.too_large",
            f"Dữ liệu gửi lên lớn hơn mức cho phép ({megabytes} MiB).",
            remedy="Chia nhỏ tệp hoặc nén ảnh trong tệp rồi gửi lại.",
        )


class Observed:
    """Golden signals, security headers and the time limit until the answer begins."""

    def __init__(self, app: ASGIApp, *, prefix: str, seconds: float) -> None:
        self._app = app
        self._prefix = prefix
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500
        started = False

        async def watched(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                started = True
                status = message["status"]
                if not limit.expired():
                    limit.reschedule(None)
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        HTTP_IN_FLIGHT.inc()
        try:
            async with asyncio.timeout(self._seconds) as limit:
                await self._app(scope, receive, watched)
        except TimeoutError:
            if started:
                raise
            await problem_response(_too_slow())(scope, receive, watched)
        finally:
            HTTP_IN_FLIGHT.dec()
            series = HTTP_SECONDS.labels(_method(scope), self._route(scope), status)
            observe(series, time.perf_counter() - begun)

    def _route(self, scope: Scope) -> str:
        """The route's pattern; FastAPI knows it below the prefix it was included under."""
        path = str(getattr(scope.get("route"), "path", ""))
        if not path or path.startswith(self._prefix):
            return path or "unrouted"
        return self._prefix + path


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _method(scope: Scope) -> str:
    """A caller may invent methods without end; a label may not."""
    method = str(scope["method"])
    return method if method in _METHODS else "other"


class BodyLimit:
    """Refuses a body that is too large by its declared length, or while it arrives."""

    def __init__(self, app: ASGIApp, *, plain: int, upload: int, paths: Mapping[str, int]) -> None:
        self._app = app
        self._plain = plain
        self._upload = upload
        self._paths = dict(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            await problem_response(TooLarge(limit))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise TooLarge(limit)
            return message

        try:
            await self._app(scope, counted, send)
        except TooLarge as error:
            await problem_response(error)(scope, receive, send)

    def _limit(self, scope: Scope) -> int:
        for path, limit in self._paths.items():
            if path in scope["path"]:
                return limit
        kind = Headers(scope=scope).get("content-type", "")
        return self._upload if kind.startswith("multipart/") else self._plain


class Authenticated:
    """No path without a verified token, except those listed as public."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        tokens: UserTokens,
        is_locked: Callable[[UUID], Awaitable[bool]],
        public: frozenset[str],
    ) -> None:
        self._app = app
        self._tokens = tokens
        self._is_locked = is_locked
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._public:
            await self._app(scope, receive, send)
            return
        try:
            actor = await self._actor(Request(scope))
        except Exception as error:
            await answer_to(error)(scope, receive, send)
            return
        scope.setdefault("state", {})["actor"] = actor
        with acting_as(actor):
            await self._app(scope, receive, send)

    async def _actor(self, request: Request) -> Actor:
        token = bearer_token(request.headers.get("authorization"))
        holder = await self._tokens.verify(token)
        if await self._is_locked(holder.account_id):
            raise account_locked()
        forwarded = request.headers.get("x-forwarded-for", "").split(",")[0].strip()
        direct = request.client.host if request.client else None
        channel = request.headers.get(CHANNEL_HEADER, "program")
        return Actor(
            account_id=holder.account_id,
            address=(forwarded or direct or "")[:64] or None,
            channel=channel if channel in ("portal", "program") else "program",
        )


def _too_slow() -> Unavailable:
    return Unavailable(
        "kit.request.too_slow",
        "Yêu cầu xử lý quá lâu nên đã dừng, chưa ghi thay đổi nào.",
        remedy="Thử lại sau ít phút, hoặc chia nhỏ dữ liệu.",
        retry_after=10,
    )
