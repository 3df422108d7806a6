"""A person only Keycloak knows, and the gateway's own settings with an echo where a service was.

The gateway asks who someone is, never what they may do, so these tests need nothing of the demo.
"""

import http.server
import json
import re
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from reporting_stack.layout import Home
from reporting_stack.parts.envoy import binary
from reporting_stack.parts.realm import REALM
from reporting_stack.stack import Stack as OneMachine
from reporting_stack.status import opened

from tests.support.browser import BrowserSession
from tests.support.login import Token, sign_in
from tests.support.stack import Stack


@dataclass(frozen=True)
class Person:
    id: str
    username: str
    password: str


@pytest.fixture(scope="session")
def machine(stack: Stack) -> OneMachine:
    return opened(Home.named(stack.name))


@pytest.fixture(scope="session")
def admin(machine: OneMachine) -> Iterator[httpx.Client]:
    """Keycloak's administration, reached beside the gateway."""
    with machine.realm.admin() as client:
        yield client


def _a_person(admin: httpx.Client) -> Person:
    username, password = f"kiem-thu-{secrets.token_hex(4)}", f"Cong-{secrets.token_urlsafe(12)}-1a"
    body = {
        "username": username,
        "enabled": True,
        "attributes": {"account_id": ["0192f0c1-0000-7000-8000-00000000000a"]},
        "credentials": [{"type": "password", "value": password, "temporary": False}],
    }
    answer = admin.post(f"/admin/realms/{REALM}/users", json=body)
    answer.raise_for_status()
    return Person(answer.headers["location"].rpartition("/")[2], username, password)


@pytest.fixture(scope="session")
def person(admin: httpx.Client) -> Iterator[Person]:
    made = _a_person(admin)
    yield made
    admin.delete(f"/admin/realms/{REALM}/users/{made.id}")


@pytest.fixture(scope="session")
def token(stack: Stack, person: Person) -> Token:
    return sign_in(stack, person.username, person.password)


@pytest.fixture
def browser(stack: Stack, person: Person) -> BrowserSession:
    session = BrowserSession(stack)
    session.sign_in(person.username, person.password)
    return session


@dataclass(frozen=True)
class Echo:
    """A gateway with the stack's settings, behind which identity tells back what it was sent."""

    address: str
    host: str

    def get(self, headers: dict[str, str]) -> dict[str, str]:
        answer = httpx.get(
            f"{self.address}/api/identity/v1/me",
            headers={"Host": self.host, "Accept": "application/json", **headers},
        )
        assert answer.status_code == 200, answer.text
        return {name.lower(): value for name, value in answer.json()}


@pytest.fixture(scope="session")
def echo(stack: Stack, machine: OneMachine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echo]:
    folder = tmp_path_factory.mktemp("gateway")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _TellsBack)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = _free_port()
    settings = (machine.home.config / "envoy.yaml").read_text(encoding="utf-8")
    ports = machine.ports
    identity = ports.service("identity")
    for old, new in (
        (f"port_value: {ports.gateway}}}", f"port_value: {port}}}"),
        (f"port_value: {identity.http}}}", f"port_value: {server.server_port}}}"),
        (f"port_value: {identity.metrics}}}", f"port_value: {server.server_port}}}"),
    ):
        assert old in settings
        settings = settings.replace(old, new)
    settings = re.sub(
        r"admin: .*", f'admin: {{address: {{pipe: {{path: "{folder}/admin.sock"}}}}}}', settings, count=1
    )
    path = Path(folder / "envoy.yaml")
    path.write_text(settings, encoding="utf-8")
    command = [str(binary()), "-c", str(path), "--disable-hot-restart", "--concurrency", "1", "-l", "error"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield Echo(f"http://127.0.0.1:{port}", f"localhost:{ports.gateway}")
    finally:
        process.terminate()
        process.wait(20)
        server.shutdown()


class _TellsBack(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on {port}")
