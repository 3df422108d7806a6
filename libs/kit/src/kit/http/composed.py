"""Text is NFC on the way in: the one place where a request's JSON is composed, whatever the service."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kit.http.body import once, read_body


class Composed:
    """A keyboard or a program may send "e" and an accent apart; the system keeps and compares one letter."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_json(scope):
            await self._app(scope, receive, send)
            return
        body = await read_body(receive)
        await self._app(scope, once(composed(body), receive), send)


def composed(body: bytes) -> bytes:
    """The same JSON with every text in NFC; the same bytes where it is so already or is no JSON."""
    if body.isascii() and b"\\u" not in body:
        return body
    try:
        text = body.decode("utf-8")
        if unicodedata.is_normalized("NFC", text) and "\\u" not in text:
            return body
        read = json.loads(text)
    except ValueError:
        return body
    return json.dumps(_composed(read)).encode()


def _composed(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [_composed(item) for item in value]
        case dict():
            return {_composed(key): _composed(item) for key, item in value.items()}
        case _:
            return value


def _is_json(scope: Scope) -> bool:
    return Headers(scope=scope).get("content-type", "").split(";")[0].strip().endswith("json")
