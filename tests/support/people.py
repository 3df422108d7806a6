"""People who use the system through the gateway: each call as one of them, each refusal readable."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from tests.support.login import Token, sign_in, token_of
from tests.support.stack import Stack

Found = TypeVar("Found")


@dataclass(slots=True)
class Person:
    """One account at the gateway. `pin` opens the account's token, `agency_pin` that of the agency."""

    stack: Stack
    username: str
    token: Token
    pin: str = ""
    agency_pin: str = ""
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(
            base_url=self.stack.gateway,
            headers={**self.token.headers, "Accept": "application/json"},
            timeout=60,
        )

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.http.get(f"/api{path}", params=params)

    def read(self, path: str, **params: Any) -> Any:
        return succeeded(self.get(path, **params)).json()

    def post(self, path: str, body: Any = None, *, version: int | None = None, **more: Any) -> httpx.Response:
        return self.send("POST", path, body, version=version, **more)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        key: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if "files" not in more and "content" not in more:
            more["json"] = {} if body is None else body
        return self.http.request(method, f"/api{path}", headers=headers, **more)


def person(stack: Stack, username: str) -> Person:
    """One of the accounts that the stack lists."""
    account = stack.account(username)
    return Person(stack, username, token_of(stack, username), account.get("pin", ""))


def newcomer(stack: Stack, username: str, temporary_password: str) -> Person:
    """An account with a password given by someone else: changed at the first sign-in."""
    return Person(stack, username, sign_in(stack, username, temporary_password))


def succeeded(answer: httpx.Response) -> httpx.Response:
    assert answer.is_success, (
        f"{answer.request.method} {answer.request.url} → {answer.status_code} {answer.text}"
    )
    return answer


def refused(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem a refusal carries; it must say in words what is wrong."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    problem: dict[str, Any] = answer.json()
    assert problem["code"] and problem["detail"], problem
    if code is not None:
        assert problem["code"] == code, problem
    return problem


def eventually(ask: Callable[[], Found | None], what: str | Callable[[], str], seconds: float = 30) -> Found:
    """The first answer that isn't None or false; fails naming what was waited for, as it then stands."""
    ends_at = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        assert time.monotonic() < ends_at, (
            f"not seen within {seconds:.0f} s: {what if isinstance(what, str) else what()}"
        )
        time.sleep(0.25)
