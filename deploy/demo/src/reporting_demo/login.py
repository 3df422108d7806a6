"""Signing in as a person does: authorisation code with PKCE, through the login form, without a browser.

Direct access grants are off, so this is the only road for a program that acts as a person.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx

from reporting_demo.api import Api, Token, token_of
from reporting_demo.stack import Stack

CLIENT = "programs-pkce"
REDIRECT = "http://127.0.0.1/callback"


class LoginFailed(Exception):
    """The login form said no, or asked for something else; the message is the form's own."""


class LoginAway(LoginFailed):
    """Nobody answers at the form just now: the same sign-in may succeed in a moment."""


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Where Keycloak's form is sent, and what it says."""

    action: str
    page: str

    @property
    def asks_for_new_password(self) -> bool:
        return 'name="password-new"' in self.page

    @property
    def message(self) -> str:
        found = re.search(
            r'(?s)id="input-error[^"]*"[^>]*>(.*?)<|class="[^"]*alert[^"]*"[^>]*>(.*?)</', self.page
        )
        text = next((part for part in found.groups() if part), "") if found else ""
        return html.unescape(re.sub(r"<[^>]+>", " ", text)).strip()


@dataclass
class Login:
    """One sign-in: the person's password, and a new one where the form asks for it."""

    login_url: str
    token_url: str
    client: httpx.Client
    changed_password: bool = False

    @classmethod
    def at(cls, login_url: str, token_url: str) -> Login:
        client = httpx.Client(timeout=60, follow_redirects=False)

        def as_browsers_do(_: httpx.Response) -> None:
            """Keycloak's cookies are Secure; browsers send them to http://localhost all the same."""
            for cookie in client.cookies.jar:
                cookie.secure = False

        client.event_hooks = {"response": [as_browsers_do]}
        return cls(login_url, token_url, client)

    def sign_in(self, username: str, password: str, new_password: str | None = None) -> httpx.Response:
        """The token endpoint's answer; LoginFailed in the form's words."""
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "response_type": "code",
            "scope": "openid",
            "state": secrets.token_urlsafe(16),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        form = self._form(self.client.get(self.login_url, params=asked))
        answer = self.client.post(form.action, data={"username": username, "password": password})
        code = self._code(answer, asked["state"], new_password)
        return self._exchange(code, verifier)

    def _code(self, answer: httpx.Response, state: str, new_password: str | None) -> str:
        for _ in range(4):
            if answer.status_code == httpx.codes.OK:
                form = self._form(answer)
                if not form.asks_for_new_password or new_password is None:
                    raise LoginFailed(form.message or "the login form asks for something else")
                new = {"password-new": new_password, "password-confirm": new_password}
                answer = self.client.post(form.action, data=new)
                self.changed_password = True
                continue
            if not answer.is_redirect:
                raise _failed(answer, f"the login form answered {answer.status_code}")
            target = answer.headers["location"]
            if target.startswith(REDIRECT):
                told = parse_qs(urlsplit(target).query)
                if told.get("state") != [state] or "code" not in told:
                    raise LoginFailed(str(told.get("error_description") or told))
                return told["code"][0]
            answer = self.client.get(target)
        raise LoginFailed("the login form never came to an end")

    def _exchange(self, code: str, verifier: str) -> httpx.Response:
        given = {
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": verifier,
        }
        answer = self.client.post(self.token_url, data=given)
        if answer.is_error:
            raise _failed(answer, f"no token: {answer.text[:300]}")
        return answer

    @staticmethod
    def _form(answer: httpx.Response) -> LoginForm:
        found = re.search(r'<form[^>]*\baction="([^"]+)"', answer.text)
        if answer.status_code != httpx.codes.OK or not found:
            raise _failed(answer, f"no login form: {answer.status_code} {answer.text[:200]}")
        return LoginForm(html.unescape(found.group(1)), answer.text)


def _failed(answer: httpx.Response, words: str) -> LoginFailed:
    return LoginAway(words) if answer.is_server_error else LoginFailed(words)


def as_person(stack: Stack, username: str) -> Api:
    """The API as this person, with the password of stack.json; signed in again when the token ends."""
    password = str(stack.account(username)["password"])

    def sign_in() -> Token:
        return token_of(Login.at(stack.login_url, stack.token_url).sign_in(username, password))

    return Api(stack.gateway, sign_in, username)
