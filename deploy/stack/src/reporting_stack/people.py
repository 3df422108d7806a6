"""What the operator of a stack gives its people: passwords, and to signers a token with a PIN.

The demo writes the stack's accounts.json without any secret; whatever is missing there is made here and written
back, so that it can be repeated: whoever has a password keeps it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reporting_stack.credentials import PROGRAMS
from reporting_stack.files import read_json, write_json
from reporting_stack.layout import StackError
from reporting_stack.parts.pki import SIGNERS_DAYS
from reporting_stack.parts.realm import REALM
from reporting_stack.stack import Stack
from reporting_stack.tokens import (
    SoftHsm,
    TokenRequest,
    agency_label,
    ensure_tokens,
    remove_token,
    signer_label,
)

_AT_ONCE = 4
_ROUNDS = 20_000
_FIRST_TOKENS = 48
_USERS = f"/admin/realms/{REALM}/users"
_MOST_USERS = 5000
_LOGINS_SECONDS = 120.0
_LETTERS = "abcdefghijkmnpqrstuvwxyz"


def found_province(stack: Stack, province: Mapping[str, str]) -> None:
    """The demo's province and its programs, which seed the rest through the API."""
    options = ["--code", province["code"], "--name", province["name"], "--profile", province["profile"]]
    for program, rights in PROGRAMS.items():
        options += ["--program", f"{program}={','.join(rights)}"]
        options += ["--program-id", f"{program}={stack.credentials.program_account(program)}"]
    stack.services.manage("identity", "bootstrap-province", *options)


def equip(stack: Stack, *, everyone: bool) -> int:
    """Passwords and PINs for every account in accounts.json that has none yet; how many tokens were made.

    A token takes a moment to make, so at first only the first few signers get theirs.
    """
    accounts: list[dict[str, Any]] = read_json(stack.home.accounts_file, [])
    signers = [account for account in accounts if account.get("signs_as")]
    _give_passwords(stack, [account for account in accounts if not account.get("password")])
    for account in signers:
        account.setdefault("pin", _a_pin())
    write_json(stack.home.accounts_file, accounts)
    return len(_make_tokens(stack, signers if everyone else signers[:_FIRST_TOKENS]))


def _give_passwords(stack: Stack, accounts: Sequence[dict[str, Any]]) -> None:
    """As hashes worked out here: Keycloak's own, slow on purpose, would take minutes for all.

    It puts its own hash in place of ours when the person first signs in.
    """
    if not accounts:
        return
    users = _logins(stack, {account["username"] for account in accounts})
    with stack.realm.admin() as admin:

        def give(account: dict[str, Any]) -> None:
            user, password = users[account["username"]], _a_password()
            actions = ["UPDATE_PASSWORD"] if account.get("first_login") else []
            body = {**user, "requiredActions": actions, "credentials": [_hashed(password)]}
            _checked(admin.put(f"{_USERS}/{user['id']}", json=body))
            account["password"] = password

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(give, accounts))


def _logins(stack: Stack, wanted: set[str]) -> dict[str, dict[str, Any]]:
    """By name, once all are there: identity's job makes the operator's a minute after its row."""
    ends_at = time.monotonic() + _LOGINS_SECONDS
    while True:
        # Anew each time: what the client shows for itself lasts a minute.
        with stack.realm.admin() as admin:
            found = _checked(admin.get(_USERS, params={"max": _MOST_USERS, "briefRepresentation": "false"}))
        users = {user["username"]: user for user in found.json()}
        missing = sorted(wanted - users.keys())
        if not missing:
            return users
        if time.monotonic() > ends_at:
            raise StackError(f"Keycloak doesn't know these accounts yet: {', '.join(missing[:5])}")
        time.sleep(1)


def _hashed(password: str) -> dict[str, Any]:
    """The credential as Keycloak stores it. The password is random and long, so few rounds are enough."""
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, 64)
    how = {"hashIterations": _ROUNDS, "algorithm": "pbkdf2-sha512", "additionalParameters": {}}
    secret = {
        "value": b64encode(digest).decode(),
        "salt": b64encode(salt).decode(),
        "additionalParameters": {},
    }
    return {"type": "password", "credentialData": json.dumps(how), "secretData": json.dumps(secret)}


def _make_tokens(stack: Stack, signers: Sequence[dict[str, Any]]) -> list[str]:
    requests = [_token_for(signer) for signer in signers]
    hsm = SoftHsm(stack.home.data, stack.trust.module())
    return ensure_tokens(requests, hsm, lambda request: _issue(stack, request))


def _token_for(signer: Mapping[str, Any]) -> TokenRequest:
    """The person's own, or the one of the agency for which this account issues documents."""
    if signer["signs_as"] == "agency":
        return TokenRequest(agency_label(signer["unit_id"]), signer["pin"], signer["unit"])
    return TokenRequest(
        signer_label(signer["username"]), signer["pin"], signer["full_name"], signer["unit"], signer["title"]
    )


def make_token(stack: Stack, label: str, holder: str, organisation: str) -> dict[str, str] | None:
    """One token by hand, with a PIN shown once. None if there is one of this label already."""
    request = TokenRequest(label, _a_pin(), holder, organisation)
    hsm = SoftHsm(stack.home.data, stack.trust.module())
    made = ensure_tokens([request], hsm, lambda asked: _issue(stack, asked))
    return {"label": label, "pin": request.pin} if made else None


def reissue(stack: Stack, signer: Mapping[str, Any], *, days: int = SIGNERS_DAYS) -> None:
    """A new token in the place of a signer's own, the PIN kept, with a certificate for so many days from now."""
    request = _token_for(signer)
    hsm = SoftHsm(stack.home.data, stack.trust.module())
    remove_token(hsm, request.label)
    ensure_tokens([request], hsm, lambda asked: _issue(stack, asked, days))


def _issue(stack: Stack, request: bytes, days: int = SIGNERS_DAYS) -> bytes:
    asked = x509.load_der_x509_csr(request)
    names = {attribute.oid: str(attribute.value) for attribute in asked.subject}
    certificate = stack.trust.issue(
        names[x509.NameOID.COMMON_NAME],
        asked.public_key(),
        organisation=names.get(x509.NameOID.ORGANIZATION_NAME),
        days=days,
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
