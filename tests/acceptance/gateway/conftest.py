"""A person only Keycloak knows, and the gateway's own settings with an echo where a service was.

The gateway asks who someone is, never what they may do, so these tests need nothing of the demo.
"""

import http.server
import json
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx
import pytest
from reporting_stack import gateway
from reporting_stack.gateway import Address, Door
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
    # The doors of administrators: one open to this machine, one to an address nobody here has.
    administration: int
    closed: int

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
    here, told = "127.0.0.1", Address("127.0.0.1", server.server_port, server.server_port)
    doors = {name: _free_port() for name in ("gateway", "administration", "closed")}
    place = machine.gateway.place
    command = [str(binary()), "--disable-hot-restart", "--concurrency", "1", "-l", "error", "-c"]
    processes = []
    for addresses, name in ((("127.0.0.0/8",), "administration"), (("192.0.2.0/24",), "closed")):
        listens = doors["gateway"] if name == "administration" else _free_port()
        within = folder / name
        within.mkdir()
        changed = replace(
            place,
            listen=Address(here, listens),
            services={**place.services, "identity": told},
            folder=within,
            admin_socket=within / "admin.sock",
            administration=Door(name, place.public_url, Address(here, doors[name]), addresses),
        )
        for path, content in gateway.render(changed).items():
            path.write_text(content, encoding="utf-8")
        with (within / "log").open("wb") as log:
            processes.append(subprocess.Popen([*command, str(within / "envoy.yaml")], stdout=log, stderr=log))
    try:
        for port in doors.values():
            _wait_for(port)
        host = f"localhost:{machine.ports.gateway}"
        yield Echo(f"http://{here}:{doors['gateway']}", host, doors["administration"], doors["closed"])
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)
        server.shutdown()


class _TellsBack(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps(self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

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
