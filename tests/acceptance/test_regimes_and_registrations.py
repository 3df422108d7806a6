"""Registration of forms, regimes that follow their units, the public list: on the running stack."""

import json
import uuid
from typing import Any

import httpx
import pytest

from tests.support.cycle import open_regime, publish_form
from tests.support.people import Person, eventually, refused, succeeded
from tests.support.province import LEAD, LEGAL_DOCUMENT, Province, found_province, sample_form
from tests.support.stack import Stack

ASKED = {
    "form_name": "Biểu kinh tế - xã hội tháng",
    "legal_basis": "Quyết định số 01/2026/QĐ-UBND",
    "reporting_units": "Các xã, phường",
    "deadline": "Chậm nhất ngày 19 hằng tháng",
    "aggregator": "Phòng Tổng hợp",
    "approver": "Giám đốc Sở Tài chính",
    "content": "figures",
}


def step(who: Person, found: dict[str, Any], action: str, **body: Any) -> dict[str, Any]:
    path = f"/catalog/v1/registrations/{found['id']}/steps/{action}"
    moved: dict[str, Any] = succeeded(who.post(path, body, version=found["version"])).json()
    return moved


def a_regime(province: Province, **changes: Any) -> dict[str, Any]:
    body = {
        "code": f"CD-{uuid.uuid4().hex[:8]}",
        "name": "Báo cáo thử danh mục",
        "legal_documents": [LEGAL_DOCUMENT],
        "lead_unit_id": province.units[LEAD],
        "reporting_unit_ids": [province.units["xa-1"]],
        "outline": [{"id": "1", "heading": "I. Tình hình", "level": 1}],
        "frequency": ["month"],
        "deadlines": [{"kind": "fixed_day", "day": 19, "wording": "chậm nhất"}],
        "approver": "Giám đốc Sở Tài chính",
        "aggregator": "Phòng Tổng hợp",
        "opens_itself": False,
        **changes,
    }
    drafted: dict[str, Any] = succeeded(province["quan-tri"].post("/catalog/v1/regimes", body)).json()
    return drafted


def publish(who: Person, regime: dict[str, Any]) -> httpx.Response:
    return who.post(f"/catalog/v1/regimes/{regime['id']}:publish", version=regime["version"])


@pytest.mark.requirement("DT-7.1", "DN-8.2b", "DN-11.1")
def test_a_form_goes_from_its_registration_to_the_assignment_of_its_reports(province: Province) -> None:
    owner, designer = province["tong-hop"], province["quan-tri"]
    path = sample_form("kt-xh-thang.xlsx")
    sent = succeeded(
        owner.post(
            "/catalog/v1/registrations",
            files={"file": (path.name, path.read_bytes())},
            data={"asked": json.dumps(ASKED)},
        )
    ).json()
    waiting = designer.read("/catalog/v1/tasks")["items"]
    assert any(task["link"] == f"/dang-ky/{sent['id']}" for task in waiting)

    found = step(designer, sent, "take_up")
    uploaded = succeeded(
        designer.post(
            "/catalog/v1/forms",
            files={"file": (path.name, path.read_bytes())},
            data={"name": ASKED["form_name"], "code": f"B-{uuid.uuid4().hex[:6]}"},
        )
    ).json()["draft"]
    version = succeeded(
        designer.post(f"/catalog/v1/form-versions/{uploaded['id']}:trial", {}, version=uploaded["version"])
    ).json()
    found = step(designer, found, "hand_over", form_version_id=version["id"])
    tried = succeeded(owner.post(f"/catalog/v1/form-versions/{version['id']}:try", {"figures": []})).json()
    assert tried["unpublishable"] == []
    found = step(owner, found, "confirm")
    version = designer.read(f"/catalog/v1/form-versions/{version['id']}")
    succeeded(designer.post(f"/catalog/v1/form-versions/{version['id']}:publish", version=version["version"]))
    found = step(designer, found, "publish")
    early = owner.post(f"/catalog/v1/registrations/{found['id']}/steps/assign", {}, version=found["version"])
    refused(early, 409, "catalog.registration.step_not_now")
    found = step(designer, found, "announce", notice_number="15/TB-STC", notice_on="2026-11-20")
    regime = a_regime(province, form_version_ids=[version["id"]], outline=[])
    succeeded(publish(designer, regime))
    found = step(owner, found, "assign", regime_id=regime["id"])

    assert (found["state"], found["waits_for"]) == ("assigned", None)
    assert [one["action"] for one in found["steps"]] == found["order"]
    assert found["notice"] == {"number": "15/TB-STC", "issued_on": "2026-11-20"}

    def told() -> Any:
        messages = owner.read("/notify/v1/messages")["items"]
        return [one for one in messages if "15/TB-STC" in one["body"]]

    assert eventually(told, "the notice reaches the lead agency")[0]["link"] == f"/dang-ky/{found['id']}"


