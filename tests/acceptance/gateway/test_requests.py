"""What the gateway lets through, and in which words it refuses the rest."""

import base64
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.acceptance.gateway.conftest import Echo, Person
from tests.support.browser import BrowserSession
from tests.support.login import Token, program_token, said
from tests.support.stack import Stack

pytestmark = pytest.mark.stack

ME = "/api/identity/v1/me"
READ_ALL = "/api/notify/v1/messages:read_all"
UNROUTED = (
    "/metrics",
    "/livez",
    "/readyz",
    "/health",
    "/admin",
    "/server_info",
    "/api",
    "/api/",
    "/api/identity",
    "/api/identity/v2/me",
    "/api/nobody/v1/tasks",
    "/api/openapi/../../.run/stack.json",
    "/auth",
    "/auth/",
    "/auth/admin",
    "/auth/admin/master/console/",
    "/auth/admin/realms/reporting/users",
    "/auth/realms/master",
    "/auth/realms/master/protocol/openid-connect/token",
    "/auth/realms/master/.well-known/openid-configuration",
    "/auth/realms/reporting",
    "/auth/realms/reporting/account",
    "/auth/realms/reporting/protocol/openid-connect/token/introspect",
    "/auth/realms/reporting/clients-registrations/default",
    "/auth/metrics",
    "/auth/health",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.health.v1.Health/Check",
    "/reporting.identity.v1.IdentityService/StreamSnapshot",
    "/.git/config",
    "/stack.json",
)
FORGED = {
    "X-Reporting-Account-Id": "someone-else",
    "X-Reporting-Channel": "system",
    "X-Account-Id": "someone-else",
    "X-User-Id": "someone-else",
    "X-Forwarded-User": "someone-else",
    "X-Auth-Request-User": "someone-else",
    "X-JWT-Payload": "e30",
    "Forwarded": "for=8.8.8.8",
    "X-Forwarded-For": "8.8.8.8",
}


@pytest.mark.parametrize("path", UNROUTED)
def test_a_path_that_is_not_listed_is_not_there(stack: Stack, token: Token, path: str) -> None:
    for headers in ({}, token.headers):
        answer = httpx.get(f"{stack.gateway}{path}", headers=headers)
        assert answer.status_code == 404
        assert answer.json()["code"] == "gateway.no_such_page"


def test_an_address_of_another_host_is_not_there(stack: Stack) -> None:
    assert httpx.get(f"{stack.gateway}/", headers={"Host": "evil.example"}).status_code == 404


def test_without_a_session_a_program_is_told_and_a_person_is_led_to_the_login(stack: Stack) -> None:
    told = httpx.get(f"{stack.gateway}{ME}")
    assert told.status_code == 401
    assert told.headers["content-type"].startswith("application/problem+json")
    assert told.json()["code"] == "gateway.not_signed_in"
    assert told.json()["trace_id"]
    led = httpx.get(f"{stack.gateway}/", headers={"Accept": "text/html"})
    assert led.status_code == 302
    assert led.headers["location"].startswith(f"{stack.gateway}/auth/realms/reporting/")
    assert "code_challenge_method=S256" in led.headers["location"]


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://localhost:1", "https://localhost"]
)
def test_a_change_by_cookie_from_another_page_is_refused(browser: BrowserSession, origin: str | None) -> None:
    answer = browser.post(READ_ALL, origin=origin, json={})
    assert answer.status_code == 403
    assert answer.json()["code"] == "gateway.foreign_origin"


def test_a_form_of_another_site_changes_nothing(browser: BrowserSession, stack: Stack) -> None:
    with_cookies = browser.post(READ_ALL, origin="http://evil.example", data={"a": "1"})
    assert with_cookies.json()["code"] == "gateway.foreign_origin"
    # What a browser really sends: SameSite=Lax keeps the cookies at home.
    without = httpx.post(f"{stack.gateway}{READ_ALL}", data={"a": "1"}, headers={"Accept": "text/html"})
    assert without.status_code == 401


def test_a_change_by_cookie_from_the_portal_reaches_the_service(
    browser: BrowserSession, stack: Stack
) -> None:
    answer = browser.post("/api/identity/v1/units", origin=stack.gateway, json={})
    assert not answer.json().get("code", "").startswith("gateway."), answer.text


def test_a_program_needs_no_origin(stack: Stack, token: Token) -> None:
    answer = httpx.post(f"{stack.gateway}/api/identity/v1/units", headers=token.headers, json={})
    assert not answer.json().get("code", "").startswith("gateway."), answer.text


