"""What stands before every route."""

import asyncio
from typing import Any

import httpx
from kit.http.guard import Observed


async def test_a_request_that_takes_too_long_is_refused_in_words() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(5)

    transport = httpx.ASGITransport(app=Observed(slow, prefix="/api/kit/v1", seconds=0.05))
    async with httpx.AsyncClient(transport=transport, base_url="http://kit") as client:
        answer = await client.get("/api/kit/v1/things")

    assert (answer.status_code, answer.json()["code"]) == (503, "kit.request.too_slow")
    assert answer.headers["retry-after"] == "10"
