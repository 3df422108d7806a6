"""What a journey needs before it begins: a form published, a regime of one commune, its period open."""

import secrets
from dataclasses import dataclass
from typing import Any

from tests.support.people import Person, eventually, person, succeeded
from tests.support.province import LEGAL_DOCUMENT, sample_form
from tests.support.stack import Stack

CLERK = "xa-an-phuoc.nhaplieu"
LEADER = "xa-an-phuoc.lanhdao"
REGISTRY = "xa-an-phuoc.vanthu"
GATHERER = "so-tai-chinh.tonghop"
PERIOD = "Tháng 10 năm 2026"
PERIOD_KEY = "2026-10"


@dataclass(slots=True)
class Setting:
    """A report that waits for its clerk."""

    report_id: str
    regime_id: str
    form_version_ids: list[str]

    @property
    def address(self) -> str:
        return f"/bao-cao/{self.report_id}"


def regime_body(stack: Stack, name: str, form_version_ids: list[str]) -> dict[str, Any]:
    gatherer = person(stack, GATHERER)
    outline = succeeded(
        gatherer.post(
            "/catalog/v1/outlines:read",
            files={"file": ("de-cuong.docx", sample_form("thuyet-minh-de-cuong.docx").read_bytes())},
        )
    ).json()["sections"]
    return {
        "name": name,
        "legal_basis": "Quyết định 01/2026/QĐ-UBND",
        "legal_documents": [LEGAL_DOCUMENT],
        "lead_unit_id": stack.account(GATHERER)["unit_id"],
        "reporting_unit_ids": [stack.account(CLERK)["unit_id"]],
        "form_version_ids": form_version_ids,
        "outline": [{**section, "required": False} for section in outline],
        "frequency": ["month"],
        "deadlines": [{"kind": "fixed_day", "day": 28, "months_after": 1, "wording": "chậm nhất"}],
        "approver": "Giám đốc Sở Tài chính",
        "aggregator": "Chuyên viên tổng hợp",
        "opens_itself": False,
        "starts_on": "2026-01-01",
    }


def waiting_report(stack: Stack, *forms: str) -> Setting:
    """A report of the commune with these sample forms, assigned and untouched."""
    return report_with(stack, [_published(person(stack, GATHERER), form) for form in forms])


def report_with(stack: Stack, versions: list[str], *, period_key: str = PERIOD_KEY, **more: Any) -> Setting:
    """The same with form versions that are published already."""
    gatherer = person(stack, GATHERER)
    body = regime_body(stack, f"Báo cáo thử giao diện {secrets.token_hex(2)}", versions) | more
    regime = succeeded(gatherer.post("/catalog/v1/regimes", body)).json()
    path = f"/catalog/v1/regimes/{regime['id']}:publish"
    succeeded(gatherer.post(path, version=regime["version"]))
    return _opened(stack, regime["id"], versions, period_key)


def opened_too(stack: Stack, setting: Setting) -> Setting:
    """The report of the usual period, where an earlier one of the same regime was opened first."""
    return _opened(stack, setting.regime_id, setting.form_version_ids, PERIOD_KEY)


def _opened(stack: Stack, regime_id: str, versions: list[str], period_key: str) -> Setting:
    gatherer, clerk = person(stack, GATHERER), person(stack, CLERK)
    order = {"regime_id": regime_id, "period_key": period_key}
    eventually(lambda: gatherer.post("/submission/v1/periods:open", order).is_success, "the period opened")

    def assigned() -> Any:
        found = clerk.read("/submission/v1/reports", regime_id=regime_id, period=period_key)["items"]
        return found[0]["id"] if found else None

    return Setting(eventually(assigned, "the report assigned"), regime_id, versions)


def drafted(designer: Person, form: str) -> Any:
    """A sample form uploaded and not yet published."""
    path = sample_form(form)
    return uploaded(designer, path.stem, path.read_bytes())


def uploaded(designer: Person, name: str, workbook: bytes) -> Any:
    """The draft of a new form."""
    return succeeded(
        designer.post(
            "/catalog/v1/forms",
            files={"file": (f"{name}.xlsx", workbook)},
            data={"name": f"Biểu {name}", "code": f"{name}-{secrets.token_hex(3)}"},
        )
    ).json()["draft"]


def _published(designer: Person, form: str) -> str:
    return published(designer, drafted(designer, form))


def published(designer: Person, draft: Any) -> str:
    path = f"/catalog/v1/form-versions/{draft['id']}:publish"
    return str(succeeded(designer.post(path, version=draft["version"])).json()["id"])
