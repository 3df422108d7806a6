"""Takes every mail and sends none on: kept as .eml, shown as JSON.

`GET /messages?to=&q=` lists them, newest first; `GET /messages/<id>` gives one, `DELETE /messages` none.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import os
import ssl
import sys
import time
import uuid
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from aiosmtpd.controller import UnthreadedController
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reporting_stack.layout import Home
from reporting_stack.ports import recorded

LARGEST = 10 * 1024 * 1024
KEPT = 20_000


class Inbox:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        # To whom each mail went: thousands may lie here, so a search reads only those it must.
        self.mails = {path: _receivers(path) for path in sorted(folder.glob("*.eml"))}

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        head = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        path = self.folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}.eml"
        path.write_bytes(head + envelope.content)
        self.mails[path] = list(envelope.rcpt_tos)
        while len(self.mails) > KEPT:
            oldest = next(iter(self.mails))
            del self.mails[oldest]
            oldest.unlink(missing_ok=True)
        return "250 kept"

    async def list(self, request: Request) -> Response:
        to, text = request.query_params.get("to", ""), request.query_params.get("q", "")
        limit = int(request.query_params.get("limit", "200"))
        found = []
        for path in reversed([path for path, receivers in self.mails.items() if not to or to in receivers]):
            mail = _read(path)
            if not text or text in mail["subject"] + mail["text"]:
                found.append(mail)
            if len(found) >= limit:
                break
        return JSONResponse({"items": found, "count": len(self.mails)})

    async def one(self, request: Request) -> Response:
        path = self.folder / f"{request.path_params['id']}.eml"
        if path not in self.mails:
            return JSONResponse({"detail": "no such message"}, status_code=404)
        return JSONResponse(_read(path))

    async def clear(self, _: Request) -> Response:
        for path in self.mails:
            path.unlink(missing_ok=True)
        self.mails.clear()
        return Response(status_code=204)


def _receivers(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        return [address.strip() for address in file.readline().partition(":")[2].split(",")]


def _read(path: Path) -> dict[str, Any]:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "id": path.stem,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(path.stem[:20]) / 1e9)),
        "from": str(message["from"] or ""),
        "to": [address.strip() for address in str(message["x-envelope-to"]).split(",")],
        "subject": str(message["subject"] or ""),
        "text": plain.get_content() if plain else "",
        "html": rich.get_content() if rich else None,
    }


def application(inbox: Inbox, smtp_port: int, tls: ssl.SSLContext | None = None) -> Starlette:
    """With `tls` nothing is taken before STARTTLS, as by a province's server; on loopback there is no need."""

    @asynccontextmanager
    async def receiving(_: Starlette) -> Any:
        # Without a loop named it makes one of its own, which nobody runs: no greeting would ever be sent.
        controller = UnthreadedController(
            inbox,
            hostname="127.0.0.1",
            port=smtp_port,
            loop=asyncio.get_running_loop(),
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            tls_context=tls,
            require_starttls=tls is not None,
        )
        server = await controller._create_server()
        try:
            yield
        finally:
            server.close()

    return Starlette(
        lifespan=receiving,
        routes=[
            Route("/messages", inbox.list, methods=["GET"]),
            Route("/messages", inbox.clear, methods=["DELETE"]),
            Route("/messages/{id}", inbox.one, methods=["GET"]),
        ],
    )


def _shown() -> ssl.SSLContext | None:
    certificate, key = (os.environ.get(f"REPORTING_TLS_{name}_FILE") for name in ("CERTIFICATE", "KEY"))
    if not certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def main() -> None:
    home = Home.named(sys.argv[1])
    ports = recorded(home)
    if ports is None:
        raise SystemExit(f"the stack {home.name} was never up")
    app = application(Inbox(home.data / "mail"), ports.smtp, _shown())
    uvicorn.run(app, host="127.0.0.1", port=ports.smtp_inbox, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
