"""Real time and several years: no calendar dates them, so their regime's own days and deadlines do, everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import icalendar
import pytest
from kit.clock import VIETNAM

from tests.catalog.integration.conftest import Running
from tests.catalog.integration.test_feeds_api import make_feed, opened
from tests.catalog.integration.test_for_services import periods
from tests.catalog.integration.test_regimes_api import drafted

YEAR = datetime.now(VIETNAM).year
REAL_TIME = {
    "frequency": ["real_time"],
    "starts_on": f"{YEAR - 2}-03-01",
    "ends_on": f"{YEAR + 1}-02-28",
    "deadlines": [{"rule": f"by {YEAR + 1}-03-15"}],
}
STAGES = {
    "frequency": ["several_years:5"],
    "starts_on": f"{YEAR - 4}-01-01",
    "deadlines": [{"rule": "by day 20 +1 month", "period_kind": "several_years"}],
}


async def published(catalog: Running, **stated: Any) -> str:
    regime = await drafted(catalog, **stated)
    answer = await catalog.by(catalog.here.owner).send(
        "POST", f"/regimes/{regime['id']}:publish", version=regime["version"]
    )
    assert answer.status_code == 200, answer.text
    return str(regime["id"])


@pytest.mark.requirement("TH-5", "TH-7")
async def test_without_its_own_days_and_deadline_such_a_regime_is_not_published(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    for frequency, wanted in (("real_time", "thời gian thực"), ("several_years:3", "giai đoạn")):
        regime = await drafted(catalog, frequency=[frequency], deadlines=[])
        refused = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
        missing = {item["field"]: item["message"] for item in refused.json()["details"]["missing"]}
        assert missing.keys() == {"deadlines", "starts_on"}
        assert wanted in missing["starts_on"]


@pytest.mark.requirement("TH-5", "QN-7.1a")
async def test_people_and_services_get_a_running_span_however_long_ago_it_began(catalog: Running) -> None:
    now = await published(catalog, **REAL_TIME)
    stages = await published(catalog, **STAGES)
    owner = catalog.by(catalog.here.owner)
    found = (
        await owner.get(f"/regimes/{now}/periods", **{"from": f"{YEAR}-01-01", "to": f"{YEAR}-12-31"})
    ).json()
    (period,) = found["items"]
    assert (period["key"], period["kind"]) == (f"TT-{YEAR - 2}-03-01", "real_time")
    assert period["deadlines"][0]["last_day"] == f"{YEAR + 1}-03-15"
    assert period["deadlines"][0]["article"] == "Quyết định số 12/2026/QĐ-UBND"
    (stage,) = await periods(catalog, stages, from_on=f"{YEAR}-01-01", to_on=f"{YEAR}-12-31")
    assert (stage.key, stage.label) == (f"GD-{YEAR - 4}-01-01", f"Giai đoạn {YEAR - 4}–{YEAR}")
    assert stage.deadlines[0].rule.endswith("(1 tháng sau kỳ báo cáo)")


async def test_both_stand_in_the_unit_s_calendar_feed(catalog: Running) -> None:
    now, stages = await published(catalog, **REAL_TIME), await published(catalog, **STAGES)
    calendar = icalendar.Calendar.from_ical(
        (await opened(catalog, (await make_feed(catalog))["path"])).content
    )
    summaries = {str(event["UID"]).split("/")[0]: str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert "Giai đoạn" in summaries[stages]
    assert "Thời gian thực từ" in summaries[now]


async def test_a_unit_that_its_kind_makes_report_has_the_regime_in_its_feed(catalog: Running) -> None:
    by_kind = await published(catalog, **STAGES, reporting_unit_ids=[], unit_kinds=["commune"])
    calendar = icalendar.Calendar.from_ical(
        (await opened(catalog, (await make_feed(catalog))["path"])).content
    )
    assert {str(event["UID"]).split("/")[0] for event in calendar.walk("VEVENT")} == {by_kind}


async def test_a_span_that_ends_years_later_keeps_no_one_from_setting_the_calendar(catalog: Running) -> None:
    await published(
        catalog,
        frequency=["several_years:20"],
        starts_on=f"{YEAR}-01-01",
        deadlines=[{"rule": "10 working days after end"}],
    )
    admin = catalog.by(catalog.here.admin)
    year = (await admin.get(f"/calendar/{YEAR}")).json()
    body = {
        "holidays": year["holidays"],
        "made_up": [],
        "decision": "99/QĐ-UBND",
        "decided_on": f"{YEAR}-01-02",
    }
    answer = await admin.send("POST", f"/calendar/{YEAR}:preview", body, version=year["number"])
    assert (answer.status_code, answer.json()["items"]) == (200, []), answer.text
