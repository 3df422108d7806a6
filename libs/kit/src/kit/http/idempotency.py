"""`Idempotency-Key`: the same POST sent twice is done once and answered the same.

The answer is stored in the command's own transaction (see `kit.db.deferral`): there is no moment
in which the change is there and the answer is not. Refusals are not kept; they may be tried again.
"""

from __future__ import annotations

import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.clock import Clock, utc_now
from kit.db.deferral import Deferral
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.errors import InvalidInput, Place
from kit.http.body import once, read_body
from kit.http.problems import answer_to

KEPT = timedelta(days=7)
# An answer names here the fields of its JSON that must not be stored, such as a new password.
SHOWN_ONCE = "x-shown-once"
# An answer to a question sent as a POST, such as a file to look at: nothing changed, nothing is stored.
CHANGES_NOTHING = "x-changes-nothing"
_KEPT_HEADERS = ("content-type", "location", "etag", "content-disposition")


class Idempotent:
    """`secret` keys the stored hash of a body: one that holds a PIN must not be guessed from the database."""

    def __init__(
        self, app: ASGIApp, *, database: Database, secret: bytes = b"", clock: Clock = utc_now
    ) -> None:
        self._app = app
        self._database = database
        self._secret = secret
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        actor = scope.get("state", {}).get("actor")
        if scope["type"] != "http" or scope["method"] != "POST" or actor is None:
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get("idempotency-key")
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            await self._keyed(scope, receive, send, str(actor), _checked(key))
        except Exception as error:
            await answer_to(error)(scope, receive, send)

    async def _keyed(self, scope: Scope, receive: Receive, send: Send, account: str, key: str) -> None:
        body = await read_body(receive)
        query = scope.get("query_string", b"").decode("latin-1")
        request = f"POST {scope['path']}" + (f"?{query}" if query else "")
        body_hash = _body_hash(self._secret, request, body, Headers(scope=scope).get("content-type", ""))
        if (kept := await self._kept(account, key)) is not None:
            await _replay(send, kept, body_hash)
            return
        answer = _Answer()
        with Deferral() as deferral:
            try:
                await self._app(scope, once(body, receive), answer.collect)
                if answer.kept:
                    row = answer.row(account, key, request, body_hash, self._clock())
                    await self._store(deferral, row)
            except IntegrityError:
                # The same key, at the same moment: theirs was first, ours never happened.
                await _abandon(deferral)
                if (kept := await self._kept(account, key)) is None:
                    raise
                await _replay(send, kept, body_hash)
                return
            finally:
                await _abandon(deferral)
        await answer.forward(send)

    async def _kept(self, account: str, key: str) -> Any:
        table = KIT.idempotency_key
        async with self._database.sessions() as session:
            found = await session.execute(
                select(table).where(
                    table.c.account == account,
                    table.c.key == key,
                    table.c.answered_at > self._clock() - KEPT,
                )
            )
            kept = found.one_or_none()
            if kept is not None:
                # It may be there and not yet kept elsewhere: an answer given again must hold as well.
                await self._database.committer.wait_for_all_before(session)
            return kept

    async def _store(self, deferral: Deferral, row: dict[str, Any]) -> None:
        table = KIT.idempotency_key
        session = deferral.session or self._database.sessions()
        deferral.session = session
        await session.execute(
            delete(table).where(
                table.c.account == row["account"],
                table.c.key == row["key"],
                table.c.answered_at <= self._clock() - KEPT,
            )
        )
        await session.execute(insert(table).values(row))
        await self._database.committer.commit(session)


class _Answer:
    """Holds the answer back until it is stored."""

    def __init__(self) -> None:
        self.status = 500
        self._messages: list[Message] = []

    @property
    def kept(self) -> bool:
        heads = (m["headers"] for m in self._messages if m["type"] == "http.response.start")
        return 200 <= self.status < 300 and CHANGES_NOTHING not in Headers(raw=list(next(heads, ())))

    async def collect(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self._messages.append(message)

    async def forward(self, send: Send) -> None:
        for message in self._messages:
            await send(message)

    def row(self, account: str, key: str, request: str, body_hash: bytes, now: datetime) -> dict[str, Any]:
        start = next(m for m in self._messages if m["type"] == "http.response.start")
        headers = Headers(raw=list(start.get("headers", [])))
        return {
            "account": account,
            "key": key,
            "request": request,
            "body_hash": body_hash,
            "status": self.status,
            "headers": {n: headers[n] for n in _KEPT_HEADERS if n in headers},
            "body": _without(headers.get(SHOWN_ONCE), b"".join(m.get("body", b"") for m in self._messages)),
            "answered_at": now,
        }


def _without(fields: str | None, body: bytes) -> bytes:
    if not fields:
        return body
    names = {name.strip() for name in fields.split(",")}

    def blanked(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: None if key in names else blanked(item) for key, item in value.items()}
        return [blanked(item) for item in value] if isinstance(value, list) else value

    return json.dumps(blanked(json.loads(body)), ensure_ascii=False).encode()


async def _abandon(deferral: Deferral) -> None:
    session, deferral.session = deferral.session, None
    if session is not None:
        await session.close()


async def _replay(send: Send, kept: Any, body_hash: bytes) -> None:
    if bytes(kept.body_hash) != body_hash:
        raise InvalidInput(
            "kit.idempotency.key_reused",
            "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác.",
            places=[Place(field="Idempotency-Key")],
            remedy="Dùng khóa mới cho yêu cầu mới; gửi lại đúng nội dung cũ nếu muốn lấy lại câu trả lời.",
            details={"request": kept.request},
        )
    headers = dict(kept.headers) | {"idempotency-replayed": "true"}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    raw.append((b"content-length", str(len(kept.body)).encode()))
    await send({"type": "http.response.start", "status": kept.status, "headers": raw})
    await send({"type": "http.response.body", "body": bytes(kept.body)})


def _body_hash(secret: bytes, request: str, body: bytes, content_type: str) -> bytes:
    """A multipart body sent again has another boundary; that alone is no other body."""
    _, _, boundary = content_type.partition("boundary=")
    if content_type.startswith("multipart/") and boundary:
        body = body.replace(boundary.split(";")[0].strip('" ').encode(), b"boundary")
    return hmac.digest(secret, request.encode() + b"\n" + body, "sha256")


def _checked(key: str) -> str:
    if not 1 <= len(key) <= 200 or not key.isprintable():
        raise InvalidInput(
            "kit.idempotency.key_invalid",
            "Idempotency-Key dài từ 1 đến 200 ký tự in được.",
            places=[Place(field="Idempotency-Key")],
        )
    return key
