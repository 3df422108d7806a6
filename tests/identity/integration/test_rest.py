"""REST of identity: shapes, refusals in words, passwords that are shown once and stored nowhere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from identity.domain.accounts import Account
from identity.entrypoints.http import accounts, overview, units
from kit.auth.user_tokens import TokenHolder
from kit.http import create_app
from sqlalchemy import text

from tests.identity.integration.conftest import Stored

BASE = "/api/identity/v1"


class AccountIsToken:
    """Plays the login: the token is the account's id."""

    async def verify(self, token: str) -> TokenHolder:
        return TokenHolder(UUID(token), 0)


@pytest.fixture
async def http(stored: Stored) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(
        "identity",
        [overview.router, units.router, accounts.imports, accounts.router],
        application=stored.app,
        database=stored.database,
        tokens=AccountIsToken(),  # type: ignore[arg-type]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://identity") as client:
        yield client


def as_account(account: Account, key: str | None = None) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {account.id}"}
    return {**headers, "Idempotency-Key": key} if key else headers


async def test_me_says_who_where_and_with_which_rights(stored: Stored, http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{BASE}/me", headers=as_account(stored.admin))

    me = answer.json()
    assert me["account"]["username"] == "tinh-a.quantri"
    assert (me["unit"]["level"], me["province"]["profile"]) == ("province", "mau-mot")
    assert [(right["right"], right["with_lower"]) for right in me["rights"]] == [("province_admin", True)]


async def test_a_temporary_password_is_answered_once_and_never_stored(
    stored: Stored, http: httpx.AsyncClient
) -> None:
    body = {"username": "xa.moi", "full_name": "Trần Thị Hoa", "unit_id": str(stored.commune.id)}
    headers = as_account(stored.admin, "khoa-1")

    first = await http.post(f"{BASE}/accounts", json=body, headers=headers)
    again = await http.post(f"{BASE}/accounts", json=body, headers=headers)

    password = first.json()["temporary_password"]
    assert (first.status_code, again.status_code) == (201, 201)
    assert password
    assert {**first.json(), "temporary_password": None} == again.json()
    async with stored.database.reading() as session:
        dump = [
            json.dumps([dict(row) for row in (await session.execute(text(query))).mappings()], default=str)
            for query in (
                "SELECT convert_from(body, 'UTF8') AS body FROM idempotency_key",
                "SELECT before, after, marks FROM audit_record",
                "SELECT payload FROM outbox",
                "SELECT to_jsonb(account) FROM account",
            )
        ]
    assert not any(password in part for part in dump)


async def test_refusals_say_what_where_and_what_to_do(stored: Stored, http: httpx.AsyncClient) -> None:
    body = {"username": "Xã Mới", "full_name": "Trần Thị Hoa", "unit_id": str(stored.commune.id)}

    wrong = await http.post(f"{BASE}/accounts", json=body, headers=as_account(stored.admin))
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    forbidden = await http.post(
        f"{BASE}/accounts", json={**body, "username": "xa.moi"}, headers=as_account(clerk)
    )

    assert wrong.status_code == 422
    assert wrong.json()["code"] == "identity.input.username"
    assert wrong.json()["places"] == [{"field": "username"}]
    assert wrong.json()["remedy"]
    assert (forbidden.status_code, forbidden.json()["code"]) == (403, "identity.right.not_administrator")


async def test_a_grant_is_given_and_taken_over_rest(stored: Stored, http: httpx.AsyncClient) -> None:
    clerk = await stored.opened("xa.nhaplieu", stored.commune, stored.admin)
    path = f"{BASE}/accounts/{clerk.id}"
    body = {"right": "entry", "unit_id": str(stored.commune.id)}

    granted = await http.post(f"{path}/grants", json=body, headers=as_account(stored.admin))
    held = (await http.get(path, headers=as_account(clerk))).json()["grants"]
    taken = await http.delete(f"{path}/grants/{granted.json()['id']}", headers=as_account(stored.admin))
    left = (await http.get(path, headers=as_account(clerk))).json()["grants"]

    assert (granted.status_code, taken.status_code) == (201, 204)
    assert [grant["right"] for grant in held] == ["entry"]
    assert left == []


async def test_units_are_loaded_listed_and_renamed_over_rest(stored: Stored, http: httpx.AsyncClient) -> None:
    items = [{"code": "so-tc", "name": "Sở Tài chính", "kind": "department"}]
    admin = as_account(stored.admin)

    loaded = await http.post(f"{BASE}/units:import", json={"items": items}, headers=admin)
    unit = loaded.json()["items"][0]
    missing = await http.patch(f"{BASE}/units/{unit['id']}", json={"name": "Sở Mới"}, headers=admin)
    renamed = await http.patch(
        f"{BASE}/units/{unit['id']}", json={"name": "Sở Mới"}, headers={**admin, "If-Match": '"1"'}
    )
    found = await http.get(f"{BASE}/units", params={"q": "so moi"}, headers=admin)

    assert unit["outcome"] == "created"
    assert missing.status_code == 428
    assert renamed.json()["version"] == 2
    assert [one["name"] for one in found.json()["items"]] == ["Sở Mới"]
