"""A browser's session at the gateway, by plain requests: its cookies, nothing else."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from reporting_demo.login import LoginFailed

from tests.support.login import said, submit
from tests.support.stack import Stack


@dataclass
class BrowserSession:
    """Carries cookies as Chromium does: Secure ones too, since http://localhost counts as secure."""

    stack: Stack
    jar: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60, follow_redirects=False))

    @property
    def session_cookies(self) -> dict[str, str]:
        """The gateway's own cookies; Keycloak's are left out."""
        start = f"reporting-{self.stack.name}-"
        return {c.name: c.value or "" for c in self.jar.cookies.jar if c.name.startswith(start)}

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        address = path if path.startswith("http") else f"{self.stack.gateway}{path}"
        headers = {"Cookie": self._cookies(address), **options.pop("headers", {})}
        return self.jar.request(method, address, headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, *, origin: str | None, **options: Any) -> httpx.Response:
        headers = {"Accept": "application/json", **options.pop("headers", {})}
        if origin is not None:
            headers["Origin"] = origin
        return self.request("POST", path, headers=headers, **options)

    def open(self, path: str) -> httpx.Response:
        """Opens a page as a person does and follows where it leads."""
        answer = self.get(path, headers={"Accept": "text/html"})
        while answer.is_redirect:
            answer = self.get(
                str(answer.url.join(answer.headers["location"])), headers={"Accept": "text/html"}
            )
        return answer

    def sign_in(self, username: str, password: str) -> httpx.Response:
        page = self.open("/")
        answer = submit(self.jar, page, {"username": username, "password": password, "credentialId": ""})
        if not answer.is_redirect:
            raise LoginFailed(said(answer))
        return self.open(str(answer.url.join(answer.headers["location"])))

    def _cookies(self, address: str) -> str:
        behind = httpx.URL(address).path
        return "; ".join(
            f"{c.name}={c.value}"
            for c in self.jar.cookies.jar
            if behind.startswith(c.path.rstrip("/") or "/")
        )
