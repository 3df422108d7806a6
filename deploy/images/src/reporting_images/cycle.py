"""`make containers-test`: our images in the place of a stack's own processes, the demo's cycle through them, and their end.

The stack is one of its own, started as in `make up`; then its services, portal and gateway are stopped and the images
take over their ports. PostgreSQL, NATS, Keycloak, mail, traces and time stamps stay what they are. Nothing is left.
`REPORTING_TEST_STACK=name` takes a stack that already runs, as other tests do, and gives it its own processes back.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from reporting_stack import supervise
from reporting_stack.down import clean
from reporting_stack.layout import PYTHON, ROOT, SERVICES, Home, StackError
from reporting_stack.stack import Stack
from reporting_stack.status import opened
from reporting_stack.up import up

from reporting_images import machine
from reporting_images.catalogue import BESIDE, OURS
from reporting_images.containers import USER, Container, containers_of
from reporting_images.drain import drain, token
from reporting_images.podman import exists, podman

NATIVE = {"portal": "static"}
FORBIDDEN = ("pip", "pip3", "gcc", "cc", "c++", "make", "uv")
PATIENCE_SECONDS = 180


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0

    def check(self, what: str, holds: bool, found: object = "") -> None:
        self.passed += holds
        self.failed += not holds
        print(f"  {'ok   ' if holds else 'FAIL '} {what}{'' if holds else f': {found}'}", flush=True)


def test() -> int:
    machine.prepare()
    wanted = [image for image in OURS if image.name not in BESIDE]
    missing = [image.reference for image in wanted if not exists(image.reference)]
    if missing:
        raise StackError(f"build them first (make images): {', '.join(missing)}")
    tally = Tally()
    running = os.environ.get("REPORTING_TEST_STACK")
    home = Home.named(running or os.environ.get("STACK") or "containers")
    before = _mounts()
    with _running(home) if running else _stack(home) as stack:
        containers = containers_of(stack)
        try:
            _take_over(stack, containers)
            for container in containers.values():
                _inspect(container, tally)
            _cycle(stack, tally)
            _drains(stack, containers, tally)
            _ends(containers, tally)
        finally:
            for container in containers.values():
                if tally.failed:
                    print(f"--- {container.name}\n{container.log()}")
                container.remove()
    left = [
        line for line in podman("ps", "--all", "--format", "{{.Names}}").splitlines() if home.name in line
    ]
    tally.check("no container is left", not left, left)
    tally.check("no mount is left", _mounts() <= before, _mounts() - before)
    if not running:
        tally.check("nothing of the stack is left", not home.root.exists(), home.root)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


@contextmanager
def _stack(home: Home) -> Iterator[Stack]:
    """A stack of its own, gone afterwards with its data."""
    clean(home)
    os.environ["HISTORY"] = "no"
    try:
        yield up(home, int(os.environ.get("PORT_BASE") or 0) or None)
    finally:
        clean(home)


@contextmanager
def _running(home: Home) -> Iterator[Stack]:
    stack = opened(home)
    try:
        yield stack
    finally:
        supervisor = supervise.rpc(home)
        for name in containers_of(stack):
            if supervisor.getProcessInfo(NATIVE.get(name, name))["statename"] != "RUNNING":
                supervisor.startProcess(NATIVE.get(name, name))


def _mounts() -> set[str]:
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return {line.split()[1] for line in lines if "/containers/" in line.split()[1]}


def _take_over(stack: Stack, containers: dict[str, Container]) -> None:
    supervisor = supervise.rpc(stack.home)
    for name in containers:
        if supervisor.getProcessInfo(NATIVE.get(name, name))["statename"] == "RUNNING":
            supervisor.stopProcess(NATIVE.get(name, name))
    for container in containers.values():
        container.remove()
        container.start()
    begun = time.monotonic()
    for container in containers.values():
        _wait(container, stack)
    print(f"  {len(containers)} containers ready in {time.monotonic() - begun:.1f} s", flush=True)


def _wait(container: Container, stack: Stack) -> None:
    ports, name = stack.ports, container.image.name
    if name in SERVICES:
        asked = f"http://127.0.0.1:{ports.service(name).metrics}/readyz"
    elif name == "portal":
        asked = f"http://127.0.0.1:{ports.static}/"
    else:
        asked = f"{ports.issuer}/.well-known/openid-configuration"
    limit = time.monotonic() + PATIENCE_SECONDS
    last: object = None
    while time.monotonic() < limit:
        try:
            answer = httpx.get(asked, timeout=3)
            if answer.status_code == 200:
                return
            last = answer.text[:300]
        except httpx.HTTPError as error:
            last = error
        time.sleep(0.5)
    raise StackError(f"{container.name} isn't ready: {last}\n{container.log()}")


def _inspect(container: Container, tally: Tally) -> None:
    name, state = container.image.name, container.state()
    host = state["HostConfig"]
    tally.check(f"{name}: the root file system is read-only", bool(host["ReadonlyRootfs"]))
    tally.check(f"{name}: no capability is left", not state["EffectiveCaps"], state["EffectiveCaps"])
    tally.check(f"{name}: memory is bounded", host["Memory"] > 0)
    status = container.run("cat", "/proc/1/status")
    uids = (re.search(r"^Uid:\s+(.*)$", status, re.MULTILINE) or ["", ""])[1].split()
    tally.check(f"{name}: the first process runs as {USER}", set(uids) == {str(USER)}, uids)
    forbidden = re.search(r"^CapEff:\s+0+$", status, re.MULTILINE) and "NoNewPrivs:\t1" in status
    tally.check(f"{name}: nor can it gain any", bool(forbidden), status)
    command = container.run("cat", "/proc/1/cmdline").replace("\0", " ")
    tally.check(f"{name}: its program is the first process", "python" in command, command)
    written = container.run(
        "sh", "-c", "touch /app/x /opt/x /etc/x 2>/dev/null; ls /app/x /opt/x /etc/x 2>/dev/null"
    )
    tally.check(f"{name}: nothing can be written", written == "", written)
    tools = container.run(
        "sh",
        "-c",
        f"command -v {' '.join(FORBIDDEN)}; find / -xdev -name 'pip*' -path '*-packages/pip*' 2>/dev/null",
    )
    tally.check(f"{name}: neither compiler nor installer", tools == "", tools)
    if name in SERVICES or name == "gateway":
        words = ("/app/bin/gateway", "healthy") if name == "gateway" else ("/app/bin/healthy",)
        done = container.run(*words)
        tally.check(f"{name}: its own health check agrees", done == "", done)


def _cycle(stack: Stack, tally: Tally) -> None:
    """`make demo` through the containers; its own steps are counted with ours."""
    environment = {**os.environ, "STACK": stack.home.name}
    command = [str(PYTHON), "-m", "reporting_demo", "cycle"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(done.stdout, flush=True)
    found = re.findall(r"(\d+) passed, (\d+) failed", done.stdout)
    passed, failed = (int(number) for number in found[-1]) if found else (0, 1)
    tally.passed += passed
    tally.failed += failed
    tally.check("the demo's cycle went through the containers", done.returncode == 0, done.stderr[-500:])


def _drains(stack: Stack, containers: dict[str, Container], tally: Tally) -> None:
    bearer = token(stack)
    direct = f"http://127.0.0.1:{stack.ports.service('catalog').http}"
    for name, address in (("catalog", direct), ("gateway", stack.ports.gateway_url)):
        container = containers[name]
        seen = drain(container, address, bearer)
        tally.check(f"{name}: a request begun before SIGTERM is answered", _is_judged(seen.answered), seen)
        tally.check(f"{name}: no new one is taken meanwhile", seen.refused_new, seen)
        tally.check(f"{name}: then it ends well ({seen.seconds:.1f} s)", seen.exit_status == 0, seen)
        container.again()
        _wait(container, stack)
        tally.check(f"{name}: started again and ready", True)


def _is_judged(answer: str) -> bool:
    """The upload was read and an answer given: 200, or the refusal of a file that is no workbook."""
    return bool(re.match(r"HTTP/1.1 (200|4(09|22)) ", answer))


def _ends(containers: dict[str, Container], tally: Tally) -> None:
    """All of them at once, as when a machine is taken out of service."""
    begun = time.monotonic()
    for container in containers.values():
        container.signal("TERM")
    ended: dict[str, int] = {}
    waits: list[tuple[str, Callable[[], int]]] = [(name, one.wait) for name, one in containers.items()]
    for name, wait in waits:
        ended[name] = wait()
    seconds = time.monotonic() - begun
    tally.check(f"all end well on SIGTERM ({seconds:.1f} s)", not any(ended.values()) and seconds < 40, ended)
