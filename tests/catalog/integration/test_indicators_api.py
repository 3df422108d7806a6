"""Shared catalogues, indicators and what is built on them, through the API."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import openpyxl
import pytest
import sdmx

from tests.catalog.building import Client
from tests.catalog.integration.conftest import Running


async def entry_named(who: Client, kind: str, name: str) -> dict[str, Any]:
    found = (await who.get("/shared-entries", kind=kind, q=name)).json()["items"]
    exact: dict[str, Any] = next(item for item in found if item["name"] == name)
    return exact


async def whole(who: Client, name: str, **changes: Any) -> dict[str, Any]:
    """Everything an indicator needs to be published."""
    measure = await entry_named(who, "measure", "Hộ")
    domain = await entry_named(who, "domain", "Mức sống dân cư")
    return {
        "name": name,
        "concept": "Hộ có thu nhập dưới chuẩn nghèo",
        "method": "Đếm số hộ theo kết quả rà soát",
        "measure_id": measure["id"],
        "domain_id": domain["id"],
        **changes,
    }


async def registered(who: Client, code: str, name: str, **changes: Any) -> dict[str, Any]:
    answer = await who.send("POST", "/indicators", {"code": code, **await whole(who, name, **changes)})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(who: Client, code: str, name: str, **changes: Any) -> dict[str, Any]:
    draft = await registered(who, code, name, **changes)
    answer = await who.send(
        "POST",
        f"/indicators/{draft['id']}:publish",
        {"valid_from": "2026-01-01"},
        version=draft["version"],
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


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
    assert await catalog.subjects() == ["reporting.catalog.indicator.published.v1"] * 2


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
    assert (await catalog.subjects())[-1] == "reporting.catalog.indicator.merged.v1"


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_a_table_goes_out_and_comes_back_the_same(catalog: Running, form: str) -> None:
    designer = catalog.by(catalog.here.designer)
    await published(designer, "HO", "=Tổng số hộ")
    weight = (await designer.get("/indicators", q="tổng số hộ")).json()["items"][0]["id"]
    await published(
        designer,
        "TL",
        "Tỷ lệ hộ nghèo",
        over_units={"rule": "weighted_mean", "weight_id": weight},
        time_kind="rate",
        over_time="last",
        precision=2,
    )
    out = await designer.get(f"/indicators/table.{form}")

    back = await designer.upload("/indicators:import", f"bang.{form}", out.content)

    assert out.status_code == 200
    assert back.status_code == 200, back.text
    assert (back.json()["unchanged"], back.json()["changed"]) == (["HO", "TL"], [])
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(out.content)).worksheets[0]
        assert (sheet["B2"].value, sheet["B2"].data_type) == ("=Tổng số hộ", "s")
    else:
        assert "'=Tổng số hộ" in out.content.decode()


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ")
async def test_a_table_with_faults_is_refused_whole_and_each_fault_told_by_its_row(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    table = (
        "Mã,Tên chỉ tiêu,Khái niệm,Phương pháp tính,Đơn vị tính,Lĩnh vực,Tổng hợp theo đơn vị,Trọng số\n"
        "A1,Tổng số hộ,Hộ dân cư,Đếm,hộ,Mức sống dân cư,cộng,\n"
        "A2,Tỷ lệ hộ nghèo,Tỷ lệ,Chia,%,muc song dan cu,Bình quân gia quyền,A1\n"
    )
    broken = (
        table
        + "A3,,x,x,hộ,01,,\nA4,Sai đơn vị,x,x,lạng,01,,\nA1,Trùng,x,x,hộ,01,,\nA5,Thiếu,x,x,hộ,01,Bình quân gia quyền,\n"
    )

    dry = await designer.upload("/indicators:import", "b.csv", table.encode(), dry_run="true", publish="true")
    nothing = (await designer.get("/indicators")).json()["items"]
    refused = await designer.upload("/indicators:import", "b.csv", broken.encode())
    still_nothing = (await designer.get("/indicators")).json()["items"]
    taken = await designer.upload("/indicators:import", "b.csv", table.encode(), publish="true")
    listed = (await designer.get("/indicators")).json()["items"]

    assert (dry.json()["registered"], dry.json()["published"]) == (["A1", "A2"], 2)
    assert nothing == still_nothing == []
    assert refused.status_code == 422
    assert {(row["row"], row["column"]) for row in refused.json()["details"]["rows"]} == {
        (2, "Mã"), (4, "Tên chỉ tiêu"), (5, "Đơn vị tính"), (6, "Mã"), (7, "Tổng hợp theo đơn vị"),
    }  # fmt: skip
    assert taken.json()["published"] == 2
    assert [(item["code"], item["measure"]) for item in listed] == [("A1", "Hộ"), ("A2", "Phần trăm")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("b.pdf", b"x", "catalog.table.wrong"),
        ("b.csv", "Mã;Tên\n".encode("utf-16"), "catalog.table.wrong"),
        ("b.csv", b"a,b\n1,2\n", "catalog.table.wrong"),
        ("b.xlsx", b"PK not a workbook", "forms.file.not_xlsx"),
    ],
)
async def test_a_file_that_is_no_such_table_is_refused(
    catalog: Running, name: str, data: bytes, code: str
) -> None:
    designer = catalog.by(catalog.here.designer)

    refused = await designer.upload("/indicators:import", name, data)

    assert (refused.status_code, refused.json()["code"]) == (422, code)


@pytest.mark.requirement("DL-4.2c", "DL-13.1b")
async def test_a_published_form_keeps_what_its_indicators_meant(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    indicator = await published(designer, "HN", "Số hộ nghèo", over_units={"rule": "mean"}, precision=1)
    draft = (await designer.form())["draft"]
    cell = next(c for c in draft["model"]["sheets"][0]["cells"] if c["kind"] == "input")
    path = f"/form-versions/{draft['id']}/indicators"
    binding = {"row": cell["row"], "indicator_id": indicator["id"]}

    unknown = await designer.send(
        "PATCH", path, {"bindings": [{**binding, "indicator_id": draft["id"]}]}, version=draft["version"]
    )
    bound = await designer.send("PATCH", path, {"bindings": [binding]}, version=draft["version"])
    done = await designer.send(
        "POST", f"/form-versions/{draft['id']}:publish", version=bound.json()["version"]
    )
    late = await designer.send("PATCH", path, {"bindings": [binding]}, version=done.json()["version"])
    await designer.send(
        "PUT",
        f"/indicators/{indicator['id']}",
        await whole(designer, "Số hộ nghèo, cách tính mới"),
        version=indicator["version"],
    )
    model = (await designer.get(f"/form-versions/{draft['id']}")).json()["model"]
    seen = (await designer.get(f"/indicators/{indicator['id']}")).json()

    assert (unknown.status_code, unknown.json()["code"]) == (422, "forms.binding.unknown_indicator")
    assert done.status_code == 200, done.text
    assert (late.status_code, late.json()["code"]) == (409, "catalog.form_version.not_draft")
    (kept,) = model["indicators"]
    assert (kept["name"], kept["rule"], kept["measure"]) == ("Số hộ nghèo", "mean", "Hộ")
    assert kept["method"] == "Đếm số hộ theo kết quả rà soát"
    assert [form["number"] for form in seen["forms"]] == [1]


async def test_a_set_keeps_its_order_and_weights(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    one, two = await published(designer, "A", "Dân số"), await published(designer, "B", "Số hộ nghèo")
    group = {"name": "Xã hội", "weight": "0.4", "items": [{"indicator_id": two["id"], "weight": "1.5"}]}
    body = {
        "name": "Bộ chỉ tiêu",
        "groups": [group, {"name": "Dân cư", "items": [{"indicator_id": one["id"]}]}],
    }

    made = await designer.send("POST", "/indicator-sets", {"code": "BO-1", **body})
    twice = await designer.send(
        "PUT", f"/indicator-sets/{made.json()['id']}", {**body, "groups": [group, group]}, version=1
    )
    changed = await designer.send(
        "PUT", f"/indicator-sets/{made.json()['id']}", {**body, "groups": body["groups"][::-1]}, version=1
    )

    assert made.status_code == 201, made.text
    assert [item["code"] for item in made.json()["indicators"]] == ["B", "A"]
    assert made.json()["groups"][0]["items"][0]["weight"] == "1.5"
    assert (twice.status_code, twice.json()["code"]) == (422, "catalog.indicator_set.wrong")
    assert [found["name"] for found in changed.json()["groups"]] == ["Dân cư", "Xã hội"]


@pytest.mark.requirement("DT-6.4", "TH-12.1", "TH-12.2")
async def test_the_lead_agency_sees_rows_without_a_unit_and_rows_with_two(catalog: Running) -> None:
    designer, owner = catalog.by(catalog.here.designer), catalog.by(catalog.here.owner)
    form = await designer.published_form()
    regime = await owner.send("POST", "/regimes", catalog.here.regime(form_version_ids=[form["id"]]))
    path = f"/regimes/{regime.json()['id']}/allocations"
    (before,) = (await owner.get(path)).json()["items"]
    one, two = (str(unit) for unit in catalog.here.communes)
    first, second = before["rows"][0]["row"], before["rows"][1]["row"]
    rows = [{"row": first, "unit_ids": [one]}, {"row": second, "unit_ids": [one, two]}]

    made = await owner.send("PUT", f"{path}/{form['id']}", {"rows": rows}, version=0)
    stale = await owner.send("PUT", f"{path}/{form['id']}", {"rows": rows}, version=0)
    wrong_row = await owner.send(
        "PUT", f"{path}/{form['id']}", {"rows": [{"row": "KHÔNG", "unit_ids": []}]}, version=1
    )
    outside = [{"row": first, "unit_ids": [str(catalog.here.department)]}]
    wrong_unit = await owner.send("PUT", f"{path}/{form['id']}", {"rows": outside}, version=1)
    by_clerk = await catalog.by(catalog.here.clerk).get(path)

    assert len(before["gaps"]) == len(before["rows"])
    assert made.status_code == 200, made.text
    assert made.json()["doubles"] == [second]
    assert first not in made.json()["gaps"]
    assert len(made.json()["gaps"]) == len(before["rows"]) - 2
    assert stale.status_code == 412
    assert [w.json()["code"] for w in (wrong_row, wrong_unit)] == ["catalog.allocation.wrong"] * 2
    assert by_clerk.status_code == 404


@pytest.mark.requirement("DL-4.2c")
async def test_the_structures_are_read_by_an_sdmx_library(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    await published(designer, "HN.01", "Số hộ nghèo")

    answer = await designer.get("/indicators/structures.xml")
    message = sdmx.read_sdmx(io.BytesIO(answer.content))

    assert answer.headers["content-type"].startswith("application/vnd.sdmx.structure+xml")
    code = message.codelist["CL_INDICATOR"]["HN_01"]
    assert code.name["vi"] == "Số hộ nghèo"
    assert {one.id: str(one.text["vi"]) for one in code.annotations}["METHOD"].startswith("Đếm")
    assert [item.id for item in message.codelist["CL_GIOI_TINH"]] == ["_T", "NAM", "NU"]
    definition = message.structure["DSD_INDICATORS"]
    order = [one.id for one in definition.dimensions]
    assert order[:4] == ["FREQ", "REF_AREA", "INDICATOR", "VALUE_KIND"]
    assert order[-1] == "TIME_PERIOD"
    enumerated = definition.dimensions.get("GIOI_TINH").local_representation.enumerated
    assert enumerated.id == "CL_GIOI_TINH"
    assert "OBS_VALUE" in message.concept_scheme["CS_INDICATORS"]
