"""Every query of every panel, asked of a real Prometheus that watched the demo's cycle and some failures.

`make dashboards-test`. The failures are real ones: a wrong password, a broken event, a database that is away. With BACKUP=yes, as the target says, the backup has its panels too.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
from reporting_demo.api import as_program
from reporting_demo.login import LoginFailed
from reporting_demo.regimes import KTXH, month_before, today_in_vietnam
from reporting_demo.stack import Stack as DemoStack
from reporting_monitoring import grafana
from reporting_monitoring.board import Board, Panel
from reporting_monitoring.boards import BOARDS

from tests.support.login import program_token, sign_in
from tests.support.people import eventually
from tests.support.processes import stopped
from tests.support.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("identity", "catalog", "submission", "signing", "notify")
PANELS = [(board, panel) for board in BOARDS for panel in board.panels()]
# Two scrapes and an evaluation after what has happened.
SETTLING_SECONDS = 60
MOST_SERIES = 3000


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.key)
def test_the_files_for_grafana_are_those_of_the_code(board: Board) -> None:
    assert (grafana.FOLDER / f"{board.key}.json").read_text(encoding="utf-8") == grafana.as_json(board)


@pytest.fixture(scope="module")
def prometheus(stack: Stack) -> Iterator[httpx.Client]:
    environment = {**os.environ, "STACK": stack.name}
    subprocess.run(["bin/reporting", "monitoring"], cwd=ROOT, env=environment, check=True, timeout=300)
    address = _facts(stack)["prometheus"]
    with httpx.Client(base_url=address, timeout=20) as client:
        eventually(lambda: _ask(client, "sum(up) >= 9"), "every part scraped", 90)
        _work_and_fail(stack)
        time.sleep(SETTLING_SECONDS)
        yield client


def _facts(stack: Stack) -> dict[str, Any]:
    from tests.support.stack import read_stack

    return read_stack(stack.name).facts


def _work_and_fail(stack: Stack) -> None:
    environment = {**os.environ, "STACK": stack.name}
    _period_whose_deadline_has_passed(stack)
    someone = program_token(stack, "seeder").headers
    cycle = [sys.executable, "-m", "reporting_demo", "cycle"]
    for turn in range(2):
        # A rate needs a figure before and a figure after.
        subprocess.run(cycle, cwd=ROOT, env=environment, check=True, timeout=600)
        _wrong_password(stack)
        asyncio.run(_broken_event(stack))
        with stopped(stack, "postgres"):
            for service in SERVICES:
                httpx.get(f"{stack.gateway}/api/{service}/v1/tasks", headers=someone, timeout=30)
        eventually(lambda: _ready(stack), "every service ready again", 120)
        if turn == 0:
            time.sleep(20)


def _period_whose_deadline_has_passed(stack: Stack) -> None:
    """Two months ago: due within the 60 days that are watched, and sent by nobody."""
    api = as_program(DemoStack(ROOT / ".run" / stack.name / "stack.json"))
    regimes = api.everything("/api/catalog/v1/regimes", state="published")
    monthly = next(one for one in regimes if one["code"] == KTXH.code)
    month = month_before(today_in_vietnam(), 2)
    api.post("/api/submission/v1/periods:open", {"regime_id": monthly["id"], "period_key": f"{month:%Y-%m}"})


def _ready(stack: Stack) -> bool:
    return all(
        httpx.get(f"{stack.facts['services'][name]['metrics']}/readyz", timeout=10).is_success
        for name in SERVICES
    )


def _wrong_password(stack: Stack) -> None:
    # Somebody who has no part in the cycle: after a wrong password Keycloak lets them wait.
    name = stack.facts["accounts"][-1]["username"]
    with pytest.raises(LoginFailed):
        sign_in(stack, name, "sai mật khẩu")


async def _broken_event(stack: Stack) -> None:
    """No headers, no sense: every consumer of the subject parks it."""
    credentials = ROOT / ".run" / stack.name / "secrets" / "nats" / "submission.creds"
    client = await nats.connect(stack.facts["nats"], user_credentials=str(credentials))
    await client.jetstream().publish("reporting.submission.report.sent.v1", b"broken")
    await client.close()


def _ask(client: httpx.Client, query: str) -> list[Any]:
    answer = client.get("/api/v1/query", params={"query": query})
    assert answer.is_success, (query, answer.text)
    found: list[Any] = answer.json()["data"]["result"]
    return [one for one in found if one["value"][1] != "NaN"]


@pytest.mark.full
@pytest.mark.stack
@pytest.mark.parametrize(
    ("board", "panel"), PANELS, ids=lambda one: getattr(one, "key", None) or getattr(one, "title", "")
)
def test_every_query_of_a_panel_is_answered(board: Board, panel: Panel, prometheus: httpx.Client) -> None:
    for query in panel.queries:
        values = SERVICES if "$service" in query.expression else ("",)
        answers = [_ask(prometheus, query.expression.replace("$service", value)) for value in values]
        assert any(answers), query.expression


@pytest.mark.full
@pytest.mark.stack
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_tells_a_bounded_number_of_series(service: str, prometheus: httpx.Client) -> None:
    (told,) = _ask(prometheus, f'scrape_samples_scraped{{job="services",service="{service}"}}')
    assert int(told["value"][1]) < MOST_SERIES
    # Of each metric by itself: one names the regimes with most reports, another those that are due first.
    for label, most in (("route", 90), ("regime", 31), ("consumer", 30), ("rpc", 40)):
        values = f'count by (__name__, {label}) ({{service="{service}",{label}!=""}})'
        (found,) = _ask(prometheus, f"max(count by (__name__) ({values})) or vector(0)")
        assert int(found["value"][1]) <= most, label


@pytest.mark.full
@pytest.mark.stack
def test_a_page_reaches_the_person_on_duty_by_mail(stack: Stack, prometheus: httpx.Client) -> None:
    """From the rule by Alertmanager to a mailbox: NATS is away for longer than the rule waits."""
    with stopped(stack, "nats"):
        inbox = f"{stack.facts['smtp_inbox']}/messages"
        eventually(
            lambda: "NatsDown" in httpx.get(inbox, params={"to": "truc-van-hanh@baocao.example.vn"}).text,
            "a mail to the person on duty",
            300,
        )


@pytest.mark.full
@pytest.mark.stack
def test_a_latency_leads_to_its_trace(stack: Stack, prometheus: httpx.Client) -> None:
    now = time.time()
    answer = prometheus.get(
        "/api/v1/query_exemplars",
        params={"query": "reporting_http_request_seconds_bucket", "start": now - 1800, "end": now},
    )
    traces = {one["labels"]["trace_id"] for series in answer.json()["data"] for one in series["exemplars"]}
    assert traces
    known = [one for one in traces if httpx.get(f"{stack.facts['traces']}/traces/{one}").is_success]
    assert known
