"""The working calendar over REST: tried, set by a decision, versioned; what it moves is told of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.catalog.building import Province
from tests.catalog.integration.conftest import Running

DECISION = {"decision": "Thông báo số 1/TB-BNV", "decided_on": "2026-10-01"}


def coming_workday() -> date:
    """A weekday of next year, so that the deadline is still ahead whenever the test runs."""
    day = date(date.today().year + 1, 6, 18)  # noqa: DTZ011
    while day.weekday() >= 4:
        day += timedelta(days=1)
    return day


async def published(catalog: Running, province: Province, day: date) -> dict[str, Any]:
    owner = catalog.by(province.owner)
    body = province.regime(
        outline=[{"id": "1", "heading": "Tình hình", "level": 1}],
        deadlines=[{"kind": "fixed_day", "day": day.day, "wording": "chậm nhất"}],
    )
    regime: dict[str, Any] = (await owner.send("POST", "/regimes", body)).json()
    answer = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
    assert answer.status_code == 200, answer.text
    return regime


def with_day_off(year: dict[str, Any], day: date) -> dict[str, Any]:
    holidays = [*year["holidays"], {"day": day.isoformat(), "name": "Nghỉ theo thông báo"}]
    return {"holidays": holidays, "made_up": year["made_up"], **DECISION}


@pytest.mark.requirement("DL-14.2")
async def test_a_new_day_off_moves_the_deadlines_it_falls_on_and_only_those(catalog: Running) -> None:
    there, day = catalog.there, coming_workday()
    admin, owner = catalog.by(there.admin), catalog.by(there.owner)
    regime = await published(catalog, there, day)
    year = (await admin.get(f"/calendar/{day.year}")).json()
    days = with_day_off(year, day)

    refused = await owner.send("PUT", f"/calendar/{day.year}", days, version=year["number"])
    changed = await admin.send("PUT", f"/calendar/{day.year}", days, version=year["number"])
    stale = await admin.send("PUT", f"/calendar/{day.year}", days, version=year["number"])

    assert (refused.status_code, changed.status_code, stale.status_code) == (403, 200, 412)
    assert changed.json()["version"] == f"{day.year}.2"
    assert [s for s in await catalog.subjects() if "deadline" in s] == [
        "reporting.catalog.deadline.changed.v1"
    ]
    span = {"from": day.replace(day=1).isoformat(), "to": day.isoformat()}
    period = (await owner.get(f"/regimes/{regime['id']}/periods", **span)).json()["items"][0]
    assert (period["deadlines"][0]["last_day"], period["deadlines"][0]["calendar_version"]) == (
        (day + timedelta(days=1)).isoformat(),
        f"{day.year}.2",
    )
    assert any("Nghỉ theo thông báo" in step for step in period["deadlines"][0]["steps"])


@pytest.mark.requirement("DL-14.2")
async def test_before_saving_one_sees_what_would_move_and_nothing_is_written(catalog: Running) -> None:
    there, day = catalog.there, coming_workday()
    admin = catalog.by(there.admin)
    regime = await published(catalog, there, day)
    year = (await admin.get(f"/calendar/{day.year}")).json()

    preview = await admin.send(
        "POST", f"/calendar/{day.year}:preview", with_day_off(year, day), version=year["number"]
    )

    (moved,) = preview.json()["items"]
    assert (moved["regime_id"], moved["period_label"]) == (regime["id"], f"Tháng 6 năm {day.year}")
    assert (moved["last_day_before"], moved["last_day"]) == (
        day.isoformat(),
        (day + timedelta(days=1)).isoformat(),
    )
    assert (await admin.get(f"/calendar/{day.year}")).json()["number"] == year["number"]
    assert not [s for s in await catalog.subjects() if "deadline" in s]


async def test_a_deadline_that_has_passed_stays_what_reports_were_judged_by(catalog: Running) -> None:
    there = catalog.there
    admin = catalog.by(there.admin)
    await published(catalog, there, date(2025, 6, 18))
    year = (await admin.get("/calendar/2025")).json()
    days = with_day_off(year, date(2025, 6, 18))
    changed = await admin.send("PUT", "/calendar/2025", days, version=year["number"])
    assert changed.status_code == 200
    assert not [s for s in await catalog.subjects() if "deadline" in s]


async def test_every_version_of_a_year_stays_readable_with_its_decision_and_who_set_it(
    catalog: Running,
) -> None:
    admin = catalog.by(catalog.there.admin)
    year = (await admin.get("/calendar/2027")).json()
    days = with_day_off(year, date(2027, 12, 31))
    changed = (await admin.send("PUT", "/calendar/2027", days, version=year["number"])).json()
    assert (changed["decision"], changed["decided_on"]) == tuple(DECISION.values())

    newest, seed = (await admin.get("/calendar/2027/revisions")).json()["items"]
    assert (newest["version"], newest["decision"], newest["set_by"]) == (
        "2027.2",
        DECISION["decision"],
        "quan-tri",
    )
    assert (seed["version"], seed["decision"], seed["set_by"], seed["set_at"]) == ("2027.1", "", "", None)
    assert seed["holidays"] == year["holidays"]
    elsewhere = (await catalog.by(catalog.here.admin).get("/calendar/2027/revisions")).json()["items"]
    assert [revision["version"] for revision in elsewhere] == ["2027.1"]


@pytest.mark.parametrize("left_out", ["decision", "decided_on"])
async def test_a_year_is_not_set_without_the_decision_s_number_and_date(
    catalog: Running, left_out: str
) -> None:
    admin = catalog.by(catalog.there.admin)
    year = (await admin.get("/calendar/2027")).json()
    days = {**with_day_off(year, date(2027, 12, 31)), left_out: None if left_out == "decided_on" else "  "}
    answer = await admin.send("PUT", "/calendar/2027", days, version=year["number"])
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.calendar.decision_missing")


@pytest.mark.parametrize("day", ["2027-01-01", "2026-11-18"])
async def test_a_made_up_day_is_a_weekend_day_of_that_year(catalog: Running, day: str) -> None:
    body = {"holidays": [], "made_up": [{"day": day, "name": "Làm bù"}], **DECISION}
    answer = await catalog.by(catalog.here.admin).send("PUT", "/calendar/2026", body, version=1)
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.calendar.days_wrong")
