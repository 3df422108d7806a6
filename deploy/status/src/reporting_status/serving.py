"""The page's files under `/trang-thai`, the address they have behind the gateway too."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

ADDRESS = "/trang-thai"
_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}


def application(folder: Path) -> Starlette:
    def served(name: str) -> Route:
        async def answer(_: Request) -> Response:
            if not (folder / name).is_file():
                return PlainTextResponse("Chưa có lần kiểm tra nào.", status_code=503, headers=_HEADERS)
            return FileResponse(folder / name, headers=_HEADERS)

        path = ADDRESS if name == "index.html" else f"{ADDRESS}/{name}"
        return Route(path, answer)

    async def home(_: Request) -> Response:
        return RedirectResponse(ADDRESS)

    return Starlette(routes=[Route("/", home), served("index.html"), served("status.json")])
