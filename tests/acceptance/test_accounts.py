"""Accounts on the running stack: Keycloak, identity and every service's copy of the rights together."""

import secrets
import time
from typing import Any

import pytest
from reporting_demo.login import LoginFailed

from tests.support.login import sign_in
from tests.support.people import Person, eventually, person, refused, succeeded
from tests.support.stack import Stack

ADMIN = "quan-tri.tinh"


@pytest.fixture(scope="module")
def admin(stack: Stack) -> Person:
    return person(stack, ADMIN)


@pytest.fixture(scope="module")
def commune(stack: Stack) -> dict[str, Any]:
    """The unit of one of the demo's clerks."""
    return next(account for account in stack.facts["accounts"] if account["username"].endswith(".vanthu"))


@pytest.fixture
def opened(admin: Person, commune: dict[str, Any]) -> dict[str, Any]:
    """A new account of that unit with its temporary password."""
    body = {
        "username": f"thu-{secrets.token_hex(4)}",
        "full_name": "Người Thử Nghiệm",
        "unit_id": commune["unit_id"],
        "position_title": "Chuyên viên",
    }
    answer: dict[str, Any] = succeeded(admin.post("/identity/v1/accounts", body)).json()
    return answer


def grant(who: Person, account_id: str, right: str, unit_id: str) -> Any:
    return who.post(f"/identity/v1/accounts/{account_id}/grants", {"right": right, "unit_id": unit_id})


@pytest.mark.requirement("DN-8.2a")
def test_a_password_given_by_someone_else_is_changed_at_the_first_sign_in(
    stack: Stack, opened: dict[str, Any]
) -> None:
    temporary = opened["temporary_password"]
    own = f"Rieng-{secrets.token_urlsafe(12)}-7"

    token = sign_in(stack, opened["username"], temporary, new_password=own)
    newcomer = Person(stack, opened["username"], token)

    assert newcomer.read("/identity/v1/me")["account"]["id"] == opened["id"]
    assert sign_in(stack, opened["username"], own).access
    with pytest.raises(LoginFailed):
        sign_in(stack, opened["username"], temporary)


@pytest.mark.requirement("DT-14.3", "DT-25.3")
def test_a_unit_admin_grants_entry_to_the_units_user_and_no_more(
    stack: Stack, commune: dict[str, Any], opened: dict[str, Any]
) -> None:
    unit_admin = person(stack, commune["username"])

    succeeded(grant(unit_admin, opened["id"], "entry", commune["unit_id"]))

    refused(grant(unit_admin, opened["id"], "unit_admin", commune["unit_id"]), 403)
    refused(grant(unit_admin, opened["id"], "province_admin", commune["unit_id"]), 403)
    own = unit_admin.read("/identity/v1/me")["account"]["id"]
    refused(grant(unit_admin, own, "approve", commune["unit_id"]), 403, "identity.grant.own")


@pytest.mark.requirement("DN-12.6", "QN-6.5")
def test_a_revoked_right_is_refused_everywhere_within_five_seconds(
    stack: Stack, admin: Person, commune: dict[str, Any], opened: dict[str, Any]
) -> None:
    token = sign_in(stack, opened["username"], opened["temporary_password"])
    newcomer = Person(stack, opened["username"], token)
    given = succeeded(grant(admin, opened["id"], "regime_owner", commune["unit_id"])).json()
    draft = {"name": "Chế độ thử", "owner_unit_id": commune["unit_id"], "lead_unit_id": commune["unit_id"]}
    eventually(
        lambda: newcomer.post("/catalog/v1/regimes", draft).is_success, "the right to reach catalog", 10
    )

    admin.http.delete(f"/api/identity/v1/accounts/{opened['id']}/grants/{given['id']}").raise_for_status()
    begun = time.monotonic()
    eventually(
        lambda: newcomer.post("/catalog/v1/regimes", draft).status_code == 403, "the refusal in catalog", 5
    )

    assert time.monotonic() - begun < 5


@pytest.mark.requirement("DN-12.6", "QN-20.2")
def test_a_locked_account_is_out_of_every_service_and_cannot_sign_in_again(
    stack: Stack, admin: Person, opened: dict[str, Any]
) -> None:
    own = f"Rieng-{secrets.token_urlsafe(12)}-7"
    token = sign_in(stack, opened["username"], opened["temporary_password"], new_password=own)
    newcomer = Person(stack, opened["username"], token)
    services = ("identity", "catalog", "submission", "signing", "notify")
    for service in services:
        eventually(lambda s=service: newcomer.get(f"/{s}/v1/tasks").is_success, f"known to {service}", 10)  # type: ignore[misc]

    succeeded(admin.post(f"/identity/v1/accounts/{opened['id']}:lock", {"reason": "Chuyển công tác"}))

    for service in services:
        eventually(
            lambda s=service: newcomer.get(f"/{s}/v1/tasks").status_code in (401, 403),  # type: ignore[misc]
            f"locked out of {service}",
            20,
        )
    with pytest.raises(LoginFailed):
        sign_in(stack, opened["username"], own)
    succeeded(admin.post(f"/identity/v1/accounts/{opened['id']}:unlock"))
    assert sign_in(stack, opened["username"], own).access


@pytest.mark.requirement("QN-11.4", "DL-9.3b")
def test_a_clerk_sees_the_people_of_the_own_unit_only(stack: Stack, commune: dict[str, Any]) -> None:
    clerk = person(stack, commune["username"].replace(".vanthu", ".nhaplieu"))

    seen = clerk.read("/identity/v1/accounts", limit=500)["items"]

    assert {account["unit_id"] for account in seen} == {commune["unit_id"]}
    stranger = next(
        account
        for account in stack.facts["accounts"]
        if account.get("unit_id") not in (None, commune["unit_id"])
    )
    refused(clerk.get(f"/identity/v1/accounts/{stranger['account_id']}"), 404)
