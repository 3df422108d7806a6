"""A token gives access only as the login signed it, for this system, while it lasts."""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from reporting_stack.layout import Home
from reporting_stack.parts.realm import REALM
from reporting_stack.status import opened

from tests.support.login import Token
from tests.support.people import Person, eventually, succeeded
from tests.support.province import Province
from tests.support.stack import Stack


def test_forged_and_misdirected_tokens_are_refused(province: Province) -> None:
    clerk = province["nhap"]
    header, payload, signature = clerk.token.access.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))

    def token(**changed: object) -> str:
        body = base64.urlsafe_b64encode(json.dumps({**claims, **changed}).encode()).rstrip(b"=").decode()
        return f"{header}.{body}.{signature}"

    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    forged = [
        token(exp=int(time.time()) + 600),
        token(aud="another-api"),
        token(account_id="00000000-0000-7000-8000-000000000000"),
        f"{none}.{payload}.",
        f"{header}.{payload}.{signature[:-4]}AAAA",
        "not-a-token",
    ]
    for access in forged:
        stranger = Person(clerk.stack, clerk.username, Token(access, time.time() + 60))
        assert stranger.get("/identity/v1/me").status_code in (401, 403), access[:40]


def test_a_good_token_is_refused_once_it_has_ended(stack: Stack) -> None:
    with short_lived_program(stack, seconds=3) as access:
        program = Person(stack, "seeder", Token(access, time.time() + 3))
        assert program.get("/identity/v1/me").is_success
        eventually(lambda: program.get("/identity/v1/me").status_code == 401, "the token has ended", 20)


@contextmanager
def short_lived_program(stack: Stack, seconds: int) -> Iterator[str]:
    """A token that Keycloak itself signs, of a program like the demo's whose tokens live so long."""
    realm = opened(Home.named(stack.name)).realm
    like = next(client for client in realm.wanted()["clients"] if client["clientId"] == "seeder")
    secret = secrets.token_hex(16)
    attributes = {**like.get("attributes", {}), "access.token.lifespan": str(seconds)}
    client = {**like, "clientId": "short-lived", "secret": secret, "attributes": attributes}
    path = f"/admin/realms/{REALM}/clients"
    with realm.admin() as admin:
        made = succeeded(admin.post(path, json=client)).headers["location"]
        try:
            form = {"grant_type": "client_credentials", "client_id": "short-lived", "client_secret": secret}
            address = f"{stack.facts['keycloak']['url']}/realms/{REALM}/protocol/openid-connect/token"
            yield succeeded(httpx.post(address, data=form, timeout=30)).json()["access_token"]
        finally:
            admin.delete(f"{path}/{made.rsplit('/', 1)[1]}")
