"""A unit's deadlines as iCalendar: opened by a standard client at a secret, revocable address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import icalendar
import pytest
from catalog.adapters.postgres import tables
from kit.clock import VIETNAM
from kit.db import KIT
from sqlalchemy import select

from tests.catalog.integration.conftest import Running


async def with_regimes(catalog: Running) -> dict[str, Any]:
    owner, here = catalog.by(catalog.here.owner), catalog.here
    outline = [{"id": "1", "heading": "Tình hình", "level": 1}]
    regimes: dict[str, Any] = {}
    for name, deadlines in {
        "tháng": [{"rule": "by day 18", "level": "commune"}, {"rule": "before day 20"}],
        "giờ": [{"rule": "before day 19 at 16:30"}],
    }.items():
        body = here.regime(name=f"Báo cáo {name}", outline=outline, deadlines=deadlines)
        regime = (await owner.send("POST", "/regimes", body)).json()
        answer = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
        assert answer.status_code == 200, answer.text
        regimes[name] = regime
    other = here.regime(reporting_unit_ids=[str(here.communes[1])], outline=outline)
    await owner.send("POST", "/regimes", other)
    return regimes


async def make_feed(catalog: Running, person: UUID | None = None) -> dict[str, Any]:
    unit = catalog.here.communes[0]
    answer = await catalog.by(person or catalog.here.clerk).send("POST", f"/units/{unit}/calendar-feeds")
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def opened(catalog: Running, path: str) -> Any:
    """As a calendar program opens it: an address and nothing else."""
    return await catalog.http.get(path)


async def test_a_standard_client_reads_what_the_unit_owes_and_until_when(catalog: Running) -> None:
    regimes = await with_regimes(catalog)
    answer = await opened(catalog, (await make_feed(catalog))["path"])

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-CALNAME"] == "Hạn gửi báo cáo – Xã 1"
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    month = (datetime.now(VIETNAM).date().replace(day=1) + timedelta(days=62)).replace(day=1)

    whole_day = events[f"{regimes['tháng']['id']}/{month:%Y-%m}@reporting"]
    assert whole_day["SUMMARY"] == f"Hạn gửi: Báo cáo tháng – Tháng {month.month} năm {month.year}"
    assert whole_day["DTSTART"].dt == month.replace(day=18)
    assert whole_day["DTEND"].dt == month.replace(day=19)
    assert "Căn cứ: Quyết định số 12/2026/QĐ-UBND" in whole_day["DESCRIPTION"]

    timed = events[f"{regimes['giờ']['id']}/{month:%Y-%m}@reporting"]
    due = timed["DTSTART"].dt.astimezone(VIETNAM)
    assert (due.date(), due.hour, due.minute) == (month.replace(day=19), 16, 30)
    days = [event["DTSTART"].dt for event in events.values()]
    today = datetime.now(VIETNAM).date()
    last = max(day if type(day) is date else day.date() for day in days)
    assert len(events) >= 2 * 13
    assert last <= today + timedelta(days=400)


async def test_lines_are_folded_and_ended_as_the_standard_says(catalog: Running) -> None:
    await with_regimes(catalog)
    content = (await opened(catalog, (await make_feed(catalog))["path"])).content
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75


async def test_a_signed_in_person_of_the_unit_takes_it_as_a_file_and_others_do_not(catalog: Running) -> None:
    await with_regimes(catalog)
    path = f"/units/{catalog.here.communes[0]}/deadlines.ics"
    mine = await catalog.by(catalog.here.clerk).get(path)
    assert icalendar.Calendar.from_ical(mine.content).walk("VEVENT")
    assert (await catalog.by(catalog.here.designer).get(path)).status_code == 403
    assert (await catalog.by(catalog.there.admin).get(path)).status_code == 404
    assert (await opened(catalog, f"/api/catalog/v1{path}")).status_code == 401


async def test_only_those_of_the_unit_make_and_see_its_addresses(catalog: Running) -> None:
    made = await make_feed(catalog)
    path = f"/units/{catalog.here.communes[0]}/calendar-feeds"
    listed = (await catalog.by(catalog.here.clerk).get(path)).json()["items"]
    assert [feed["id"] for feed in listed] == [made["id"]]
    assert "path" not in listed[0]
    assert (await catalog.by(catalog.here.designer).send("POST", path)).status_code == 403
    assert (await catalog.by(catalog.here.designer).get(path)).status_code == 403
    assert (await catalog.by(catalog.there.admin).send("POST", path)).status_code == 404


async def test_a_revoked_address_is_closed_at_once_and_the_others_stay_open(catalog: Running) -> None:
    lost, kept = await make_feed(catalog), await make_feed(catalog)
    revoke = f"/calendar-feeds/{lost['id']}:revoke"
    assert (await catalog.by(catalog.there.admin).send("POST", revoke)).status_code == 404
    assert (await catalog.by(catalog.here.designer).send("POST", revoke)).status_code == 403
    assert (await catalog.by(catalog.here.admin).send("POST", revoke)).status_code == 204
    closed = await opened(catalog, lost["path"])
    assert (closed.status_code, closed.json()["code"]) == (404, "catalog.feed.not_found")
    assert (await opened(catalog, kept["path"])).status_code == 200


async def test_an_address_whose_maker_has_lost_the_right_is_closed(catalog: Running) -> None:
    here = catalog.here
    made = await make_feed(catalog)
    assert (await opened(catalog, made["path"])).status_code == 200
    directory = catalog.app.feeds.whereabouts.directory
    directory.grants = [grant for grant in directory.grants if grant.account_id != here.clerk]  # type: ignore[attr-defined]
    assert (await opened(catalog, made["path"])).status_code == 404


@pytest.mark.parametrize("query", ["", "?key=", "?key=guessed"])
async def test_without_the_secret_nothing_is_told(catalog: Running, query: str) -> None:
    await make_feed(catalog)
    answer = await opened(catalog, f"/api/catalog/v1/feeds/deadlines.ics{query}")
    assert (answer.status_code, answer.json()["code"]) == (404, "catalog.feed.not_found")


async def test_the_secret_is_kept_as_a_hash_only_and_the_gateway_may_hand_it_over_apart(
    catalog: Running,
) -> None:
    path = (await make_feed(catalog))["path"]
    secret = parse_qs(urlsplit(path).query)["key"][0]
    async with catalog.database.reading() as session:
        (row,) = list(await session.execute(select(tables.calendar_feed)))
        kept = [str(answer) for answer in await session.execute(select(KIT.idempotency_key))]
    assert secret not in str(row)
    assert kept and not any(secret in answer for answer in kept)
    assert len(secret) >= 43
    apart = await catalog.http.get(urlsplit(path).path, headers={"x-reporting-feed-key": secret})
    assert apart.status_code == 200
