"""Spans of SQL: every statement of some traces, and in each trace what was slow or failed (ADR 0028).

A span of each statement was most of what watching cost. Which traces carry them all is read from the trace's id,
as a sampler by share of traces does, so all services decide alike. A statement outside a trace has no span.
"""

from __future__ import annotations

import time
from typing import Any

from opentelemetry import trace
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import SpanKind, Status, StatusCode
from sqlalchemy import event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

SHARE, SLOW_SECONDS = 0.1, 0.05

# Of a long statement (thousands of rows at once) the beginning says what it is.
_TEXT = 2_000
_BEGUN = "statement_begun"
_tracer = trace.get_tracer(__name__)


def carries_all(trace_id: int, share: float) -> bool:
    """Whether the trace is of the share that carries every statement."""
    return (trace_id & TraceIdRatioBased.TRACE_ID_LIMIT) < TraceIdRatioBased.get_bound_for_rate(share)


def trace_statements(engine: AsyncEngine, share: float) -> None:
    """Attributes are those of OpenTelemetry's conventions for database spans, without parameters."""
    url = engine.url
    common: dict[str, str | int] = {
        "db.system.name": "postgresql",
        "db.namespace": url.database or "",
        "server.address": url.host or "",
        "server.port": url.port or 5432,
    }

    def tell(connection: Connection, statement: str, failure: BaseException | None = None) -> None:
        begun, ended = connection.info.pop(_BEGUN, None), time.time_ns()
        parent = trace.get_current_span().get_span_context()
        if begun is None or not parent.is_valid:
            return
        if failure is None and ended - begun < SLOW_SECONDS * 1e9 and not carries_all(parent.trace_id, share):
            return
        operation = statement.split(maxsplit=1)[0].upper() if statement.strip() else "SQL"
        told = {**common, "db.operation.name": operation, "db.query.text": statement[:_TEXT]}
        span = _tracer.start_span(operation, kind=SpanKind.CLIENT, attributes=told, start_time=begun)
        if failure is not None:
            # Its text may name what was entered.
            span.set_attribute("error.type", str(getattr(failure, "sqlstate", "") or type(failure).__name__))
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)

    def begin(connection: Connection, *_: Any) -> None:
        connection.info[_BEGUN] = time.time_ns()

    def end(connection: Connection, _: Any, statement: str, *__: Any) -> None:
        tell(connection, statement)

    def failed(context: ExceptionContext) -> None:
        if context.connection is not None and context.statement is not None:
            tell(context.connection, context.statement, context.original_exception)

    event.listen(engine.sync_engine, "before_cursor_execute", begin)
    event.listen(engine.sync_engine, "after_cursor_execute", end)
    event.listen(engine.sync_engine, "handle_error", failed)