@pytest.mark.requirement("DN-13.3")
def test_the_list_of_regimes_is_read_without_an_account_and_nothing_else_is(
    stack: Stack, province: Province
) -> None:
    regime = a_regime(province, name="Báo cáo công khai")
    succeeded(publish(province["quan-tri"], regime))
    draft = a_regime(province, name="Báo cáo còn nháp")
    with httpx.Client(base_url=stack.gateway, timeout=30) as anybody:
        page = anybody.get("/cong-khai")
        data = anybody.get("/api/catalog/v1/public/regimes", params={"province": province.code})
        table = anybody.get("/api/catalog/v1/public/regimes.csv", params={"province": province.code})
        closed = anybody.get("/api/catalog/v1/regimes", headers={"Accept": "application/json"})
        written = anybody.post("/api/catalog/v1/public/regimes", headers={"Accept": "application/json"})

    ids = [item["id"] for item in data.json()["items"]]
    assert (page.status_code, '<div id="root">' in page.text) == (200, True)
    assert regime["id"] in ids
    assert draft["id"] not in ids
    assert "Báo cáo công khai" in table.text
    assert closed.status_code == 401
    assert written.status_code in (401, 403, 404, 405)


@pytest.mark.full
@pytest.mark.requirement("QN-10.2")
def test_a_regime_of_a_ministry_s_own_system_is_listed_and_cannot_be_opened(stack: Stack) -> None:
    province = found_province(stack, "quang-ngai")
    admin = province["quan-tri"]
    unstated = a_regime(province, origin="government")
    problem = refused(publish(admin, unstated), 409, "catalog.regime.incomplete")
    assert [item["field"] for item in problem["details"]["missing"]] == ["filing_place"]

    regime = a_regime(
        province, origin="government", filing_place="ministry_system", filing_system="Hệ thống của Bộ"
    )
    succeeded(publish(admin, regime))
    listed = admin.read("/catalog/v1/regimes")["items"]
    assert regime["id"] in [item["id"] for item in listed]
    order = {"regime_id": regime["id"], "period_key": "2026-10"}
    assert admin.post("/submission/v1/periods:open", order).status_code == 404


@pytest.mark.full
@pytest.mark.requirement("DL-11.4a", "DL-11.3")
def test_who_may_set_up_which_regime_is_the_text_s_own_word(stack: Stack) -> None:
    province = found_province(stack, "dak-lak")
    admin = province["quan-tri"]
    sector = a_regime(province, origin="government", owner_unit_id=province.units[LEAD])
    problem = refused(publish(admin, sector), 409, "catalog.regime.incomplete")
    assert [item["field"] for item in problem["details"]["missing"]] == ["permission"]
    permitted = succeeded(
        admin.post(
            f"/catalog/v1/regimes/{sector['id']}/permission",
            files={"file": ("cho-phep.pdf", b"%PDF-1.7 ...")},
            data={"number": "45/UBND-TH", "issued_on": "2026-11-02"},
            version=sector["version"],
        )
    ).json()
    succeeded(publish(admin, permitted))

    body = {"name": "Báo cáo của xã", "owner_unit_id": province.units["xa-1"], "frequency": ["month"]}
    problem = refused(admin.post("/catalog/v1/regimes", body), 409, "catalog.regime.kind_not_for_level")
    assert problem["rule"] == "DL 11.3"


def test_a_commune_founded_later_reports_from_the_next_period_on(province: Province) -> None:
    regime = open_regime(province, "kt-xh-thang.xlsx", reporting_unit_ids=[], unit_kinds=["commune"])
    code = f"{province.code}-moi-{uuid.uuid4().hex[:4]}"
    unit = {"code": code, "name": "Xã Mới", "kind": "commune", "parent_code": province.code}
    succeeded(province["quan-tri"].post("/identity/v1/units:import", {"items": [unit]}))
    before = {province.units["xa-1"], province.units["xa-2"]}

    def joined() -> Any:
        found = province["quan-tri"].read(f"/catalog/v1/regimes/{regime.id}")
        return set(found["units"]) - before or None

    assert len(eventually(joined, "the new commune joins the regime", 90)) == 1

    lead = province["tong-hop"]
    order = {"regime_id": regime.id, "period_key": "2027-01"}

    def next_period() -> Any:
        opened = succeeded(lead.post("/submission/v1/periods:open", order)).json()
        return opened if opened["assigned"] + opened["already"] == 3 else None

    again = lead.post("/submission/v1/periods:open", {"regime_id": regime.id, "period_key": "2026-10"})
    eventually(next_period, "three communes owe the next period", 60)
    assert succeeded(again).json()["assigned"] == 0
    late = lead.post("/submission/v1/periods:open", {"regime_id": regime.id, "period_key": "2026-10"})
    assert succeeded(late).json()["assigned"] == 0


@pytest.mark.requirement("QN-16.3", "DL-11.2")
def test_reviews_burden_and_packages_answer_through_the_gateway(province: Province) -> None:
    admin = province["quan-tri"]
    version = publish_form(admin, "kt-xh-thang.xlsx")
    regime = a_regime(province, form_version_ids=[version["id"]], outline=[])
    succeeded(publish(admin, regime))

    review = {"outcome": "keep", "note": "Vẫn phù hợp"}
    done = succeeded(admin.post(f"/catalog/v1/regimes/{regime['id']}/reviews", review)).json()
    burden = admin.read("/catalog/v1/burden", year=2027)
    package = succeeded(admin.get(f"/catalog/v1/form-versions/{version['id']}/package.zip")).content
    dry = succeeded(
        admin.post("/catalog/v1/form-packages:import", files={"file": ("goi.zip", package)})
    ).json()

    assert (done["overdue"], done["last_outcome"]) == (False, "keep")
    assert burden["units"][0]["hours"] > 0
    assert (dry["code_taken"], dry["form_id"]) == (True, None)
