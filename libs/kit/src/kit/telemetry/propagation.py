"""The trace crosses the outbox and the bus by hand: W3C `traceparent` in a row and a header."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PROPAGATOR = TraceContextTextMapPropagator()


def current_traceparent() -> str | None:
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


def context_of(traceparent: str | None) -> Context:
    return _PROPAGATOR.extract({"traceparent": traceparent} if traceparent else {})


def current_trace_id() -> str | None:
    span = trace.get_current_span().get_span_context()
    return f"{span.trace_id:032x}" if span.is_valid else None


@contextmanager
def continuing(traceparent: str | None, name: str) -> Iterator[None]:
    """Work put off until later belongs to the trace of the request that asked for it."""
    with trace.get_tracer(__name__).start_as_current_span(name, context=context_of(traceparent)):
        yield
