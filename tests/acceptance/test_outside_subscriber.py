"""Another system, with a bus account of its own, is told of the province's reports and of nothing else."""

import asyncio
import json
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nats
import pytest
from nats.errors import Error as BusError

from tests.support.cycle import Regime, act, fill_from_workbook, report_of
from tests.support.people import eventually, refused, succeeded
from tests.support.province import Province
from tests.support.stack import ROOT, Stack


@dataclass(slots=True)
class Subscriber:
    name: str
    url: str
    credentials: str

    def events(self) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
        """What its own stream has kept."""
        return asyncio.run(self._events())

    async def _events(self) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
        client = await nats.connect(self.url, user_credentials=self.credentials, connect_timeout=5)
        try:
            stream = client.jetstream()
            state = (await stream.stream_info("EVENTS")).state
            kept = []
            for number in range(state.first_seq, state.last_seq + 1):
                message = await stream.get_msg("EVENTS", number)
                kept.append((message.subject or "", message.headers or {}, json.loads(message.data or b"{}")))
            return kept
        finally:
            await client.close()

    def hears(self, subject: str, seconds: float = 3) -> bool:
        """True if the bus lets it listen there and anything comes."""
        return asyncio.run(self._hears(subject, seconds))

    async def _hears(self, subject: str, seconds: float) -> bool:
        client = await nats.connect(self.url, user_credentials=self.credentials, connect_timeout=5)
        try:
            subscription = await client.subscribe(subject)
            await subscription.next_msg(timeout=seconds)
        except (BusError, TimeoutError):
            return False
        else:
            return True
        finally:
            await client.close()


def _reporting(stack: Stack, *arguments: str) -> str:
    command = [str(ROOT / "bin" / "reporting"), "--stack", stack.name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.fixture
def subscriber(stack: Stack, province: Province) -> Iterator[Subscriber]:
    name = f"ioc-{secrets.token_hex(3)}"
    told = json.loads(_reporting(stack, "subscriber", "add", name))
    succeeded(province["quan-tri"].post("/notify/v1/subscribers", {"name": name}))
    yield Subscriber(name, told["nats"], told["credentials"])
    _reporting(stack, "subscriber", "remove", name)


def test_it_receives_the_report_events_with_cloudevents_headers_and_nothing_else(
    subscriber: Subscriber, province: Province, regime: Regime
) -> None:
    clerk = province["nhap"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    act(clerk, report["id"], "submit")

    def submitted() -> list[tuple[str, dict[str, str], dict[str, Any]]]:
        ours = [event for event in subscriber.events() if event[2]["reportId"] == report["id"]]
        return ours if any(event[0].endswith(".submitted.v1") for event in ours) else []

    events = eventually(submitted, "the subscriber's events")

    for subject, headers, body in events:
        assert subject.startswith(f"outside.{subscriber.name}.report.")
        assert headers["ce-specversion"] == "1.0"
        assert headers["ce-type"] == subject
        assert {"ce-id", "ce-source", "ce-subject", "ce-time"} <= set(headers)
        allowed = {
            "reportId", "regimeId", "periodKey", "unitId", "state", "revision", "actedAt", "dueAt", "late",
        }  # fmt: skip
        assert set(body) <= allowed, "ids and moments only"
    assert not subscriber.hears("reporting.>")
    assert not subscriber.hears("outside.>")


def test_only_the_provinces_administrator_lets_a_system_in(province: Province) -> None:
    answer = province["nhap"].post("/notify/v1/subscribers", {"name": f"x-{secrets.token_hex(3)}"})

    refused(answer, 403, "kit.directory.right_missing")
