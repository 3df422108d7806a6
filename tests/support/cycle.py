"""Takes a report through its life, whoever the profile lets act: the report itself says what comes next."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.people import Person, eventually, succeeded
from tests.support.province import COMMUNE, LEAD, LEGAL_DOCUMENT, NEIGHBOUR, Province, sample_form

# What leads on, in the order of the life of a report; a way back is never taken by itself.
FORWARD = ("submit", "pass_check", "approve_figures", "approve", "send", "take_in", "accept")


@dataclass(slots=True)
class Regime:
    """A published regime with its form, and the period opened for it."""

    id: str
    form_version_id: str
    period_key: str


def publish_form(designer: Person, form: str) -> dict[str, Any]:
    """Uploads one of the sample forms and publishes what the importer proposes."""
    path = sample_form(form)
    uploaded = succeeded(
        designer.post(
            "/catalog/v1/forms",
            files={"file": (path.name, path.read_bytes())},
            data={"name": f"Biểu {path.stem}", "code": f"{path.stem}-{secrets.token_hex(3)}"},
        )
    ).json()
    version = uploaded["draft"]
    published: dict[str, Any] = succeeded(
        designer.post(f"/catalog/v1/form-versions/{version['id']}:publish", version=version["version"])
    ).json()
    return published


def open_regime(
    province: Province,
    form: str,
    kind: str = "month",
    period_key: str = "2026-10",
    *,
    form_version_id: str | None = None,
    **more: Any,
) -> Regime:
    """A regime of both communes with one sample form, or one published before; its period opened by hand."""
    admin = province["quan-tri"]
    form_version = form_version_id or publish_form(admin, form)["id"]
    body = {
        "code": f"CD-{province.code}-{form_version[-6:]}",
        "name": "Tình hình kinh tế - xã hội",
        "kind": "periodic",
        "origin": "province",
        "legal_basis": "Quyết định 01/2026/QĐ-UBND",
        "legal_documents": [LEGAL_DOCUMENT],
        "lead_unit_id": province.units[LEAD],
        "reporting_unit_ids": [province.units[COMMUNE], province.units[NEIGHBOUR]],
        "form_version_ids": [form_version],
        "frequency": [kind],
        "approver": "Chủ tịch Ủy ban nhân dân xã",
        "aggregator": "Sở Tài chính",
        "signing": "demanded",
        "starts_on": "2026-01-01",
        "opens_itself": False,
        # No later than the one text that states deadlines itself.
        "deadlines": [{"kind": "fixed_day", "day": 19, "wording": "chậm nhất"}],
        **more,
    }
    regime = succeeded(admin.post("/catalog/v1/regimes", body)).json()
    published = succeeded(
        admin.post(f"/catalog/v1/regimes/{regime['id']}:publish", version=regime["version"])
    ).json()
    lead = province["tong-hop"]
    order = {"regime_id": published["id"], "period_key": period_key}
    _open_period(lead, order)
    return Regime(published["id"], form_version, period_key)


def _open_period(lead: Person, order: dict[str, str]) -> None:
    """By hand. submission hears of a new regime by event, a moment after it was published."""
    answers: list[httpx.Response] = []

    def opened() -> bool:
        answers.append(lead.post("/submission/v1/periods:open", order))
        return answers[-1].status_code != 404

    eventually(opened, f"regime {order['regime_id']} in submission", 60)
    succeeded(answers[-1])


def report_of(who: Person, regime: Regime) -> dict[str, Any]:
    """This person's unit's report of the regime's period."""

    def found() -> Any:
        listed = who.read("/submission/v1/reports", regime_id=regime.id, period=regime.period_key)["items"]
        return listed[0] if listed else None

    line = eventually(found, "the unit's report")
    return read(who, line["id"])


def read(who: Person, report_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = who.read(f"/submission/v1/reports/{report_id}")
    return answer


def fill_from_workbook(clerk: Person, report: dict[str, Any], regime: Regime, filled: str) -> dict[str, Any]:
    """Uploads the filled copy of a sample form."""
    path = sample_form(filled)
    answer: dict[str, Any] = succeeded(
        clerk.post(
            f"/submission/v1/reports/{report['id']}/filings/{regime.form_version_id}:import",
            files={"file": (path.name, path.read_bytes())},
        )
    ).json()
    return answer


def act(who: Person, report_id: str, action: str, **body: Any) -> dict[str, Any]:
    """One action on the report as it stands now."""
    report = read(who, report_id)
    if action == "submit":
        body = {"last_edit": report["last_edit"], **body}
    answer: dict[str, Any] = succeeded(
        who.post(f"/submission/v1/reports/{report_id}:{action}", body, version=report["version"])
    ).json()
    return answer


def carry_on(people: list[Person], report_id: str, until: str) -> list[str]:
    """Lets whoever may act do the next thing until the report is in this state. Gives what was done by whom."""
    done: list[str] = []
    for _ in range(20):
        report = _as_someone(people, report_id)
        if report["state"] == until:
            return done
        step = _next_step(people, report_id, report)
        done.append(step)
        eventually(
            lambda report=report: _as_someone(people, report_id)["version"] > report["version"],  # type: ignore[misc]
            f"{step} to take effect",
            60,
        )
    raise AssertionError(f"the report never was {until}: {done}")


def _as_someone(people: list[Person], report_id: str) -> dict[str, Any]:
    for who in people:
        answer = who.get(f"/submission/v1/reports/{report_id}")
        if answer.is_success:
            return dict(answer.json())
    raise AssertionError(f"nobody may read report {report_id}")


def _next_step(people: list[Person], report_id: str, report: dict[str, Any]) -> str:
    for action in FORWARD:
        for who in people:
            answer = who.get(f"/submission/v1/reports/{report_id}")
            if not answer.is_success:
                continue
            offered = {each["action"] for each in answer.json()["actions"] if each["allowed"]}
            if action in offered:
                act(who, report_id, action)
                return f"{action} by {who.username}"
    return _sign(people, report_id, report)


def _sign(people: list[Person], report_id: str, report: dict[str, Any]) -> str:
    """In signing: the leader with a PIN of their own, the agency with its own."""
    for who in people:
        answer = who.get("/signing/v1/requests", report_id=report_id)
        if not answer.is_success:
            continue
        for request in answer.json()["items"]:
            for step, pin in (("sign", who.pin), ("issue", who.agency_pin)):
                if pin and who.post(f"/signing/v1/requests/{request['id']}:{step}", {"pin": pin}).is_success:
                    return f"{step} by {who.username}"
    raise AssertionError(f"nobody can act on the report in state {report['state']}: {report['actions']}")
