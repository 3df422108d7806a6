"""Which statements have a span in a trace (ADR 0028)."""

from collections.abc import Iterator

import pytest
from kit.db import Database
from kit.telemetry import statements
from kit.telemetry.statements import carries_all, trace_statements
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode, Tracer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

PERSON = "Nguyễn Thị Hoa"


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracer(spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracer]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    tracer = provider.get_tracer("test")
    monkeypatch.setattr(statements, "_tracer", tracer)
    yield tracer
    provider.shutdown()


def _of_sql(spans: InMemorySpanExporter) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if span.name != "act"]


async def test_a_trace_of_the_share_carries_every_statement_below_its_own_act(
    database: Database, tracer: Tracer, spans: InMemorySpanExporter
) -> None:
    trace_statements(database.engine, 1)

    with tracer.start_as_current_span("act") as act:
        async with database.reading() as session:
            await session.execute(text("SELECT :name"), {"name": PERSON})

    (told,) = _of_sql(spans)
    assert told.name == "SELECT"
    assert told.parent is not None
    assert told.parent.span_id == act.get_span_context().span_id
    assert told.attributes is not None
    assert told.attributes["db.query.text"] == "SELECT $1"
    assert PERSON not in told.to_json()


async def test_another_tells_what_was_slow_or_failed_and_nothing_of_what_was_entered(
    database: Database, tracer: Tracer, spans: InMemorySpanExporter
) -> None:
    trace_statements(database.engine, 0)

    with tracer.start_as_current_span("act"):
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
            await session.execute(text("SELECT pg_sleep(0.06)"))
            with pytest.raises(DBAPIError):
                await session.execute(text("SELECT CAST(:name AS text)::int"), {"name": PERSON})

    slow, failed = _of_sql(spans)
    assert (slow.end_time or 0) - (slow.start_time or 0) >= 50_000_000
    assert failed.status.status_code is StatusCode.ERROR
    assert failed.attributes is not None
    assert failed.attributes["error.type"] == "22P02"
    assert PERSON not in failed.to_json()


async def test_what_belongs_to_no_trace_begins_none(
    database: Database, tracer: Tracer, spans: InMemorySpanExporter
) -> None:
    trace_statements(database.engine, 1)

    async with database.reading() as session:
        await session.execute(text("SELECT 1"))

    assert not spans.get_finished_spans()


def test_a_tenth_of_all_traces_is_a_tenth() -> None:
    ids = [number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128) for number in range(1, 10_001)]

    assert 900 < sum(carries_all(one, 0.1) for one in ids) < 1_100
    assert all(carries_all(one, 1) for one in ids)
    assert not any(carries_all(one, 0) for one in ids)
