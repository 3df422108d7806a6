"""The browser's session: its cookies, its refresh, its end."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from reporting_demo.login import LoginFailed
from reporting_stack.parts.realm import REALM

from tests.acceptance.gateway.conftest import Person
from tests.support.browser import BrowserSession
from tests.support.stack import Stack

pytestmark = pytest.mark.stack

ME = "/api/identity/v1/me"
JSON = {"Accept": "application/json"}


@pytest.fixture
def short_tokens(admin: httpx.Client) -> Iterator[int]:
    """Tokens of the portal end after some seconds, for one test."""
    path = f"/admin/realms/{REALM}/clients"
    client = admin.get(path, params={"clientId": "portal"}).json()[0]
    before = client["attributes"]["access.token.lifespan"]
    for seconds in ("8", before):
        client["attributes"]["access.token.lifespan"] = seconds
        admin.put(f"{path}/{client['id']}", json=client).raise_for_status()
        if seconds == "8":
            yield 8


def test_the_cookies_of_a_session_are_closed_to_scripts_and_carry_the_stack(
    stack: Stack, person: Person
) -> None:
    session = BrowserSession(stack)
    seen: list[str] = []
    session.jar.event_hooks["response"] = [lambda answer: seen.extend(answer.headers.get_list("set-cookie"))]
    session.sign_in(person.username, person.password)
    ours = [line for line in seen if line.startswith("reporting-") and "=deleted;" not in line]
    assert ours
    for line in ours:
        flags = line.lower()
        assert line.startswith(f"reporting-{stack.name}-")
        assert "httponly" in flags and "secure" in flags and "samesite=lax" in flags
    # What the cookies hold can't be read: no token (JWT) shows in them.
    assert not any(value.startswith("ey") for value in session.session_cookies.values())


def test_a_wrong_password_is_told_in_words(stack: Stack, person: Person) -> None:
    with pytest.raises(LoginFailed, match="Tên đăng nhập hoặc mật khẩu không đúng"):
        BrowserSession(stack).sign_in(person.username, "wrong-Password-1")


def test_twenty_requests_across_an_expiry_all_succeed(
    stack: Stack, person: Person, short_tokens: int
) -> None:
    session = BrowserSession(stack)
    session.sign_in(person.username, person.password)
    expected = session.get(ME, headers=JSON).status_code
    assert expected not in (401, 302)
    before = session.session_cookies
    time.sleep(short_tokens + 2)
    cookies = session._cookies(f"{stack.gateway}/")

    def ask(_: int) -> httpx.Response:
        return httpx.get(f"{stack.gateway}{ME}", headers={**JSON, "Cookie": cookies}, timeout=60)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, range(20)))
    assert [answer.status_code for answer in answers] == [expected] * 20
    renewed = [line for answer in answers for line in answer.headers.get_list("set-cookie")]
    name = f"reporting-{stack.name}-token="
    fresh = [line for line in renewed if line.startswith(name)]
    assert len(fresh) == 20, "each request that came after the end renewed the session"
    assert all(before[name.rstrip("=")] not in line for line in fresh)


def test_sign_out_ends_the_session_everywhere(stack: Stack, person: Person, admin: httpx.Client) -> None:
    session = BrowserSession(stack)
    session.sign_in(person.username, person.password)
    sessions = f"/admin/realms/{REALM}/users/{person.id}/sessions"
    before = {found["id"] for found in admin.get(sessions).json()}
    out = session.get("/signout", headers={"Accept": "text/html"})
    assert out.status_code == 302
    assert "/protocol/openid-connect/logout" in out.headers["location"]
    page = session.open(str(out.headers["location"]))
    assert "password" in page.text, "sign-out leads back to the login page"
    assert not session.session_cookies.get(f"reporting-{stack.name}-token")
    after = {found["id"] for found in admin.get(sessions).json()}
    assert len(before - after) == 1
    assert session.get(ME, headers=JSON).status_code == 401


def test_a_page_of_the_portal_opens_where_the_person_wanted(stack: Stack, person: Person) -> None:
    session = BrowserSession(stack)
    first = session.get("/tien-do", headers={"Accept": "text/html"})
    assert first.status_code == 302
    session = BrowserSession(stack)
    assert session.sign_in(person.username, person.password).status_code == 200
    assert session.open("/tien-do").status_code == 200
