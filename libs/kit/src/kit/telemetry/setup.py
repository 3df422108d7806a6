"""OpenTelemetry: one tracer provider a process, spans sent by OTLP when an address is given."""

from __future__ import annotations

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.propagate import set_global_textmap
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from kit.tls import Tls

# A span for each request; those of a request's steps say nothing that SQL and RPC don't, metrics are Prometheus's.
OF_REQUESTS: TelemetryConfig = {
    "operation_spans": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}

_QUERY, _HIDDEN = "url.query", "…"


class Sending(BatchSpanProcessor):
    """Once a second. What people search for may be a person's name: no trace keeps it."""

    def __init__(self, endpoint: str, tls: Tls | None) -> None:
        # The endpoint's scheme says whether it is encrypted; never in clear where it says https.
        credentials = tls.grpc_channel() if tls is not None else None
        exporter = OTLPSpanExporter(endpoint=endpoint, credentials=credentials, timeout=5)
        super().__init__(exporter, schedule_delay_millis=1000)

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        if span.attributes and _QUERY in span.attributes:
            span.set_attribute(_QUERY, _HIDDEN)


def set_up_tracing(service: str, stack: str, endpoint: str | None, tls: Tls | None) -> TracerProvider:
    """Sets the process's tracer provider; without an endpoint spans only carry ids.

    At an `https://` endpoint both sides show certificates of the installation.
    """
    provider = TracerProvider(resource=Resource.create({"service.name": service, "service.namespace": stack}))
    if endpoint:
        provider.add_span_processor(Sending(endpoint, tls))
    trace.set_tracer_provider(provider)
    # Of what a caller sends, the trace alone goes on; baggage would be carried to peers unread.
    set_global_textmap(TraceContextTextMapPropagator())
    return provider