def test_cookie_and_token_together_are_refused(browser: BrowserSession, token: Token) -> None:
    answer = browser.get(ME, headers={**token.headers, "Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "gateway.two_credentials"


def test_a_forged_identity_never_reaches_a_service(echo: Echo, token: Token) -> None:
    seen = echo.get({**token.headers, **FORGED})
    assert seen["x-reporting-channel"] == "program"
    assert seen["x-forwarded-for"] == "127.0.0.1"
    for name in FORGED:
        if name not in ("X-Reporting-Channel", "X-Forwarded-For"):
            assert name.lower() not in seen


def test_the_session_stays_at_the_gateway(echo: Echo, browser: BrowserSession) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.session_cookies.items())
    seen = echo.get({"Cookie": f"{cookies}; other=1"})
    assert "cookie" not in seen
    assert seen["x-reporting-channel"] == "portal"
    assert seen["authorization"].startswith("Bearer ")
    assert "traceparent" in seen


@pytest.mark.parametrize("client_id", ["portal", "programs-pkce", "seeder", "identity-admin", "admin-cli"])
def test_a_password_is_never_taken_without_the_login_form(
    stack: Stack, person: Person, client_id: str
) -> None:
    form = {
        "grant_type": "password",
        "client_id": client_id,
        "username": person.username,
        "password": person.password,
    }
    address = f"{stack.gateway}/auth/realms/reporting/protocol/openid-connect/token"
    secret = next((c["secret"] for c in stack.facts["clients"] if c["client_id"] == client_id), "")
    answer = httpx.post(address, data={**form, "client_secret": secret})
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] in ("unauthorized_client", "invalid_client"), said(answer)


def _changed(token: str, **claims: object) -> str:
    head, body, signature = token.split(".")
    values = json.loads(base64.urlsafe_b64decode(body + "=="))
    fresh = base64.urlsafe_b64encode(json.dumps({**values, **claims}).encode()).rstrip(b"=").decode()
    return f"{head}.{fresh}.{signature}"


def test_a_forged_token_is_refused(stack: Stack, token: Token) -> None:
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    body = token.access.split(".")[1]
    for forged in (
        _changed(token.access, account_id="0192f0c1-0000-7000-8000-00000000000b"),
        _changed(token.access, exp=int(time.time()) + 10**6),
        f"{unsigned}.{body}.",
        "not-a-token",
    ):
        answer = httpx.get(f"{stack.gateway}{ME}", headers={"Authorization": f"Bearer {forged}"})
        assert answer.status_code == 401
        assert answer.json()["code"] == "gateway.not_signed_in"


def test_a_token_in_the_address_is_no_token(stack: Stack) -> None:
    access = program_token(stack, "seeder").access
    assert httpx.get(f"{stack.gateway}{ME}", params={"access_token": access}).status_code == 401


def test_a_body_beyond_the_limit_is_refused(stack: Stack, token: Token) -> None:
    body = b"0" * (26 * 1024 * 1024)
    answer = httpx.post(
        f"{stack.gateway}/api/catalog/v1/forms", headers=token.headers, content=body, timeout=60
    )
    assert answer.status_code == 413
    assert "25 MB" in answer.json()["detail"]


@pytest.mark.requirement("QN-14.7")
def test_administration_has_a_door_of_its_own(echo: Echo, token: Token) -> None:
    def change(port: str | int, path: str = "/api/identity/v1/accounts") -> httpx.Response:
        headers = {"Host": echo.host, "Accept": "application/json", **token.headers}
        return httpx.post(f"http://127.0.0.1:{port}{path}", json={}, headers=headers)

    public = echo.address.rpartition(":")[2]
    refused = change(public)

    assert (refused.status_code, refused.json()["code"]) == (403, "gateway.administration_elsewhere")
    assert "quản trị" in refused.json()["remedy"]
    assert change(public, "/api/identity/v1/accounts:import").status_code == 403
    assert change(echo.administration).status_code == 200
    assert echo.get(token.headers)["x-reporting-channel"] == "program"
    with pytest.raises(httpx.TransportError):
        change(echo.closed)


def test_one_account_that_asks_too_much_slows_only_itself(echo: Echo, stack: Stack, token: Token) -> None:
    def ask(headers: dict[str, str]) -> httpx.Response:
        return client.get(ME, headers={"Host": echo.host, **headers})

    with httpx.Client(base_url=echo.address, timeout=30) as client, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, [token.headers] * 600))
        other = ask(program_token(stack, "seeder").headers)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused, "the limit was never reached"
    assert refused[0].json()["code"] == "gateway.too_many"
    assert refused[0].headers["retry-after"]
    assert other.status_code == 200


def test_an_address_that_reads_open_data_too_fast_is_slowed_and_signed_in_people_are_not(
    echo: Echo, token: Token
) -> None:
    headers = {"Host": echo.host, "Accept": "application/json"}
    answers: list[httpx.Response] = []
    with (
        httpx.Client(base_url=echo.address, timeout=30, headers=headers) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        # However slow the machine: rounds until one is refused.
        while len(answers) < 3000 and not any(answer.status_code == 429 for answer in answers):
            answers += pool.map(lambda _: client.get("/api/catalog/v1/public/provinces"), range(100))
        signed_in = client.get(ME, headers=token.headers)
    by_status = Counter(answer.status_code for answer in answers)
    assert by_status.keys() == {200, 429}, by_status
    assert by_status[200] >= 100
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert (refused.json()["code"], refused.headers["retry-after"]) == ("gateway.too_many", "1")
    assert signed_in.status_code == 200


def test_pages_carry_the_headers_that_protect_them(browser: BrowserSession) -> None:
    page = browser.get("/", headers={"Accept": "text/html"})
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in page.headers
    answer = browser.get(ME, headers={"Accept": "application/json"})
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.headers["x-trace-id"]) == 32


def test_the_description_of_the_api_is_public(stack: Stack) -> None:
    assert httpx.get(f"{stack.gateway}/api/docs").status_code == 200
    assert httpx.get(f"{stack.gateway}/api/openapi/identity.json").json()["openapi"].startswith("3.1")
