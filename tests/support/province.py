"""A province of its own under one profile, founded through the API as its operator would."""

import json
import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.support.people import Person, eventually, newcomer, person, succeeded
from tests.support.stack import ROOT, Stack

# The text behind the regimes of tests: publishing asks for number, issuer, day and day of effect.
LEGAL_DOCUMENT = {
    "title": "Quyết định ban hành chế độ báo cáo",
    "number": "01/2026/QĐ-UBND",
    "issued_on": "2026-01-05",
    "issuer": "Ủy ban nhân dân tỉnh",
    "in_force_from": "2026-01-15",
}
OPERATOR = "van-hanh"
LEAD, COMMUNE, NEIGHBOUR = "so-tc", "xa-1", "xa-2"
# Who works where, with which rights: one person for each part that any of the five texts knows.
STAFF: dict[str, tuple[str, list[str]]] = {
    "quan-tri": ("", ["province_admin", "form_designer", "regime_owner"]),
    "nhap": (COMMUNE, ["entry"]),
    "lanh-dao": (COMMUNE, ["approve_figures", "approve", "sign"]),
    "van-thu": (COMMUNE, ["issue", "send"]),
    "xa-2-nhap": (NEIGHBOUR, ["entry"]),
    "xa-2-lanh-dao": (NEIGHBOUR, ["approve_figures", "approve", "sign"]),
    "xa-2-van-thu": (NEIGHBOUR, ["issue", "send"]),
    "tong-hop": (LEAD, ["take_in", "check", "aggregate", "regime_owner"]),
    "chu-tri": (LEAD, ["decide", "approve"]),
}


@dataclass(slots=True)
class Province:
    """Its people by short name, its units by code."""

    stack: Stack
    code: str
    id: str
    units: dict[str, str]
    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def everyone(self) -> list[Person]:
        return list(self.people.values())


def found_province(stack: Stack, profile: str) -> Province:
    """A new province with a lead agency and two communes, their people signed in and equipped with tokens."""
    code = f"t{secrets.token_hex(3)}"
    operator = person(stack, OPERATOR)
    body = {"code": code, "name": f"Tỉnh thử {code}", "profile": profile}
    province = succeeded(operator.post("/identity/v1/provinces", body)).json()
    admin = _first_admin(stack, operator, code, province["id"])
    units = [
        {"code": f"{code}-{LEAD}", "name": "Sở Tài chính", "kind": "department", "parent_code": code},
        {"code": f"{code}-{COMMUNE}", "name": "Xã Một", "kind": "commune", "parent_code": code},
        {"code": f"{code}-{NEIGHBOUR}", "name": "Xã Hai", "kind": "commune", "parent_code": code},
    ]
    succeeded(admin.post("/identity/v1/units:import", {"items": units}))
    rows = [_row(code, name, unit, rights) for name, (unit, rights) in STAFF.items()]
    imported = succeeded(admin.post("/identity/v1/accounts:import", {"items": rows})).json()
    passwords = {row["username"]: row["temporary_password"] for row in imported["items"]}
    people = {name: _ready(stack, f"{code}.{name}", passwords[f"{code}.{name}"]) for name in STAFF}
    found = people["quan-tri"].read("/identity/v1/units", limit=100)["items"]
    ids = {unit["code"].removeprefix(f"{code}-"): unit["id"] for unit in found}
    for commune, leader, office in (
        (COMMUNE, "lanh-dao", "van-thu"),
        (NEIGHBOUR, "xa-2-lanh-dao", "xa-2-van-thu"),
    ):
        people[leader].pin = issue_token(stack, people[leader].username, "Người ký thử")
        agency = issue_token(stack, UUID(ids[commune]).hex, "Ủy ban nhân dân xã thử")
        people[leader].agency_pin = people[office].agency_pin = agency
    return Province(stack, code, province["id"], ids, people)


def _first_admin(stack: Stack, operator: Person, code: str, province_id: str) -> Person:
    """The operator opens the province's first administrator, who does everything else."""
    body = {"username": f"{code}.khoi-tao", "full_name": "Quản trị tỉnh", "unit_id": province_id}
    account = succeeded(operator.post("/identity/v1/accounts", body)).json()
    grant = {"right": "province_admin", "unit_id": province_id, "with_lower": True}
    succeeded(operator.post(f"/identity/v1/accounts/{account['id']}/grants", grant))
    return newcomer(stack, account["username"], account["temporary_password"])


def issue_token(stack: Stack, label: str, name: str) -> str:
    """A token of the test authority; gives its PIN."""
    done = subprocess.run(
        [str(ROOT / "bin" / "reporting"), "--stack", stack.name, "issue-token", label, "--name", name],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
        timeout=60,
    )
    return str(json.loads(done.stdout)["pin"])


def sample_form(name: str) -> Path:
    """One of the official forms under contracts/forms."""
    return ROOT / "contracts" / "forms" / name


def _row(code: str, name: str, unit: str, rights: list[str]) -> dict[str, Any]:
    unit_code = f"{code}-{unit}" if unit else code
    return {
        "username": f"{code}.{name}",
        "full_name": f"Người {name}",
        "unit_code": unit_code,
        "email": f"{code}.{name}@example.vn",
        "position_title": "Chủ tịch" if "lanh-dao" in name else "Chuyên viên",
        "rights": [{"right": right, "unit_code": unit_code, "with_lower": not unit} for right in rights],
    }


def _ready(stack: Stack, username: str, password: str) -> Person:
    """Signed in, and known to every service's own copy of the rights."""
    who = newcomer(stack, username, password)
    for service in ("catalog", "submission", "signing"):
        eventually(
            lambda service=service: who.get(f"/{service}/v1/tasks").is_success,  # type: ignore[misc]
            f"{username} known to {service}",
        )
    return who
