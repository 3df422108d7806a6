"""The one live stream: hints of what has changed, never content; the page fetches again.

A page that was away comes back with `Last-Event-ID` and misses nothing. A stream lasts ten minutes
at most, so that it never outlives the right to it by long.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from kit.actor import Actor
from kit.http import Caller

from notify.application.app import NotifyApp
from notify.application.commands.keep_inbox import person
from notify.domain.hint import Hint, Position
from notify.entrypoints.http.app import App

_LONGEST = 600
# Who holds any of these at a unit sees that something there has changed.
RIGHTS = (
    "unit_admin", "regime_owner", "entry", "check", "approve_figures", "approve", "sign", "issue",
    "send", "take_in", "decide", "aggregate", "monitor",
)  # fmt: skip


router = APIRouter(tags=["Thông báo"])


@router.get(
    "/stream",
    summary="Dòng sự kiện: báo có thay đổi (server-sent events)",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def stream(
    actor: Caller, app: App, last_event_id: Annotated[str | None, Header()] = None
) -> StreamingResponse:
    since = Position.parse(last_event_id) if last_event_id else None
    return StreamingResponse(
        _events(app, actor, person(actor), since),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    app: NotifyApp, actor: Actor, account_id: UUID, since: Position | None
) -> AsyncIterator[str]:
    begun = looked = time.monotonic()
    places = await app.directory.places_where(actor, RIGHTS)
    yield "retry: 2000\n\n"
    async for hint in app.live.follow(since):
        now = time.monotonic()
        if now - begun > _LONGEST:
            return
        if now - looked > 10:
            looked, places = now, await app.directory.places_where(actor, RIGHTS)
        if hint is None:
            yield ": \n\n"
        elif hint.concerns(account_id, places):
            yield _event(hint)


def _event(hint: Hint) -> str:
    told = {"kind": hint.kind, "id": str(hint.object_id), "version": hint.version}
    return f"id: {hint.at}\nevent: hint\ndata: {json.dumps(told)}\n\n"
