"""Signs in as a person would: the code flow with PKCE through Keycloak's login form.

Direct access grants are off, so this is the only way for a program to act as a person.
"""

import html
import re
import secrets
import time
from dataclasses import dataclass

import httpx
from reporting_demo.login import Login, LoginFailed

from tests.support.stack import Stack

# A token is taken from memory while it still has this long to live.
SPARE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Token:
    access: str
    ends_at: float

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access}"}


_tokens: dict[tuple[str, str], Token] = {}
# Passwords that a first sign-in has changed, for as long as the tests run.
_changed: dict[tuple[str, str], str] = {}


def token_of(stack: Stack, username: str) -> Token:
    """The token of one of the stack's accounts, signed in once and kept."""
    key = (stack.gateway, username)
    found = _tokens.get(key)
    if found is None or found.ends_at < time.time() + SPARE_SECONDS:
        password = _changed.get(key) or str(stack.account(username)["password"])
        found = _tokens[key] = sign_in(stack, username, password)
    return found


def program_token(stack: Stack, client_id: str) -> Token:
    """The token of a program with an account of its own (client credentials)."""
    key = (stack.gateway, f"program {client_id}")
    found = _tokens.get(key)
    if found is None or found.ends_at < time.time() + SPARE_SECONDS:
        secret = str(stack.client(client_id)["secret"])
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        found = _tokens[key] = _token(httpx.post(_endpoint(stack, "token"), data=form, timeout=30))
    return found


def sign_in(stack: Stack, username: str, password: str, *, new_password: str | None = None) -> Token:
    """Goes through the form; sets a new password if Keycloak asks for one at the first sign-in."""
    fresh = new_password or f"Moi-{secrets.token_urlsafe(12)}-1a"
    login = Login.at(_endpoint(stack, "auth"), _endpoint(stack, "token"))
    answer = login.sign_in(username, password, fresh)
    if login.changed_password:
        _changed[(stack.gateway, username)] = fresh
    return _token(answer)


def submit(browser: httpx.Client, page: httpx.Response, fields: dict[str, str]) -> httpx.Response:
    """Sends the form of a login page. Its cookies are Secure, which browsers take from http://localhost too."""
    found = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    if page.status_code != 200 or found is None:
        raise LoginFailed(f"no login form ({page.status_code}): {said(page)}")
    return browser.post(html.unescape(found.group(1)), data=fields, headers={"Cookie": cookies_of(browser)})


def cookies_of(browser: httpx.Client) -> str:
    """Every cookie the client has been given, Secure ones included."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)


def said(page: httpx.Response) -> str:
    """The messages of a page of Keycloak, or its beginning."""
    found = re.findall(r'(?:kc-feedback-text|input-error[^"]*|helper-text[^>]*)"[^>]*>\s*([^<]+)', page.text)
    return " ".join(html.unescape(words).strip() for words in found) or page.text[:300]


def _endpoint(stack: Stack, name: str) -> str:
    realm = stack.facts["keycloak"]
    return f"{realm['url']}/realms/{realm['realm']}/protocol/openid-connect/{name}"


def _token(answer: httpx.Response) -> Token:
    if answer.is_error:
        raise LoginFailed(f"{answer.status_code}: {answer.text[:300]}")
    told = answer.json()
    return Token(told["access_token"], time.time() + float(told["expires_in"]))
