"""What a regime says beyond forms and deadlines, who may set up which, and what follows after publishing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from kit.clock import utc_now, vietnam_day
from kit.directory.records import DirectoryPlace

from tests.catalog.building import DOCUMENT, Client, Province
from tests.catalog.integration.conftest import Running

OUTLINE = [{"id": "1", "heading": "Tình hình", "level": 1}]


async def drafted(client: Client, province: Province, **changes: Any) -> dict[str, Any]:
    answer = await client.send("POST", "/regimes", province.regime(**{"outline": OUTLINE, **changes}))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(client: Client, province: Province, **changes: Any) -> dict[str, Any]:
    regime = await drafted(client, province, **changes)
    answer = await client.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def new_commune(catalog: Running, province: Province) -> UUID:
    place = DirectoryPlace(
        uuid4(), province.id, province.id, f"xa-{uuid4().hex[:6]}", "Xã Mới", "commune", "commune"
    )
    catalog.directory.places[place.id] = place
    return place.id


async def test_units_are_chosen_by_list_by_kind_and_by_level_but_for_exceptions(catalog: Running) -> None:
    here = catalog.here
    regime = await drafted(
        catalog.by(here.owner),
        here,
        reporting_unit_ids=[str(here.department)],
        unit_levels=["commune"],
        excepted_unit_ids=[str(here.communes[1])],
    )
    assert regime["units"] == [str(here.department), str(here.communes[0])]


async def test_a_unit_founded_later_joins_for_later_periods_and_one_that_ended_leaves(
    catalog: Running,
) -> None:
    here = catalog.here
    client = catalog.by(here.owner)
    regime = await published(client, here, reporting_unit_ids=[], unit_kinds=["commune"])
    ended = catalog.directory.places[here.communes[1]]
    yesterday = vietnam_day(utc_now()) - timedelta(days=1)
    catalog.directory.places[ended.id] = replace(ended, valid_to=yesterday)
    newcomer = new_commune(catalog, here)

    await catalog.app.follow_units()
    await catalog.app.follow_units()

    after = (await client.get(f"/regimes/{regime['id']}")).json()
    assert set(after["units"]) == {str(here.communes[0]), str(newcomer)}
    told = await catalog.subjects()
    assert told.count("reporting.catalog.regime.published.v1") == 2
    async with catalog.app.regimes.open_unit_of_work() as uow:
        kept = await uow.regimes.get(here.id, UUID(regime["id"]))
    assert kept.resolved is not None
    assert dict(kept.resolved.joined) == {newcomer: vietnam_day(utc_now())}


@pytest.mark.requirement("DN-7.1", "DT-8")
async def test_a_document_without_number_day_and_issuer_is_missing(catalog: Running) -> None:
    client = catalog.by(catalog.here.owner)
    regime = await drafted(client, catalog.here, legal_documents=[{"title": "Quyết định"}])
    checks = (await client.get(f"/regimes/{regime['id']}/checks")).json()
    assert [item["field"] for item in checks["missing"]] == ["legal_documents"]


async def test_a_document_that_ends_before_it_begins_is_refused(catalog: Running) -> None:
    body = catalog.here.regime(legal_documents=[{**DOCUMENT, "in_force_to": "2026-01-01"}])
    answer = await catalog.by(catalog.here.owner).send("POST", "/regimes", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.regime.document_days_wrong")


async def test_a_deadline_less_than_a_working_day_after_the_cut_off_is_warned_of_with_its_article(
    catalog: Running,
) -> None:
    there = catalog.there
    client = catalog.by(there.owner)
    short = [{"kind": "days_after", "days": 0, "after": "cut_off", "wording": "chậm nhất"}]
    regime = await drafted(client, there, deadlines=short)

    checks = (await client.get(f"/regimes/{regime['id']}/checks")).json()

    assert checks["missing"] == []
    (warning,) = checks["warnings"]
    assert warning["code"] == "catalog.deadline.too_short"
    assert warning["rule"] == "NĐ 09/2019/NĐ-CP 8.5"


async def test_a_regime_states_its_own_cut_off(catalog: Running) -> None:
    there = catalog.there
    client = catalog.by(there.owner)
    own = [
        {
            "from_edge": {"of": "first", "months": -1, "day": 20},
            "to_edge": {"of": "last", "day": 19},
            "article": "Điều 5 Quyết định 12",
        }
    ]
    regime = await published(client, there, cut_offs=own)
    span = {"from": "2026-11-01", "to": "2026-11-30"}
    (period,) = (await client.get(f"/regimes/{regime['id']}/periods", **span)).json()["items"]
    assert period["cut_off"] == {"from": "2026-10-20", "to": "2026-11-19", "article": "Điều 5 Quyết định 12"}


@pytest.mark.requirement("DL-11.3")
async def test_a_commune_sets_up_thematic_regimes_for_those_below_it_only(catalog: Running) -> None:
    there = catalog.there
    commune = there.communes[0]
    village = DirectoryPlace(uuid4(), there.id, commune, "thon-1", "Thôn 1", "unit", "unit")
    catalog.directory.places[village.id] = village
    admin = catalog.by(there.admin)
    span = {"starts_on": "2026-11-01", "ends_on": "2026-11-30", "frequency": []}
    once = [{"kind": "fixed_date", "on": "2026-12-05", "wording": "chậm nhất"}]
    body = there.regime(
        owner_unit_id=str(commune), outline=OUTLINE, lead_unit_id=str(commune), deadlines=once, **span
    )

    periodic = await admin.send("POST", "/regimes", {**body, "kind": "periodic"})
    beside = await admin.send("POST", "/regimes", {**body, "kind": "thematic"})
    below = await admin.send(
        "POST", "/regimes", {**body, "kind": "thematic", "reporting_unit_ids": [str(village.id)]}
    )

    assert (periodic.status_code, periodic.json()["code"]) == (409, "catalog.regime.kind_not_for_level")
    assert (beside.status_code, beside.json()["code"]) == (409, "catalog.regime.units_not_below")
    assert beside.json()["rule"] == "DL 11.3"
    assert below.status_code == 201, below.text


@pytest.mark.requirement("DL-11.4a")
async def test_a_department_s_sector_regime_waits_for_the_province_s_permission(catalog: Running) -> None:
    there = catalog.there
    client = catalog.by(there.owner)
    regime = await drafted(client, there, origin="government", owner_unit_id=str(there.department))
    path = f"/regimes/{regime['id']}"

    refused = await client.send("POST", f"{path}:publish", version=regime["version"])
    permitted = await client._http.post(
        f"/api/catalog/v1{path}/permission",
        files={"file": ("cho-phep.pdf", b"%PDF-1.7 ...", "application/pdf")},
        data={"number": "45/UBND-TH", "issued_on": "2026-11-02"},
        headers=client._with(regime["version"], None),
    )
    done = await client.send("POST", f"{path}:publish", version=permitted.json()["version"])

    assert [item["field"] for item in refused.json()["details"]["missing"]] == ["permission"]
    assert permitted.json()["permission"]["number"] == "45/UBND-TH"
    assert done.status_code == 200, done.text


@pytest.mark.requirement("QN-10.2")
async def test_a_regime_bound_to_the_ministry_s_own_system_is_listed_and_never_assigned(
    catalog: Running,
) -> None:
    client = catalog.by(catalog.here.owner)
    regime = await published(
        client,
        catalog.here,
        origin="government",
        filing_place="ministry_system",
        filing_system="Hệ thống của Bộ",
    )
    assert regime["state"] == "published"
    assert "reporting.catalog.regime.published.v1" not in await catalog.subjects()
    assert [item async for item in catalog.app.reading.published()] == []
    listed = (await client.get("/regimes")).json()["items"]
    assert [item["id"] for item in listed] == [regime["id"]]


@pytest.mark.requirement("QN-16.3", "DL-11.2")
async def test_every_regime_is_reviewed_yearly_and_the_overdue_are_listed(catalog: Running) -> None:
    client = catalog.by(catalog.here.owner)
    regime = await published(client, catalog.here)
    async with catalog.app.regimes.open_unit_of_work() as uow:
        kept = await uow.regimes.get(catalog.here.id, UUID(regime["id"]), for_update=True)
        kept.published_at = utc_now() - timedelta(days=400)
        await uow.regimes.save(kept)
        await uow.commit()

    before = (await client.get("/reviews", overdue=True)).json()
    body = {"outcome": "keep", "note": "Vẫn phù hợp"}
    reviewed = await client.send("POST", f"/regimes/{regime['id']}/reviews", body)
    after = (await client.get("/reviews", overdue=True)).json()

    assert [item["regime_id"] for item in before["items"]] == [regime["id"]]
    assert (reviewed.status_code, reviewed.json()["overdue"], after["items"]) == (201, False, [])
    assert reviewed.json()["last_outcome"] == "keep"


@pytest.mark.requirement("DN-13.3")
async def test_the_office_is_warned_once_at_each_stage_until_the_regime_is_announced(
    catalog: Running,
) -> None:
    here = catalog.here
    today = vietnam_day(utc_now())
    late = {**DOCUMENT, "in_force_from": (today - timedelta(days=60)).isoformat()}
    regime = await published(catalog.by(here.owner), here, legal_documents=[late])

    await catalog.app.warn_announcements()
    await catalog.app.warn_announcements()
    owed = (await catalog.by(here.admin).get("/announcements")).json()["items"]
    body = {"announced_on": today.isoformat(), "address": "https://tinh.example.vn/danh-muc"}
    path = f"/regimes/{regime['id']}/announcement"
    by_owner = await catalog.by(here.owner).send("PUT", path, body)
    by_office = await catalog.by(here.admin).send("PUT", path, body)

    due = "reporting.catalog.regime_announcement.due.v1"
    assert (await catalog.subjects()).count(due) == 1
    assert owed[0]["days_left"] < 0
    assert (by_owner.status_code, by_office.status_code) == (403, 200)
    assert by_office.json()["announced_on"] == today.isoformat()


@pytest.mark.requirement("DN-13.3")
async def test_everybody_reads_the_list_of_regimes_without_an_account(catalog: Running) -> None:
    await published(catalog.by(catalog.here.owner), catalog.here, name="=Báo cáo tháng")
    await drafted(catalog.by(catalog.here.owner), catalog.here, name="Còn nháp")

    provinces = (await catalog.http.get("/api/catalog/v1/public/provinces")).json()["items"]
    listed = (await catalog.http.get("/api/catalog/v1/public/regimes", params={"province": "a"})).json()
    table = await catalog.http.get("/api/catalog/v1/public/regimes.csv", params={"province": "a"})
    unknown = await catalog.http.get("/api/catalog/v1/public/regimes", params={"province": "z"})
    closed = await catalog.http.get("/api/catalog/v1/regimes")

    assert provinces == [{"code": "a", "name": "Tỉnh a"}]
    assert [item["name"] for item in listed["items"]] == ["=Báo cáo tháng"]
    assert listed["items"][0]["units"] == ["Xã 1", "Xã 2"]
    rows = list(csv.reader(io.StringIO(table.text.lstrip("﻿"))))
    assert rows[1][1] == "'=Báo cáo tháng"
    assert (unknown.status_code, closed.status_code) == (404, 401)


async def test_the_burden_counts_reports_cells_and_hours_and_what_is_asked_twice(catalog: Running) -> None:
    here = catalog.here
    designer, client = catalog.by(here.designer), catalog.by(here.owner)
    first, second = await designer.published_form(), await designer.published_form()
    for number, version in enumerate((first, second)):
        await published(client, here, name=f"Báo cáo {number}", form_version_ids=[version["id"]], outline=[])

    found = (await client.get("/burden", year=2027)).json()
    other = (await client.get("/burden", year=2027, minutes_per_report=0, seconds_per_cell=60)).json()

    cells = found["regimes"][0]["cells_each"]
    assert cells > 0
    assert {(unit["name"], unit["reports"], unit["cells"]) for unit in found["units"]} == {
        ("Xã 1", 24, 24 * cells),
        ("Xã 2", 24, 24 * cells),
    }
    assert other["units"][0]["hours"] == pytest.approx(24 * cells / 60, abs=0.1)
    assert found["asked_twice"]
    assert found["asked_twice"][0]["units"] == 2
