"""Three regimes with the forms of contracts/forms: read by the importer, published as it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reporting_demo.api import Api
from reporting_demo.people import SO_NONG_NGHIEP, SO_TAI_CHINH, Province
from reporting_demo.stack import FORMS

CATALOG = "/api/catalog/v1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# How many communes of the list also report public investment projects.
COMMUNES_WITH_PROJECTS = 12


@dataclass(frozen=True, slots=True)
class RegimePlan:
    code: str
    name: str
    form: str
    form_code: str
    form_name: str
    lead: str
    frequency: str
    legal_basis: str
    days_after: int
    narrative: bool = False


KTXH = RegimePlan(
    "KTXH-THANG",
    "Báo cáo tình hình kinh tế - xã hội hằng tháng của xã, phường",
    "kt-xh-thang",
    "KTXH-01",
    "Biểu tổng hợp chỉ tiêu kinh tế - xã hội chủ yếu",
    SO_TAI_CHINH,
    "month",
    "Kế hoạch trình diễn số 01/KH-UBND về chế độ báo cáo kinh tế - xã hội",
    28,
    narrative=True,
)
HO_NGHEO = RegimePlan(
    "HONGHEO-NAM",
    "Báo cáo kết quả rà soát hộ nghèo, hộ cận nghèo hằng năm",
    "ho-ngheo-xa",
    "HN-01",
    "Biểu tổng hợp hộ nghèo, hộ cận nghèo theo thôn, ấp, khu phố",
    SO_NONG_NGHIEP,
    "year",
    "Kế hoạch trình diễn số 02/KH-UBND về rà soát hộ nghèo, hộ cận nghèo",
    15,
)
DAU_TU_CONG = RegimePlan(
    "DTC-THANG",
    "Báo cáo tình hình thực hiện, giải ngân dự án đầu tư công hằng tháng",
    "du-an-dau-tu-cong",
    "DTC-01",
    "Biểu danh mục dự án đầu tư công",
    SO_TAI_CHINH,
    "month",
    "Kế hoạch trình diễn số 03/KH-UBND về chế độ báo cáo đầu tư công",
    28,
)
PLANS = (KTXH, HO_NGHEO, DAU_TU_CONG)


def legal_document(title: str, in_force_from: date) -> dict[str, str]:
    """A text of the demo's own: nothing here is a real decision."""
    return {
        "title": title,
        "number": "TD/KH-UBND",
        "issued_on": in_force_from.isoformat(),
        "issuer": "Ủy ban nhân dân tỉnh (trình diễn)",
        "in_force_from": in_force_from.isoformat(),
    }


def today_in_vietnam() -> date:
    """The day the system's own periods go by, whatever the zone of this machine."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def month_before(day: date, months: int = 1) -> date:
    """The first day of the month so many months earlier."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def starts_on(plan: RegimePlan, today: date) -> date:
    """The last whole period: earlier ones come in as history."""
    return month_before(today) if plan.frequency == "month" else date(today.year - 1, 1, 1)


def reporting_units(plan: RegimePlan, province: Province) -> list[str]:
    communes = [unit.code for unit in province.communes()]
    if plan is DAU_TU_CONG:
        departments = [unit.code for unit in province.departments() if unit.kind == "department"]
        return departments + communes[:COMMUNES_WITH_PROJECTS]
    return communes


def seed_regimes(
    api: Api, province: Province, units: dict[str, str], today: date | None = None
) -> dict[str, Any]:
    """The published regimes by code; those that are there stay as they are."""
    found = {regime["code"]: regime for regime in api.everything(f"{CATALOG}/regimes")}
    day = today or today_in_vietnam()
    regimes: dict[str, Any] = {}
    for plan in PLANS:
        regime = found.get(plan.code)
        if regime is None:
            reporting = [units[code] for code in reporting_units(plan, province)]
            version = publish_form(api, plan.form, plan.form_code, plan.form_name, units[plan.lead])
            regime = api.post(
                f"{CATALOG}/regimes", _terms(api, plan, units[plan.lead], reporting, version["id"], day)
            )
        if regime["state"] == "draft":
            regime = api.post(f"{CATALOG}/regimes/{regime['id']}:publish", version=regime["version"])
        regimes[plan.code] = regime
    return regimes


def publish_form(api: Api, file: str, code: str, name: str, owner: str | None) -> dict[str, Any]:
    """The published version of this form, uploaded unless it is there."""
    for form in api.everything(f"{CATALOG}/forms", q=code):
        if form["code"] == code:
            draft = form["versions"][0]
            break
    else:
        data = (FORMS / f"{file}.xlsx").read_bytes()
        draft = upload_form(api, f"{file}.xlsx", data, code, name, owner)["draft"]
    if draft["state"] != "draft":
        return dict(draft)
    published: dict[str, Any] = api.post(
        f"{CATALOG}/form-versions/{draft['id']}:publish", version=draft["version"]
    )
    return published


def upload_form(
    api: Api, file_name: str, data: bytes, code: str, name: str, owner: str | None
) -> dict[str, Any]:
    fields = {"code": code, "name": name, **({"owner_unit_id": owner} if owner else {})}
    answer: dict[str, Any] = api.request(
        "POST", f"{CATALOG}/forms", data=fields, files={"file": (file_name, data, XLSX)}
    ).json()
    return answer


def read_outline(api: Api) -> Sequence[dict[str, Any]]:
    path = FORMS / "thuyet-minh-de-cuong.docx"
    answer = api.request(
        "POST", f"{CATALOG}/outlines:read", files={"file": (path.name, path.read_bytes(), DOCX)}
    )
    sections: list[dict[str, Any]] = answer.json()["sections"]
    return sections


def _terms(
    api: Api, plan: RegimePlan, lead: str, reporting: list[str], version: str, today: date
) -> dict[str, Any]:
    return {
        "code": plan.code,
        "name": plan.name,
        "kind": "periodic",
        "origin": "province",
        "legal_basis": plan.legal_basis,
        "legal_documents": [legal_document(plan.legal_basis, starts_on(plan, today))],
        "owner_unit_id": lead,
        "lead_unit_id": lead,
        "reporting_unit_ids": reporting,
        "form_version_ids": [version],
        "outline": list(read_outline(api)) if plan.narrative else [],
        "frequency": [plan.frequency],
        "deadlines": [deadline(plan.days_after, plan.legal_basis)],
        "approver": "Lãnh đạo cơ quan chủ trì",
        "aggregator": "Chuyên viên tổng hợp của cơ quan chủ trì",
        "opens_itself": True,
        "assigns_itself": True,
        "starts_on": starts_on(plan, today).isoformat(),
    }


def deadline(days_after: int, article: str) -> dict[str, Any]:
    """So many calendar days after the last day of the period."""
    return {
        "kind": "days_after",
        "wording": "chậm nhất",
        "days": days_after,
        "working": False,
        "after": "period",
        "article": article,
    }
