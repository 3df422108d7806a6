"""A request on a connection that others have used before knows nothing of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
import uvicorn
from kit.http.fresh import FreshContext
from kit.testing.cluster import free_port

from tests.kit.building import eventually

ACTING: ContextVar[str] = ContextVar("acting", default="nobody")


async def _says_who_acts(scope: Any, receive: Any, send: Any) -> None:
    """Answers who acted when the request came, then acts as whom its path names while it reads the body."""
    if scope["type"] != "http":
        return
    before = ACTING.get()
    ACTING.set(scope["path"])
    more = True
    while more:
        await asyncio.sleep(0.01)
        more = (await receive()).get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": before.encode()})


@contextlib.asynccontextmanager
async def _serving(app: Any) -> AsyncIterator[str]:
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, lifespan="off", log_level="error")
    )
    running = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await eventually(started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running


@pytest.mark.parametrize(("layer", "known"), [(FreshContext, "nobody"), (lambda app: app, "/first")])
async def test_only_without_the_layer_a_request_inherits_from_one_with_a_large_body(
    layer: Any, known: str
) -> None:
    async with (
        _serving(layer(_says_who_acts)) as address,
        httpx.AsyncClient(limits=httpx.Limits(max_connections=1)) as client,
    ):
        await client.post(f"{address}/first", content=b"x" * 4_000_000)
        second = await client.get(f"{address}/second")

    assert second.text == known
