"""Takes traces over OTLP and keeps the newest: `GET /traces/<id>` gives the spans of one, `/traces` the latest."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import uvicorn
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reporting_stack.layout import Home
from reporting_stack.ports import recorded

KEPT_SPANS = 400_000
TRIM_EVERY = 20_000


class Spans(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self, path: Path) -> None:
        # What is lost with a power cut is a trace; no need to wait for the disk.
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=OFF")
        self.database.execute(
            "CREATE TABLE IF NOT EXISTS span (id INTEGER PRIMARY KEY, trace_id TEXT NOT NULL, body TEXT NOT NULL)"
        )
        self.database.execute("CREATE INDEX IF NOT EXISTS span_trace ON span (trace_id)")
        self.added = 0

    async def Export(self, request: Any, _context: Any) -> Any:
        rows = []
        for resource in request.resource_spans:
            about = {pair.key: _value(pair.value) for pair in resource.resource.attributes}
            for scope in resource.scope_spans:
                rows += [_row(span, str(about.get("service.name", "?"))) for span in scope.spans]
        self.database.executemany("INSERT INTO span (trace_id, body) VALUES (?, ?)", rows)
        self.added += len(rows)
        if self.added > TRIM_EVERY:
            self.added = 0
            self.database.execute(
                "DELETE FROM span WHERE id <= (SELECT max(id) FROM span) - ?", (KEPT_SPANS,)
            )
        return trace_service_pb2.ExportTraceServiceResponse()

    async def one(self, request: Request) -> Response:
        trace_id = request.path_params["id"].lower().replace("-", "")
        found = self.database.execute("SELECT body FROM span WHERE trace_id = ?", (trace_id,))
        spans = sorted((json.loads(body) for (body,) in found), key=lambda span: span["start_ns"])
        return JSONResponse({"trace_id": trace_id, "spans": spans}, status_code=200 if spans else 404)

    async def latest(self, _: Request) -> Response:
        found = self.database.execute("SELECT body FROM span ORDER BY id DESC LIMIT 2000")
        roots = [span for (body,) in found if not (span := json.loads(body))["parent_id"]]
        return JSONResponse({"items": roots[:100]})


def _row(span: Any, service: str) -> tuple[str, str]:
    body = {
        "trace_id": span.trace_id.hex(),
        "span_id": span.span_id.hex(),
        "parent_id": span.parent_span_id.hex(),
        "links": [link.trace_id.hex() for link in span.links],
        "service": service,
        "name": span.name,
        "kind": span.kind,
        "start_ns": span.start_time_unix_nano,
        "end_ns": span.end_time_unix_nano,
        "error": span.status.code == 2,
        "attributes": {pair.key: _value(pair.value) for pair in span.attributes},
    }
    return body["trace_id"], json.dumps(body, ensure_ascii=False)


def _value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "array_value":
        return [_value(item) for item in value.array_value.values]
    found = getattr(value, kind)
    return found if isinstance(found, str | bool | int | float) else str(found)


def application(spans: Spans, port: int) -> Starlette:
    @asynccontextmanager
    async def receiving(_: Starlette) -> Any:
        server = grpc.aio.server()
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(spans, server)  # type: ignore[no-untyped-call]
        server.add_insecure_port(f"127.0.0.1:{port}")
        await server.start()
        try:
            yield
        finally:
            await server.stop(1)

    return Starlette(
        lifespan=receiving, routes=[Route("/traces", spans.latest), Route("/traces/{id}", spans.one)]
    )


def main() -> None:
    home = Home.named(sys.argv[1])
    ports = recorded(home)
    if ports is None:
        raise SystemExit(f"the stack {home.name} was never up")
    app = application(Spans(home.data / "traces.sqlite"), ports.otlp)
    uvicorn.run(app, host="127.0.0.1", port=ports.otlp_query, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
