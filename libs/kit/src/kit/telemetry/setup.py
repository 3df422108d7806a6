"""OpenTelemetry: one tracer provider a process, spans sent by OTLP when an address is given."""

from __future__ import annotations

from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def set_up_tracing(service: str, stack: str, endpoint: str | None) -> TracerProvider:
    """Sets the process's tracer provider; without an endpoint spans only carry ids."""
    provider = TracerProvider(resource=Resource.create({"service.name": service, "service.namespace": stack}))
    if endpoint:
        exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True, timeout=5)
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    trace.set_tracer_provider(provider)
    return provider


def instrument_app(app: FastAPI) -> None:
    FastAPIInstrumentor.instrument_app(app, exclude_spans=["receive", "send"])
