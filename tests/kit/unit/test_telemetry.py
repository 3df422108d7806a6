"""What a service tells of itself: bounded labels, exemplars that lead to a trace, logs without persons."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import structlog
from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.health import Readiness, health_app
from kit.http.guard import Observed
from kit.telemetry.logs import set_up_logs
from kit.telemetry.measures import OTHER, show
from opentelemetry.sdk.trace import TracerProvider
from prometheus_client import CollectorRegistry, Gauge

TRACER = TracerProvider().get_tracer("test")
OPEN_METRICS = {"accept": "application/openmetrics-text; version=1.0.0"}


def _gauge(*labels: str) -> Gauge:
    return Gauge("things", "Things.", labels, registry=CollectorRegistry())


def _said(gauge: Gauge) -> dict[tuple[str, ...], float]:
    return {tuple(s.labels.values()): s.value for metric in gauge.collect() for s in metric.samples}


def test_more_values_than_the_limit_are_folded_into_other() -> None:
    gauge = _gauge("regime", "state")
    rows = [(f"regime-{number}", state, 1) for number in range(50) for state in ("sent", "accepted")]

    show(gauge, rows, limit=10)

    said = _said(gauge)
    assert len(said) == 11 * 2
    assert said[(OTHER, "sent")] == 40


def test_what_is_no_longer_among_the_rows_is_no_longer_said() -> None:
    gauge = _gauge("state")
    show(gauge, [("waiting", 3), ("stuck", 1)])
    show(gauge, [("waiting", 2)])

    assert _said(gauge) == {("waiting",): 2}


def test_of_what_cannot_be_added_up_other_keeps_the_nearest() -> None:
    gauge = _gauge("regime")
    show(gauge, [("a", 5), ("b", 20), ("c", 30)], limit=1, fold=min)

    assert _said(gauge) == {("a",): 5, (OTHER,): 20}


async def _scraped(method: str, headers: dict[str, str]) -> str:
    async def answer(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    app = httpx.ASGITransport(app=Observed(answer, prefix="/api/kit/v1", seconds=5))
    async with httpx.AsyncClient(transport=app, base_url="http://kit") as client:
        await client.request(method, "/api/kit/v1/things/17")
    health = httpx.ASGITransport(app=health_app(Readiness("kit")))
    async with httpx.AsyncClient(transport=health, base_url="http://kit") as client:
        return (await client.get("/metrics", headers=headers)).text


async def test_a_latency_carries_its_trace_for_who_asks_for_open_metrics() -> None:
    with TRACER.start_as_current_span("request") as span:
        shown = await _scraped("GET", OPEN_METRICS)
        plain = await _scraped("GET", {})

    exemplar = f'# {{trace_id="{span.get_span_context().trace_id:032x}"}}'
    assert any(
        line.startswith("reporting_http_request_seconds_bucket") and exemplar in line
        for line in shown.splitlines()
    )
    assert exemplar not in plain


async def test_neither_paths_nor_invented_methods_make_a_series_of_their_own() -> None:
    shown = await _scraped("BREW", {})

    assert 'method="other",route="unrouted"' in shown
    assert "BREW" not in shown
    assert "things/17" not in shown


@pytest.fixture
def _own_logs() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.mark.usefixtures("_own_logs")
def test_a_log_line_is_json_and_names_trace_and_account_alone(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("kit")
    account = uuid4()
    given = {"full_name": "Nguyễn Thị Lan", "email": "lan@tinh.example", "phone": "0912", "pin": "1234"}
    with TRACER.start_as_current_span("request") as span, acting_as(Actor(account_id=account)):
        structlog.get_logger("test").info("report_sent", report="17", **given)

    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert line["trace_id"] == f"{span.get_span_context().trace_id:032x}"
    assert line["actor"] == str(account)
    assert (line["event"], line["service"], line["report"]) == ("report_sent", "kit", "17")
    assert not [value for value in given.values() if value in json.dumps(line, ensure_ascii=False)]
