"""OpenTelemetry: one tracer provider a process, spans sent by OTLP when an address is given."""

from __future__ import annotations

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

# A span for each request; those of a request's steps say nothing that SQL and RPC don't, metrics are Prometheus's.
OF_REQUESTS: TelemetryConfig = {
    "operation_spans": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}

_QUERY, _HIDDEN = "url.query", "…"


class WithoutQuery(SpanProcessor):
    """What people search for may be a person's name: no trace keeps it."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        if span.attributes and _QUERY in span.attributes:
            span.set_attribute(_QUERY, _HIDDEN)


def set_up_tracing(service: str, stack: str, endpoint: str | None) -> TracerProvider:
    """Sets the process's tracer provider; without an endpoint spans only carry ids."""
    provider = TracerProvider(resource=Resource.create({"service.name": service, "service.namespace": stack}))
    if endpoint:
        exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True, timeout=5)
        provider.add_span_processor(WithoutQuery())
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    trace.set_tracer_provider(provider)
    return provider
