"""What the operator of a stack gives its people: passwords, and to signers a token with a PIN.

The demo writes the stack's accounts.json without any secret; whatever is missing there is made here and written
back, so that it can be repeated: whoever has a password keeps it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reporting_stack.credentials import PROGRAMS
from reporting_stack.files import read_json, write_json
from reporting_stack.layout import StackError
from reporting_stack.parts.realm import REALM
from reporting_stack.stack import Stack
from reporting_stack.tokens import SoftHsm, TokenRequest, ensure_tokens, signer_label

_AT_ONCE = 6
_MOST_USERS = 5000
_LETTERS = "abcdefghijkmnpqrstuvwxyz"


def found_province(stack: Stack, province: Mapping[str, str]) -> None:
    """The demo's province and its programs, which seed the rest through the API."""
    options = ["--code", province["code"], "--name", province["name"], "--profile", province["profile"]]
    for program, rights in PROGRAMS.items():
        options += ["--program", f"{program}={','.join(rights)}"]
        options += ["--program-id", f"{program}={stack.credentials.program_account(program)}"]
    stack.services.manage("identity", "bootstrap-province", *options)


def equip(stack: Stack) -> int:
    """Passwords and tokens for every account in accounts.json that has none yet. How many were equipped."""
    accounts: list[dict[str, Any]] = read_json(stack.home.accounts_file, [])
    _give_passwords(stack, [account for account in accounts if not account.get("password")])
    _give_tokens(stack, accounts)
    new = [account for account in accounts if account.pop("new", False)]
    write_json(stack.home.accounts_file, accounts)
    return len(new)


def _give_passwords(stack: Stack, accounts: Sequence[dict[str, Any]]) -> None:
    """Keycloak hashes slowly on purpose, so several are set at once."""
    if not accounts:
        return
    with stack.realm.admin() as admin:
        users = _checked(admin.get(f"/admin/realms/{REALM}/users", params={"max": _MOST_USERS})).json()
        ids = {user["username"]: user["id"] for user in users}
        missing = [account["username"] for account in accounts if account["username"] not in ids]
        if missing:
            raise StackError(f"Keycloak doesn't know these accounts yet: {', '.join(missing[:5])}")

        def give(account: dict[str, Any]) -> None:
            password = _a_password()
            temporary = bool(account.get("first_login"))
            body = {"type": "password", "value": password, "temporary": temporary}
            path = f"/admin/realms/{REALM}/users/{ids[account['username']]}/reset-password"
            _checked(admin.put(path, json=body))
            account["password"] = password
            account["new"] = True

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(give, accounts))


def _give_tokens(stack: Stack, accounts: Sequence[dict[str, Any]]) -> None:
    """A leader's token is the person's own; the agency's is one for each agency, its PIN held by the văn thư."""
    agency_pins = {
        account["agency"]: account["pin"]
        for account in accounts
        if account.get("token") == "agency" and account.get("pin")
    }
    requests: list[TokenRequest] = []
    for account in accounts:
        kind = account.get("token")
        if kind == "own":
            account.setdefault("pin", _a_pin())
            label, holder = signer_label(account["username"]), account["full_name"]
        elif kind == "agency":
            account["pin"] = agency_pins.setdefault(account["agency"], account.get("pin") or _a_pin())
            label, holder = str(account["agency"]), account["unit"]
        else:
            continue
        requests.append(
            TokenRequest(label, account["pin"], holder, account["unit"], account.get("title", ""))
        )
    hsm = SoftHsm(stack.home.data, stack.trust.module())
    ensure_tokens(requests, hsm, lambda request: _issue(stack, request))


def make_token(stack: Stack, label: str, holder: str, organisation: str) -> dict[str, str] | None:
    """One token by hand, with a PIN shown once. None if there is one of this label already."""
    request = TokenRequest(label, _a_pin(), holder, organisation)
    hsm = SoftHsm(stack.home.data, stack.trust.module())
    made = ensure_tokens([request], hsm, lambda asked: _issue(stack, asked))
    return {"label": label, "pin": request.pin} if made else None


def _issue(stack: Stack, request: bytes) -> bytes:
    asked = x509.load_der_x509_csr(request)
    names = {attribute.oid: str(attribute.value) for attribute in asked.subject}
    certificate = stack.trust.issue(
        names[x509.NameOID.COMMON_NAME],
        asked.public_key(),
        organisation=names.get(x509.NameOID.ORGANIZATION_NAME),
    )
    return certificate.public_bytes(Encoding.DER)


def _a_password() -> str:
    """Random, and typeable: five groups of letters, a capital and digits as the realm's rule asks."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4)]
    return "-".join([groups[0].capitalize(), *groups[1:], f"{secrets.randbelow(9000) + 1000}"])


def _a_pin() -> str:
    return f"{secrets.randbelow(90_000_000) + 10_000_000}"


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise StackError(f"Keycloak answered {answer.status_code}: {answer.text[:300]}")
    return answer
