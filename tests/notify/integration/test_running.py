"""notify as a whole: from an event on the bus to the page, the mailbox and another system."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.bus.connection import OUTSIDE_STREAM
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster
from kit.testing.nats import NatsServer
from reporting.submission.v1 import events_pb2 as submission

from tests.kit.building import eventually
from tests.notify.building import ADMIN, CLERK, LEADER
from tests.notify.integration.neighbours import Around, report_facts


@pytest.fixture
async def around(postgres: PostgresCluster, nats: NatsServer, tmp_path: Path) -> AsyncIterator[Around]:
    around = Around(postgres, nats, tmp_path)
    await around.start()
    try:
        await eventually(around.ready, 60)
        yield around
    finally:
        await around.stop()


async def _read_hints(
    around: Around, last_event_id: str | None, number: int
) -> list[tuple[str, dict[str, object]]]:
    hints: list[tuple[str, dict[str, object]]] = []
    headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
    event_id = ""
    async with (
        asyncio.timeout(20),
        around.client(CLERK) as client,
        client.stream("GET", "/stream", headers=headers) as answer,
    ):
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                event_id = line[4:]
            if line.startswith("data: "):
                hints.append((event_id, json.loads(line[6:])))
            if len(hints) == number:
                break
    return hints


async def test_an_assignment_reaches_page_and_mailbox_once_however_often_it_is_delivered(
    around: Around,
) -> None:
    report, event_id = new_id(), new_id()
    following = asyncio.create_task(_read_hints(around, None, 2))
    await asyncio.sleep(1.5)
    for _ in range(3):
        event = submission.ReportAssigned(report=report_facts(report, "assigned"))
        await around.publish("assigned", event, event_id=event_id)

    hints = await following
    await eventually(lambda: _has_mail(around), 20)
    await asyncio.sleep(3)
    async with around.client(CLERK) as client:
        page = (await client.get("/messages", params={"unread": True})).json()
        found = (await client.get("/search", params={"q": "kinh te xa hoi"})).json()
        read = (await client.post(f"/messages/{page['items'][0]['id']}:read")).json()
        after = (await client.get("/messages", params={"unread": True})).json()
    async with around.client(LEADER) as client:
        others = (await client.get("/messages")).json()

    assert (page["unread"], len(page["items"]), len(others["items"])) == (1, 1, 0)
    assert {hint["kind"] for _, hint in hints} <= {"message", "report"}
    assert [item["kind"] for item in found["items"]] == ["message"]
    assert read["read_at"] is not None
    assert after["unread"] == 0
    assert len(around.mailbox.mails) == 1
    mail = around.mailbox.mails[0]
    assert "Báo cáo kinh tế - xã hội" in mail["Subject"]
    assert "17 giờ 00 ngày 20/12/2026" in mail.get_content()
    assert f"http://localhost:18000/bao-cao/{report}" in mail.get_content()


async def test_a_page_that_was_away_resumes_where_it_was(around: Around) -> None:
    following = asyncio.create_task(_read_hints(around, None, 1))
    await asyncio.sleep(1.5)
    first, second = new_id(), new_id()
    await around.publish("taken_in", submission.ReportTakenIn(report=report_facts(first, "sent")))
    [(seen, hint)] = await following
    await around.publish("taken_in", submission.ReportTakenIn(report=report_facts(second, "sent")))
    await asyncio.sleep(1)

    resumed = await _read_hints(around, seen, 1)

    assert hint["id"] == str(first)
    assert [one["id"] for _, one in resumed] == [str(second)]


async def test_a_subscriber_is_told_ids_and_moments_with_cloudevents_headers(around: Around) -> None:
    async with around.client(ADMIN) as client:
        body = {"name": f"ioc-{new_id().hex[-6:]}", "events": ["sent"]}
        key = {"Idempotency-Key": str(new_id())}
        added = await client.post("/subscribers", json=body, headers=key)
        again = await client.post("/subscribers", json=body, headers=key)
    async with around.client(CLERK) as client:
        refused = await client.post("/subscribers", json={"name": "mine"})
    assert (added.status_code, again.json(), refused.status_code) == (201, added.json(), 403)
    report = new_id()
    await around.publish("assigned", submission.ReportAssigned(report=report_facts(report, "assigned")))
    sent = submission.ReportSent(report=report_facts(report, "sent", 5), late=True)
    await around.publish("sent", sent, version=2)

    await eventually(lambda: _told_outside(around, body["name"]), 20)
    message = await around.bus.stream.get_last_msg(OUTSIDE_STREAM, f"outside.{body['name']}.report.*.v1")
    told = json.loads(message.data or b"")

    assert message.subject == f"outside.{body['name']}.report.sent.v1"
    assert (message.headers or {})["ce-type"] == message.subject
    assert (message.headers or {})["ce-specversion"] == "1.0"
    assert told == {
        "reportId": str(report),
        "regimeId": told["regimeId"],
        "periodKey": "2026-11",
        "unitId": told["unitId"],
        "state": "sent",
        "revision": 1,
        "actedAt": "2026-11-17T03:00:00Z",
        "dueAt": "2026-12-20T10:00:00Z",
        "late": True,
    }


async def test_it_stops_in_order_with_an_open_stream(around: Around) -> None:
    following = asyncio.create_task(_read_hints(around, None, 1))
    await asyncio.sleep(1.5)

    assert around._process is not None
    around._process.terminate()
    code = await asyncio.to_thread(around._process.wait, 15)

    assert code == 0
    assert await following == []


async def _has_mail(around: Around) -> bool:
    return len(around.mailbox.mails) > 0


async def _told_outside(around: Around, name: str) -> bool:
    try:
        await around.bus.stream.get_last_msg(OUTSIDE_STREAM, f"outside.{name}.report.*.v1")
    except Exception:
        return False
    return True
