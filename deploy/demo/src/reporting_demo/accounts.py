"""Units, then accounts with their rights: two requests; and the list the stack adds passwords and tokens to."""

from __future__ import annotations

from typing import Any

from reporting_demo.api import Api
from reporting_demo.people import Account, Province
from reporting_demo.stack import Stack, load, store

IDENTITY = "/api/identity/v1"
_OPERATOR = {
    "username": "van-hanh",
    "full_name": "Bộ phận vận hành",
    "unit": "Toàn hệ thống",
    "title": "Vận hành hệ thống",
    "roles": ["operator"],
}
_SECRETS = ("password", "pin")


def seed_people(stack: Stack, api: Api, province: Province) -> dict[str, Any]:
    """The units' ids by code. Repeating it changes nothing that is already there."""
    saved = api.post(f"{IDENTITY}/units:import", {"items": [unit.row() for unit in province.units()]})
    ids = {unit["code"]: unit["id"] for unit in saved["items"]}
    accounts = province.accounts()
    rows = [account.row(province.facts["mail_domain"]) for account in accounts]
    answer = api.post(f"{IDENTITY}/accounts:import", {"passwords": False, "items": rows})
    refused = [row for row in answer["items"] if row["outcome"] in ("refused", "pending")]
    if refused:
        raise SystemExit(f"{len(refused)} accounts were not made, first: {refused[0]}")
    told = {row["username"]: row["account_id"] for row in answer["items"]}
    _write(stack, [_listed(account, ids, told) for account in accounts], province)
    return ids


def _listed(account: Account, ids: dict[str, str], told: dict[str, str]) -> dict[str, Any]:
    unit = account.unit
    listed: dict[str, Any] = {
        "username": account.username,
        "account_id": told[account.username],
        "full_name": account.name,
        "unit": unit.name if unit else "",
        "unit_id": ids[unit.code] if unit else None,
        "title": account.title,
        "roles": account.rights,
    }
    if account.signs_as:
        listed["signs_as"] = account.signs_as
    if account.first_login:
        listed["first_login"] = True
    return listed


def _write(stack: Stack, listed: list[dict[str, Any]], province: Province) -> None:
    """Whoever has a password or PIN keeps it."""
    before = {account["username"]: account for account in load(stack.accounts_file, [])}
    after = []
    for account in [_OPERATOR, *listed]:
        kept = before.get(account["username"], {})
        named = account["unit"] or province.facts["name"]
        secrets = {name: kept[name] for name in _SECRETS if name in kept}
        after.append({**account, "unit": named, **secrets})
    if after != list(before.values()):
        store(stack.accounts_file, after)
