"""Serves the portal's files and the page that describes the API; Envoy stands in front of it.

A path without a file is a page of the portal, so it gets index.html: the gateway lets only the portal's own
paths through.
"""

from __future__ import annotations

import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from reporting_stack.layout import ROOT
from reporting_stack.sinks.shown import serve

PORTAL = ROOT / "portal" / "dist"
CONTRACTS = ROOT / "contracts" / "openapi"
PAGES = ROOT / "deploy" / "gateway" / "static"
NOT_BUILT = "Cổng chưa được dựng. Hãy chạy `make setup` rồi `make up`."


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


async def description(request: Request) -> Response:
    found = _inside(CONTRACTS, f"{request.path_params['service']}.json")
    if found is None:
        return PlainTextResponse("Không có mô tả của dịch vụ này.", status_code=404)
    return FileResponse(found, media_type="application/json", headers={"cache-control": "no-cache"})


async def documentation(request: Request) -> Response:
    found = _inside(PAGES, request.path_params.get("name", "index.html"))
    if found is None:
        return PlainTextResponse("Không có trang này.", status_code=404)
    return FileResponse(found, headers={"cache-control": "no-cache"})


async def portal(request: Request) -> Response:
    name = request.path_params["path"]
    found = _inside(PORTAL, name) if name else None
    if found is not None:
        # The names under assets/ carry a hash of their content.
        kept = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
        return FileResponse(found, headers={"cache-control": kept})
    if name.startswith("assets/") or "." in name.rpartition("/")[2]:
        return PlainTextResponse("Không có tệp này.", status_code=404)
    index = PORTAL / "index.html"
    if not index.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(index, headers={"cache-control": "no-store"})


async def names(_: Request) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse(sorted(path.stem for path in CONTRACTS.glob("*.json")))


app = Starlette(
    routes=[
        Route("/api/openapi/index.json", names),
        Route("/api/openapi/{service}.json", description),
        Route("/api/docs", documentation),
        Route("/api/docs/{name}", documentation),
        Route("/{path:path}", portal),
    ]
)


if __name__ == "__main__":
    port, *host = sys.argv[1:]
    serve(app, int(port), *host)
