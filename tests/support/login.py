"""Signs in as a person would: the code flow with PKCE through Keycloak's login form.

Direct access grants are off, so this is the only way for a program to act as a person.
"""

import base64
import hashlib
import html
import re
import secrets
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.support.stack import Stack

CLIENT = "programs-pkce"
REDIRECT = "http://127.0.0.1/callback"
# A token is taken from memory while it still has this long to live.
SPARE_SECONDS = 120


class LoginRefused(Exception):
    """What the login page said."""


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


def client_of(stack: Stack, username: str) -> httpx.Client:
    """An HTTP client of the gateway that acts as this account."""
    headers = {**token_of(stack, username).headers, "Accept": "application/json"}
    return httpx.Client(base_url=stack.gateway, headers=headers, timeout=60)


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
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "client_id": CLIENT,
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": REDIRECT,
        "state": secrets.token_urlsafe(8),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    with httpx.Client(timeout=30, follow_redirects=False) as browser:
        page = browser.get(_endpoint(stack, "auth"), params=query)
        answer = submit(browser, page, {"username": username, "password": password, "credentialId": ""})
        answer = _follow(browser, answer)
        if "password-new" in answer.text:
            fresh = new_password or f"Moi-{secrets.token_urlsafe(12)}-1a"
            form = {"password-new": fresh, "password-confirm": fresh}
            answer = _follow(browser, submit(browser, answer, form))
            _changed[(stack.gateway, username)] = fresh
        if not answer.headers.get("location", "").startswith(REDIRECT):
            raise LoginRefused(said(answer))
        code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
        exchange = {
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "code": code,
            "code_verifier": verifier,
        }
        return _token(browser.post(_endpoint(stack, "token"), data=exchange))


def submit(browser: httpx.Client, page: httpx.Response, fields: dict[str, str]) -> httpx.Response:
    """Sends the form of a login page. Its cookies are Secure, which browsers take from http://localhost too."""
    found = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    if page.status_code != 200 or found is None:
        raise LoginRefused(f"no login form ({page.status_code}): {said(page)}")
    return browser.post(html.unescape(found.group(1)), data=fields, headers={"Cookie": cookies_of(browser)})


def cookies_of(browser: httpx.Client) -> str:
    """Every cookie the client has been given, Secure ones included."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)


def said(page: httpx.Response) -> str:
    """The messages of a page of Keycloak, or its beginning."""
    found = re.findall(r'(?:kc-feedback-text|input-error[^"]*|helper-text[^>]*)"[^>]*>\s*([^<]+)', page.text)
    return " ".join(html.unescape(words).strip() for words in found) or page.text[:300]


def _follow(browser: httpx.Client, answer: httpx.Response) -> httpx.Response:
    """Follows redirects inside the login; the last one goes back to the program and isn't followed."""
    while answer.is_redirect and not answer.headers["location"].startswith(REDIRECT):
        address = str(answer.url.join(answer.headers["location"]))
        answer = browser.get(address, headers={"Cookie": cookies_of(browser)})
    return answer


def _endpoint(stack: Stack, name: str) -> str:
    realm = stack.facts["keycloak"]
    return f"{realm['url']}/realms/{realm['realm']}/protocol/openid-connect/{name}"


def _token(answer: httpx.Response) -> Token:
    if answer.is_error:
        raise LoginRefused(f"{answer.status_code}: {answer.text[:300]}")
    told = answer.json()
    return Token(told["access_token"], time.time() + float(told["expires_in"]))
