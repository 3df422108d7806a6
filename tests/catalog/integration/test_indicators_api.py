"""Shared catalogues and indicators, through the API."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.catalog.integration.conftest import Running
from tests.catalog.integration.indicating import entry_named, published, registered, whole
from tests.catalog.integration.test_for_services import snapshot


@pytest.mark.requirement("TH-14.1đ", "DT-5.2b")
async def test_a_province_begins_with_sourced_catalogues_of_its_own(catalog: Running) -> None:
    here, there = catalog.by(catalog.here.admin), catalog.by(catalog.there.admin)

    first, _ = await asyncio.gather(
        here.get("/shared-entries", kind="domain"), here.get("/shared-entries", kind="measure")
    )
    domains = (await here.get("/shared-entries", kind="domain")).json()["items"]
    theirs = (await there.get("/shared-entries", kind="domain")).json()["items"]

    assert first.status_code == 200, first.text
    assert len(domains) == 20
    assert all(domain["source"] for domain in domains)
    assert [domain["name"] for domain in domains][:2] == ["Bảo hiểm", "Bảo vệ môi trường"]
    assert not {domain["id"] for domain in domains} & {domain["id"] for domain in theirs}
    assert await catalog.audited("seed") >= 2


@pytest.mark.requirement("TH-14.1đ", "DT-5.2b")
async def test_an_entry_in_use_is_retired_and_never_deleted_and_keeps_every_state(catalog: Running) -> None:
    admin = catalog.by(catalog.here.admin)
    made = await admin.send(
        "POST", "/shared-entries", {"kind": "measure", "code": "HO2", "name": "Hộ gia đình"}
    )
    entry = made.json()
    await registered(admin, "CT-1", "Số hộ nghèo", measure_id=entry["id"])

    refused = await admin.send("DELETE", f"/shared-entries/{entry['id']}", version=entry["version"])
    retired = await admin.send(
        "PUT",
        f"/shared-entries/{entry['id']}",
        {"name": "Hộ gia đình", "retired": True},
        version=entry["version"],
    )
    anew = await admin.send(
        "POST", "/indicators", {"code": "CT-2", **await whole(admin, "Số hộ khá", measure_id=entry["id"])}
    )
    seen = (await admin.get(f"/shared-entries/{entry['id']}")).json()
    free = await entry_named(admin, "measure", "Ki-lô-gam")
    removed = await admin.send("DELETE", f"/shared-entries/{free['id']}", version=free["version"])

    assert (refused.status_code, refused.json()["code"]) == (409, "catalog.entry.in_use")
    assert refused.json()["details"]["indicators"] == ["CT-1"]
    assert retired.json()["retired"] is True
    assert (anew.status_code, anew.json()["code"]) == (422, "catalog.indicator.measure_id_unknown")
    assert seen["used_by"] == ["CT-1"]
    assert [state["retired"] for state in seen["history"]] == [True, False]
    assert removed.status_code == 204


async def test_an_item_of_a_breakdown_in_use_stays(catalog: Running) -> None:
    admin = catalog.by(catalog.here.admin)
    sex = await entry_named(admin, "breakdown", "Giới tính")
    await registered(admin, "CT-1", "Số lao động", breakdown_ids=[sex["id"]])
    items = [{"code": "NAM", "name": "Nam"}, {"code": "KHAC", "name": "Khác"}]

    refused = await admin.send(
        "PUT", f"/shared-entries/{sex['id']}", {"name": "Giới tính", "items": items}, version=1
    )
    grown = await admin.send(
        "PUT",
        f"/shared-entries/{sex['id']}",
        {"name": "Giới tính", "items": [*sex["items"], items[1]]},
        version=1,
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "catalog.entry.item_in_use")
    assert len(grown.json()["items"]) == 3


@pytest.mark.requirement("DL-4.2c", "DT-4.4", "QN-4.4")
async def test_an_indicator_is_published_whole_and_its_versions_follow_each_other(catalog: Running) -> None:
    designer, clerk = catalog.by(catalog.here.designer), catalog.by(catalog.here.clerk)
    bare = await designer.send("POST", "/indicators", {"code": "HN", "name": "Số hộ nghèo"})
    draft = bare.json()

    early = await designer.send("POST", f"/indicators/{draft['id']}:publish", {}, version=draft["version"])
    hidden = await clerk.get(f"/indicators/{draft['id']}")
    filled = await designer.send(
        "PUT", f"/indicators/{draft['id']}", await whole(designer, "Số hộ nghèo"), version=draft["version"]
    )
    first = await designer.send(
        "POST",
        f"/indicators/{draft['id']}:publish",
        {"valid_from": "2026-01-01"},
        version=filled.json()["version"],
    )
    second_draft = await designer.send(
        "PUT",
        f"/indicators/{draft['id']}",
        await whole(designer, "Số hộ nghèo đa chiều"),
        version=first.json()["version"],
    )
    version = second_draft.json()["version"]
    too_early = await designer.send(
        "POST", f"/indicators/{draft['id']}:publish", {"valid_from": "2026-01-01"}, version=version
    )
    second = await designer.send(
        "POST", f"/indicators/{draft['id']}:publish", {"valid_from": "2026-07-01"}, version=version
    )
    seen = (await clerk.get(f"/indicators/{draft['id']}")).json()

    assert {item["field"] for item in early.json()["details"]["missing"]} == {
        "concept", "method", "measure_id", "domain_id",
    }  # fmt: skip
    assert hidden.status_code == 404
    assert [one["number"] for one in second_draft.json()["versions"]] == [2, 1]
    assert (too_early.status_code, too_early.json()["code"]) == (422, "catalog.indicator.valid_from_wrong")
    assert second.status_code == 200, second.text
    assert [(one["name"], one["valid_from"], one["valid_to"]) for one in seen["versions"]] == [
        ("Số hộ nghèo đa chiều", "2026-07-01", None),
        ("Số hộ nghèo", "2026-01-01", "2026-06-30"),
    ]
    # Nobody keeps a copy: a form carries what its indicators mean.
    assert await catalog.subjects() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"over_units": {"rule": "weighted_mean"}}, "catalog.indicator.rule_incomplete"),
        ({"over_units": {"rule": "ratio_of_sums"}}, "catalog.indicator.rule_incomplete"),
        ({"time_kind": "stock", "over_time": "sum"}, "catalog.indicator.time_rule_wrong"),
        ({"time_kind": "rate", "over_time": "sum"}, "catalog.indicator.time_rule_wrong"),
    ],
)
async def test_a_rule_that_cannot_be_followed_is_refused(
    catalog: Running, changes: dict[str, Any], code: str
) -> None:
    designer = catalog.by(catalog.here.designer)

    refused = await designer.send(
        "POST", "/indicators", {"code": "X", **await whole(designer, "Tỷ lệ"), **changes}
    )

    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_another_province_and_other_people_see_and_change_nothing(catalog: Running) -> None:
    designer, clerk = catalog.by(catalog.here.designer), catalog.by(catalog.here.clerk)
    stranger = catalog.by(catalog.there.admin)
    found = await published(designer, "HN", "Số hộ nghèo")
    body = await whole(designer, "Khác")

    assert (await stranger.get("/indicators", q="ho ngheo")).json()["items"] == []
    assert (await stranger.get(f"/indicators/{found['id']}")).status_code == 404
    changed = await stranger.send("PUT", f"/indicators/{found['id']}", body, version=found["version"])
    by_clerk = await clerk.send("PUT", f"/indicators/{found['id']}", body, version=found["version"])
    entry = await clerk.send("POST", "/shared-entries", {"kind": "domain", "code": "99", "name": "Khác"})
    assert (changed.status_code, by_clerk.status_code, entry.status_code) == (404, 403, 403)
    assert (await clerk.get(f"/indicators/{found['id']}")).status_code == 200


@pytest.mark.requirement("DL-4.2c")
async def test_indicators_are_found_with_and_without_diacritics_in_vietnamese_order(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    for code, name in (("3", "Số hộ nghèo"), ("1", "Diện tích lúa"), ("2", "Đàn trâu"), ("4", "Dân số")):
        await published(designer, code, name)

    async def names(**filters: Any) -> list[str]:
        return [item["name"] for item in (await designer.get("/indicators", **filters)).json()["items"]]

    first = (await designer.get("/indicators", limit=3)).json()
    second = (await designer.get("/indicators", limit=3, cursor=first["next"])).json()

    assert await names() == ["Dân số", "Diện tích lúa", "Đàn trâu", "Số hộ nghèo"]
    assert await names(q="HỘ NGHÈO") == await names(q="ho ngheo") == ["Số hộ nghèo"]
    assert await names(q="dan") == ["Dân số", "Đàn trâu"]
    assert [item["name"] for item in (*first["items"], *second["items"])] == await names()
    assert second["next"] is None
    assert await names(state="draft") == []
    (hit,) = (await designer.get("/search", q="ho ngheo")).json()["items"]
    assert (hit["kind"], hit["title"], hit["detail"]) == ("indicator", "Số hộ nghèo", "Chỉ tiêu 3")


@pytest.mark.requirement("DL-4.2c", "QN-4.4")
async def test_look_alikes_are_offered_and_a_merged_one_points_to_the_kept(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    kept = await published(designer, "HN-1", "Tổng số hộ nghèo trên địa bàn")
    offered = (await designer.get("/indicators/alike", name="Tong so ho ngheo tren dia ban xa")).json()
    twin = await published(designer, "HN-2", "Tổng số hộ nghèo trên địa bàn xã")
    await published(designer, "DS", "Dân số trung bình")

    pairs = (await designer.get("/indicators/duplicates")).json()["items"]
    path = f"/indicators/{twin['id']}:merge"
    itself = await designer.send("POST", path, {"into": twin["id"]}, version=twin["version"])
    merged = await designer.send("POST", path, {"into": kept["id"]}, version=twin["version"])
    again = await designer.send("POST", path, {"into": kept["id"]}, version=merged.json()["version"])
    seen = (await designer.get(f"/indicators/{twin['id']}")).json()
    listed = [item["code"] for item in (await designer.get("/indicators")).json()["items"]]

    assert [item["code"] for item in offered["items"]] == ["HN-1"]
    assert [alike["code"] for alike in twin["alike"]] == ["HN-1"]
    assert [{pair["one"]["code"], pair["other"]["code"]} for pair in pairs] == [{"HN-1", "HN-2"}]
    assert (itself.status_code, itself.json()["code"]) == (409, "catalog.indicator.merge_refused")
    assert merged.json()["merged_into_id"] == kept["id"]
    assert (again.status_code, again.json()["code"]) == (409, "catalog.indicator.merged")
    assert seen["named"][0]["code"] == "HN-1"
    assert len(seen["versions"]) == 1
    assert "HN-2" not in listed
    assert (await designer.get("/indicators/duplicates")).json()["items"] == []
    assert await catalog.subjects() == ["reporting.catalog.indicator.merged.v1"]
    told = [item.indicator for item in await snapshot(catalog) if item.WhichOneof("item") == "indicator"]
    assert [(one.id, one.merged_into_id, one.version) for one in told] == [(twin["id"], kept["id"], 1)]
