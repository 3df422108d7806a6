"""Each request begins with an empty context: nobody acts yet, no trace goes on.

uvicorn reads on from a connection in the context of the request whose large body had paused it, so every
later request of that connection would inherit who acted and which trace it was.
"""

from __future__ import annotations

import asyncio
from contextvars import Context

from starlette.types import ASGIApp, Receive, Scope, Send


class FreshContext:
    """The outermost layer, above the one that begins the trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def request() -> None:
            await self._app(scope, receive, send)

        await asyncio.create_task(request(), context=Context())
