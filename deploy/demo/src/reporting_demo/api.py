"""The public API at the gateway, for a program and for people: tokens renewed, refusals in words, safe repeats."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from reporting_demo.stack import Stack

_TRIES = 12
_PASSING = {429, 502, 503, 504}


class Refusal(Exception):
    """What the system answered when it refused."""

    def __init__(self, request: str, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        self.code = str(problem.get("code", ""))
        words = problem.get("detail") or problem
        super().__init__(f"{request}: {status} {self.code} {words}")


@dataclass
class Token:
    value: str
    until: float

    @property
    def fresh(self) -> bool:
        return time.monotonic() < self.until


@dataclass
class Api:
    """`sign_in` gives a token when there is none, or the last one nears its end."""

    gateway: str
    sign_in: Callable[[], Token]
    name: str = ""
    _token: Token | None = None
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=120), repr=False)

    def listen(self, heard: Callable[[httpx.Response], None]) -> None:
        """Lets someone hear every answer, refusals and repeats too."""
        self._client.event_hooks = {"response": [heard]}

    def get(self, path: str, **query: Any) -> Any:
        wanted = {name: value for name, value in query.items() if value is not None}
        return self.request("GET", path, params=wanted).json()

    def everything(self, path: str, **query: Any) -> list[Any]:
        """All pages of a list."""
        items: list[Any] = []
        cursor = None
        while True:
            page = self.get(path, cursor=cursor, **query)
            items += page["items"]
            if not (cursor := page.get("next")):
                return items

    def post(self, path: str, body: Any = None, *, version: int | None = None, **more: Any) -> Any:
        answer = self.request("POST", path, json=body, version=version, **more)
        return answer.json() if answer.content else None

    def request(
        self,
        method: str,
        path: str,
        *,
        version: int | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Tried again while a part is away: a POST carries one key through all tries, so it is done once."""
        sent = dict(headers or {})
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        if method == "POST":
            sent["Idempotency-Key"] = str(uuid.uuid4())
        if more.get("json", ...) is None:
            del more["json"]
        pause = 0.5
        for attempt in range(1, _TRIES + 1):
            try:
                answer = self._client.request(
                    method, self.gateway + path, headers={**sent, **self._authorisation()}, **more
                )
            except httpx.TransportError:
                if attempt == _TRIES:
                    raise
            else:
                if answer.status_code not in _PASSING or attempt == _TRIES:
                    return _checked(answer, f"{method} {path}")
                pause = max(pause, float(answer.headers.get("retry-after", 0) or 0))
            time.sleep(min(pause, 15))
            pause *= 1.6
        raise AssertionError("the last try returns or raises")

    def _authorisation(self) -> dict[str, str]:
        if self._token is None or not self._token.fresh:
            self._token = self.sign_in()
        return {"Authorization": f"Bearer {self._token.value}"}


def as_program(stack: Stack, client_id: str = "seeder") -> Api:
    """A program of the province: client credentials, no person."""

    def sign_in() -> Token:
        answer = httpx.post(
            stack.token_url,
            data={
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": stack.secret(client_id),
            },
            timeout=60,
        )
        return token_of(_checked(answer, "sign in"))

    return Api(stack.gateway, sign_in, client_id)


def token_of(answer: httpx.Response) -> Token:
    told = answer.json()
    return Token(told["access_token"], time.monotonic() + float(told["expires_in"]) - 60)


def _checked(answer: httpx.Response, request: str) -> httpx.Response:
    if answer.is_error:
        try:
            problem = answer.json()
        except ValueError:
            problem = {"detail": answer.text[:300]}
        raise Refusal(request, answer.status_code, problem)
    return answer
