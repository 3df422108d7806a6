"""What a service still lacks, told on a port of its own that no gateway routes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kit.telemetry.metrics import READY

Check = Callable[[], Awaitable[str | None]]


class Readiness:
    """Names what is missing: steps of the start by `wait_for`, what may fail later by `watch`."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._missing: dict[str, str] = {}
        self._checks: dict[str, Check] = {}
        self._answers: dict[str, tuple[float, str | None]] = {}

    def wait_for(self, what: str, why: str = "chưa khởi động xong") -> None:
        self._missing[what] = why

    def have(self, what: str) -> None:
        self._missing.pop(what, None)

    def watch(self, what: str, check: Check) -> None:
        """`check` answers why it is missing, or None."""
        self._checks[what] = check

    async def missing(self) -> dict[str, str]:
        found = dict(self._missing)
        for what, check in list(self._checks.items()):
            if what not in found and (why := await self._ask(what, check)) is not None:
                found[what] = why
        READY.set(0 if found else 1)
        return found

    async def _ask(self, what: str, check: Check) -> str | None:
        at, answer = self._answers.get(what, (0.0, None))
        if time.monotonic() - at > 1:
            try:
                async with asyncio.timeout(2):
                    answer = await check()
            except TimeoutError:
                answer = "không trả lời trong 2 giây"
            except Exception as error:
                answer = f"{type(error).__name__}: {str(error)[:200]}"
            self._answers[what] = (time.monotonic(), answer)
        return answer


def health_app(readiness: Readiness) -> Starlette:
    async def live(_: Request) -> Response:
        return JSONResponse({"live": True, "service": readiness.service})

    async def ready(_: Request) -> Response:
        missing = await readiness.missing()
        body = {
            "service": readiness.service,
            "ready": not missing,
            "missing": [{"what": what, "why": why} for what, why in missing.items()],
        }
        return JSONResponse(body, status_code=503 if missing else 200)

    async def metrics(request: Request) -> Response:
        # Who asks for OpenMetrics is also given the exemplars.
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(REGISTRY), media_type=media_type)

    return Starlette(routes=[Route("/livez", live), Route("/readyz", ready), Route("/metrics", metrics)])
