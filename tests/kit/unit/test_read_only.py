"""While one province is maintained nothing of it is changed; all else goes on."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from kit.actor import Actor
from kit.http.read_only import ReadOnly
from kit.ids import new_id
from kit.maintenance import Maintenance, Standing
from starlette.types import ASGIApp, Receive, Scope, Send

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
HERE, THERE = new_id(), new_id()
CLERK, NEIGHBOUR, STRANGER = new_id(), new_id(), new_id()
HOMES: dict[UUID, UUID] = {CLERK: HERE, NEIGHBOUR: THERE}


def a_maintenance(begins: timedelta, ends: timedelta) -> Maintenance:
    return Maintenance(new_id(), HERE, "Nâng cấp phần mềm", NOW + begins, NOW + ends)


UNDER_WAY = a_maintenance(timedelta(hours=-1), timedelta(hours=1))


async def done(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def guarded(held: Sequence[Maintenance], account: UUID | None) -> ASGIApp:
    async def read() -> Sequence[Maintenance]:
        return held

    async def province_of(account_id: UUID) -> UUID | None:
        return HOMES.get(account_id)

    guard = ReadOnly(
        done,
        standing=Standing(read, lambda: NOW),
        province_of=province_of,
        allowed=re.compile("/things/1:end"),
        clock=lambda: NOW,
    )

    async def signed_in(scope: Scope, receive: Receive, send: Send) -> None:
        actor = {"actor": Actor.account(account)} if account else {}
        await guard({**scope, "state": actor}, receive, send)

    return signed_in


async def ask(app: ASGIApp, method: str, path: str = "/things/1") -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kit") as client:
        return await client.request(method, path)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "FROBNICATE"])
@pytest.mark.parametrize("account", [CLERK, STRANGER, None])
async def test_every_method_that_may_change_something_is_refused(method: str, account: UUID | None) -> None:
    answer = await ask(guarded([UNDER_WAY], account), method)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"
    problem = answer.json()
    assert problem["code"] == "kit.maintenance.under_way"
    assert "đến 11 giờ 00 ngày 26/11/2026" in problem["detail"]
    assert problem["details"]["ends_at"] == UNDER_WAY.ends_at.isoformat()


async def test_reading_ending_it_and_other_provinces_go_on() -> None:
    app = guarded([UNDER_WAY], CLERK)

    answers = [await ask(app, "GET"), await ask(app, "POST", "/things/1:end")]
    answers.append(await ask(guarded([UNDER_WAY], NEIGHBOUR), "POST"))

    assert [answer.status_code for answer in answers] == [204, 204, 204]


async def test_before_and_after_it_nothing_is_refused() -> None:
    before = a_maintenance(timedelta(minutes=1), timedelta(hours=1))
    after = a_maintenance(timedelta(hours=-1), timedelta())

    assert (await ask(guarded([before, after], CLERK), "POST")).status_code == 204
