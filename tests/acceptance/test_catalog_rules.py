"""Deadlines, periods and refusals of the catalog on the running stack, under the texts that state them."""

import uuid
from typing import Any

import pytest

from tests.support.people import Person, refused, succeeded
from tests.support.province import LEAD, LEGAL_DOCUMENT, Province, found_province, sample_form
from tests.support.stack import Stack

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def with_stated_deadlines(stack: Stack) -> Province:
    """The one text that states its deadlines itself."""
    return found_province(stack, "thanh-hoa")


@pytest.fixture(scope="module")
def with_moving_deadlines(stack: Stack) -> Province:
    """The one text that moves a deadline off a rest day."""
    return found_province(stack, "dak-lak")


def draft(province: Province, **changes: Any) -> dict[str, Any]:
    body = {
        "code": f"BC-{uuid.uuid4().hex[:8]}",
        "name": "Báo cáo thử quy định về thời hạn",
        "legal_basis": "Quyết định số 7/2026/QĐ-UBND",
        "legal_documents": [LEGAL_DOCUMENT],
        "lead_unit_id": province.units[LEAD],
        "reporting_unit_ids": [province.units["xa-1"]],
        "outline": [{"id": "1", "heading": "I. Tình hình thực hiện", "level": 1}],
        "frequency": ["month"],
        "approver": "Giám đốc Sở Tài chính",
        "aggregator": "Trưởng phòng Tổng hợp",
        "opens_itself": False,
        **changes,
    }
    found: dict[str, Any] = succeeded(province["quan-tri"].post("/catalog/v1/regimes", body)).json()
    return found


def publish(who: Person, regime: dict[str, Any]) -> Any:
    return who.post(f"/catalog/v1/regimes/{regime['id']}:publish", version=regime["version"])


@pytest.mark.requirement("TH-5", "TH-6", "TH-7")
def test_every_stated_period_has_the_deadline_and_span_of_its_article(
    with_stated_deadlines: Province,
) -> None:
    province = with_stated_deadlines
    kinds = ["day", "half_month", "month", "quarter", "half_year", "year", "school_year"]
    regime = draft(province, frequency=kinds, overlap_explanation="Các kỳ lồng nhau theo Điều 6 quy chế")
    succeeded(publish(province["quan-tri"], regime))

    span = {"from": "2026-01-01", "to": "2026-12-31"}
    listed = province["nhap"].read(f"/catalog/v1/regimes/{regime['id']}/periods", **span)["items"]
    periods = {period["key"]: period for period in listed}

    expected = {
        "2026-10-05": ("2026-10-06T09:30:00Z", "TH 7.1", "2026-10-05", "2026-10-05"),
        "2026-10-K1": ("2026-10-19T17:00:00Z", "TH 7.2", "2026-10-01", "2026-10-14"),
        "2026-10-K2": ("2026-11-04T17:00:00Z", "TH 7.2", "2026-10-15", "2026-10-31"),
        "2026-10": ("2026-10-19T17:00:00Z", "TH 7.3", "2026-09-15", "2026-10-14"),
        "2026-Q3": ("2026-09-19T17:00:00Z", "TH 7.4", "2026-06-15", "2026-09-14"),
        "2026-H1": ("2026-06-19T17:00:00Z", "TH 7.5", "2025-12-15", "2026-06-14"),
        "2026": ("2026-12-19T17:00:00Z", "TH 7.6", "2025-12-15", "2026-12-14"),
        "2026-2027-D": ("2026-09-19T17:00:00Z", "TH 7.6", "2026-09-01", "2026-09-19"),
        "2026-2027-C": ("2027-06-19T17:00:00Z", "TH 7.6", "2026-09-01", "2027-06-15"),
    }
    for key, (due_at, article, from_day, to_day) in expected.items():
        period = periods[key]
        deadline = period["deadlines"][0]
        assert (deadline["due_at"], deadline["article"]) == (due_at, article), key
        assert (period["cut_off"]["from"], period["cut_off"]["to"]) == (from_day, to_day), key


@pytest.mark.requirement("DL-14.2")
def test_a_deadline_on_a_sunday_moves_to_monday_of_a_periodic_report_only(
    with_moving_deadlines: Province,
) -> None:
    province = with_moving_deadlines
    last_days = {}
    for kind in ("periodic", "thematic"):
        rule = {"kind": "fixed_day", "day": 20, "wording": "chậm nhất"}
        regime = draft(province, kind=kind, deadlines=[rule])
        succeeded(publish(province["quan-tri"], regime))
        path = f"/catalog/v1/regimes/{regime['id']}/periods"
        (period,) = province["nhap"].read(path, **{"from": "2026-12-01", "to": "2026-12-31"})["items"]
        last_days[kind] = period["deadlines"][0]["last_day"]
    assert last_days == {"periodic": "2026-12-21", "thematic": "2026-12-20"}


@pytest.mark.requirement("DN-7.1", "DT-8")
def test_publishing_names_everything_that_is_missing(province: Province) -> None:
    regime = draft(
        province,
        legal_basis="",
        legal_documents=[],
        reporting_unit_ids=[],
        approver="",
        aggregator="",
        outline=[],
        frequency=["month"],
    )
    problem = refused(publish(province["quan-tri"], regime), 409, "catalog.regime.incomplete")
    assert {item["field"] for item in problem["details"]["missing"]} == {
        "legal_basis", "legal_documents", "reporting_unit_ids", "deadlines", "approver", "aggregator",
        "form_version_ids",
    }  # fmt: skip


@pytest.mark.requirement("DN-1.2", "DL-1.2")
def test_what_is_secret_is_refused_and_not_kept(province: Province) -> None:
    admin = province["quan-tri"]
    body = {"name": "Báo cáo mật", "frequency": ["month"], "secret": True}
    refused(admin.post("/catalog/v1/regimes", body), 409, "catalog.secret.refused")
    code = f"M-{uuid.uuid4().hex[:8]}"
    upload = admin.post(
        "/catalog/v1/forms",
        files={"file": ("kt.xlsx", sample_form("kt-xh-thang.xlsx").read_bytes(), XLSX)},
        data={"code": code, "name": "Biểu mật", "secret": "true"},
    )
    refused(upload, 409, "catalog.secret.refused")
    assert admin.read("/catalog/v1/forms", q=code)["items"] == []


@pytest.mark.requirement("DT-7.1")
@pytest.mark.parametrize("name", ["kt-xh-thang.xlsx", "du-an-dau-tu-cong.xlsx", "ho-ngheo-xa.xlsx"])
def test_a_form_comes_back_as_the_very_workbook_that_was_taken(province: Province, name: str) -> None:
    admin, workbook = province["quan-tri"], sample_form(name).read_bytes()
    form = succeeded(
        admin.post(
            "/catalog/v1/forms",
            files={"file": (name, workbook, XLSX)},
            data={"code": f"B-{uuid.uuid4().hex[:8]}", "name": "Biểu thử"},
        )
    ).json()
    version = form["draft"]
    succeeded(admin.post(f"/catalog/v1/form-versions/{version['id']}:publish", version=version["version"]))
    template = province["nhap"].get(f"/catalog/v1/form-versions/{version['id']}/template.xlsx")
    assert succeeded(template).content == workbook
