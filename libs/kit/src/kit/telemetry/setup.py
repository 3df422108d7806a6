"""OpenTelemetry: one tracer provider a process, spans sent by OTLP when an address is given."""

from __future__ import annotations

from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from sqlalchemy.ext.asyncio import AsyncEngine


def set_up_tracing(service: str, stack: str, endpoint: str | None) -> TracerProvider:
    """Sets the process's tracer provider; without an endpoint spans only carry ids."""
    provider = TracerProvider(resource=Resource.create({"service.name": service, "service.namespace": stack}))
    if endpoint:
        exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True, timeout=5)
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    trace.set_tracer_provider(provider)
    return provider


def instrument_engine(engine: AsyncEngine) -> None:
    # The library refuses SQLAlchemy 2.1 by its version number only; it works.
    SQLAlchemyInstrumentor().instrument(
        engine=engine.sync_engine, skip_dep_check=True, enable_commenter=False
    )


def instrument_app(app: FastAPI) -> None:
    FastAPIInstrumentor.instrument_app(app, exclude_spans=["receive", "send"])
