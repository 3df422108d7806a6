"""A form is registered step by step, under two texts: one with a written notice, one without."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.catalog.building import XLSX, Client, Province, sample
from tests.catalog.integration.conftest import Running

ASKED = {
    "form_name": "Biểu kinh tế - xã hội tháng",
    "legal_basis": "Quyết định số 12/2026/QĐ-UBND",
    "reporting_units": "Các xã, phường",
    "deadline": "Chậm nhất ngày 18 hằng tháng",
    "aggregator": "Phòng Tổng hợp",
    "approver": "Giám đốc Sở",
    "content": "figures",
}


async def sent(client: Client, asked: dict[str, str] | None = None, **fields: str) -> httpx.Response:
    return await client.upload(
        "/registrations", "bieu.xlsx", sample("kt-xh-thang.xlsx"), asked=json.dumps(asked or ASKED), **fields
    )


async def step(client: Client, found: dict[str, Any], action: str, **body: Any) -> httpx.Response:
    path = f"/registrations/{found['id']}/steps/{action}"
    return await client.send("POST", path, body, version=found["version"])


async def moved(client: Client, found: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    answer = await step(client, found, action, **body)
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.json()
    return result


def a_designer(catalog: Running, province: Province) -> Client:
    """Of the province's own office, as most texts have it."""
    account = province.person(f"thiet-ke-{uuid4().hex[:4]}", province.id, "form_designer")
    catalog.directory.accounts[account] = province.people[-1]
    catalog.directory.grants.append(province.grants[-1])
    return catalog.by(account)


async def on_trial(designer: Client) -> dict[str, Any]:
    draft = (await designer.form())["draft"]
    answer = await designer.send("POST", f"/form-versions/{draft['id']}:trial", {}, version=draft["version"])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.requirement("DT-7.1", "QN-10.1", "QN-21.2", "DN-11.1")
async def test_owner_sends_designer_builds_owner_confirms_and_it_is_published(catalog: Running) -> None:
    here = catalog.here
    owner, designer = catalog.by(here.owner), a_designer(catalog, here)

    found = (await sent(owner)).json()
    assert (found["state"], found["waits_for"], found["may"]) == ("sent", "designer", [])
    assert [task["kind"] for task in (await designer.get("/tasks")).json()["items"]] == ["form_registration"]
    found = await moved(designer, found, "take_up")
    version = await on_trial(designer)
    found = await moved(designer, found, "hand_over", form_version_id=version["id"])
    seen = await owner.get(f"/form-versions/{version['id']}")
    found = await moved(owner, found, "return", reason="Thiếu cột đơn vị tính")
    found = await moved(designer, found, "hand_over", form_version_id=version["id"])
    found = await moved(owner, found, "confirm")
    early = await step(designer, found, "publish")
    version = (await designer.get(f"/form-versions/{version['id']}")).json()
    await designer.send("POST", f"/form-versions/{version['id']}:publish", version=version["version"])
    found = await moved(designer, found, "publish")

    assert seen.status_code == 200
    assert (early.status_code, early.json()["code"]) == (409, "catalog.registration.form_not_ready")
    assert (found["state"], found["waits_for"], found["order"][-1]) == ("published", None, "publish")
    assert [one["action"] for one in found["steps"]] == [
        "send", "take_up", "hand_over", "return", "hand_over", "confirm", "publish",
    ]  # fmt: skip
    assert found["steps"][3]["reason"] == "Thiếu cột đơn vị tính"
    told = "reporting.catalog.form_registration.moved.v1"
    assert (await catalog.subjects()).count(told) == 7


async def test_a_registration_without_its_data_is_refused_with_what_is_missing(catalog: Running) -> None:
    answer = await sent(catalog.by(catalog.here.owner), {"form_name": "Biểu", "content": "figures"})
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.registration.incomplete")
    assert [item["field"] for item in answer.json()["details"]["missing"]] == [
        "legal_basis", "reporting_units", "deadline", "aggregator", "approver",
    ]  # fmt: skip
    assert catalog.kept_files() == []


async def test_a_return_says_why_and_the_owner_sends_again(catalog: Running) -> None:
    here = catalog.here
    owner, designer = catalog.by(here.owner), a_designer(catalog, here)
    found = (await sent(owner)).json()

    silent = await step(designer, found, "return")
    found = await moved(designer, found, "return", reason="Chưa rõ đối tượng báo cáo")
    own = await step(owner, found, "take_up")
    again = await owner._http.post(
        f"/api/catalog/v1/registrations/{found['id']}:send",
        data={"asked": json.dumps({**ASKED, "reporting_units": "102 xã, phường"})},
        headers=owner._with(found["version"], None),
    )

    assert (silent.status_code, silent.json()["code"]) == (422, "catalog.registration.reason_missing")
    assert (own.status_code, own.json()["code"]) == (409, "catalog.registration.step_not_now")
    assert again.status_code == 200, again.text
    assert (again.json()["state"], again.json()["asked"]["reporting_units"]) == ("sent", "102 xã, phường")


async def test_only_those_with_a_part_see_it_and_only_the_one_whose_step_it_is_takes_it(
    catalog: Running,
) -> None:
    here = catalog.here
    found = (await sent(catalog.by(here.owner))).json()
    path = f"/registrations/{found['id']}"

    by_clerk = await catalog.by(here.clerk).get(path)
    by_other = await catalog.by(catalog.there.admin).get(path)
    by_owner = await step(catalog.by(here.owner), found, "take_up")
    workbook = await catalog.by(here.owner).get(f"{path}/workbook.xlsx")

    assert (by_clerk.status_code, by_other.status_code, by_owner.status_code) == (404, 404, 403)
    assert (workbook.content, workbook.headers["content-type"]) == (sample("kt-xh-thang.xlsx"), XLSX)


async def test_a_secret_form_is_refused_at_registration_and_not_kept(catalog: Running) -> None:
    answer = await sent(catalog.by(catalog.here.owner), secret="true")
    assert (answer.status_code, answer.json()["code"]) == (409, "catalog.secret.refused")
    assert catalog.kept_files() == []
