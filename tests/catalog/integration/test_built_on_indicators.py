"""What is built on indicators: bound forms, sets, allocations, structures."""

from __future__ import annotations

import io

import pytest
import sdmx

from tests.catalog.integration.conftest import Running
from tests.catalog.integration.indicating import published, whole


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


async def test_a_set_goes_out_as_a_hierarchy_of_its_groups_with_its_own_indicators_alone(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    one = await published(designer, "HN.01", "Số hộ nghèo")
    other = await published(designer, "DS.01", "Dân số trung bình")
    await published(designer, "KT.01", "Thu ngân sách")
    groups = [
        {"name": "Dân cư", "items": [{"indicator_id": other["id"]}]},
        {"name": "Xã hội", "weight": "2", "items": [{"indicator_id": one["id"], "weight": "1.5"}]},
    ]
    made = await designer.send("POST", "/indicator-sets", {"code": "BỘ-1", "name": "Bộ 1", "groups": groups})

    answer = await designer.get(f"/indicator-sets/{made.json()['id']}/structures.xml")
    message = sdmx.read_sdmx(io.BytesIO(answer.content))

    assert {code.id for code in message.codelist["CL_INDICATOR"]} == {"HN_01", "DS_01"}
    chosen = message.codelist["CL_SET_B_-1"]
    assert [code.id for code in chosen] == ["GROUP_1", "DS_01", "GROUP_2", "HN_01"]
    assert (chosen["HN_01"].parent.id, chosen["DS_01"].parent.id) == ("GROUP_2", "GROUP_1")
    assert {str(a.text["vi"]) for id in ("GROUP_2", "HN_01") for a in chosen[id].annotations} == {"2", "1.5"}
    strangers = await catalog.by(catalog.there.designer).get(
        f"/indicator-sets/{made.json()['id']}/structures.xml"
    )
    assert strangers.status_code == 404
