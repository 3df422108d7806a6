"""One question to each component, all side by side, as a person's browser would ask it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from reporting_status.settings import Component, Settings

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    component: Component
    fault: str = ""
    """What was wrong, in Vietnamese; empty: well."""


async def ask_all(settings: Settings) -> list[Answer]:
    return list(await asyncio.gather(*(_ask(one, settings.patience_seconds) for one in settings.components)))


async def read_maintenances(settings: Settings) -> list[dict[str, Any]] | None:
    """None: nobody answered."""
    if settings.maintenances is None:
        return None
    try:
        async with httpx.AsyncClient(timeout=settings.patience_seconds) as client:
            answer = await client.get(str(settings.maintenances))
        items = answer.raise_for_status().json()["items"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return None
    return list(items)[:100] if isinstance(items, list) else None


async def _ask(component: Component, patience: float) -> Answer:
    try:
        async with asyncio.timeout(patience):
            return Answer(component, await _fault(component, patience))
    except TimeoutError:
        return Answer(component, f"không trả lời trong {patience:g} giây")
    except httpx.HTTPError as error:
        return Answer(component, f"không kết nối được ({type(error).__name__})")


async def _fault(component: Component, patience: float) -> str:
    # A fresh client each time: cookies of an earlier question must not make this one easier.
    async with (
        httpx.AsyncClient(timeout=patience, follow_redirects=True, headers={"accept": "text/html"}) as client,
        client.stream("GET", str(component.url)) as answer,
    ):
        if answer.status_code != component.status:
            return f"trả lời mã {answer.status_code}"
        if not component.contains:
            return ""
        read = b""
        async for piece in answer.aiter_bytes():
            read += piece
            if component.contains.encode() in read:
                return ""
            if len(read) > _LARGEST:
                break
    return "trang trả lời không đúng nội dung"
