"""Namespaces of network, mounts and processes in which a cluster or an engine may live: what ends in them is gone.

The machine's network, its sysctls and its folders stay as they are; control groups alone are shared, and swept up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from reporting_stack.layout import StackError
from reporting_stack.ports import Ports

NODE_ADDRESS = "10.200.0.1"
# Another machine, beyond this one: nobody is there but in `beyond`.
BEYOND = ("10.200.0.254", 8000)
_CGROUPS = Path("/sys/fs/cgroup")
_ENTER = (
    "unshare",
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "--mount-proc",
    "--kill-child",
    "--propagation",
    "private",
)


def run_apart(module: str, *words: str) -> int:
    """A package's command in namespaces of its own; its exit status."""
    if os.getuid() != 0:
        raise StackError("this needs root: namespaces, mounts and control groups are made")
    return subprocess.run([*_ENTER, sys.executable, "-m", module, *words], check=False).returncode


def settle(work: Path, folders: Sequence[str], settings: Mapping[str, str] | None = None) -> None:
    """Once inside: loopback, the node's own address, folders of its own, and kernel settings that look as wanted."""
    _ip("link", "set", "lo", "up")
    # A pair, since packets for services have to leave by a link that answers for its neighbours.
    _ip("link", "add", "node0", "type", "veth", "peer", "name", "wire0")
    for name in ("node0", "wire0"):
        _ip("link", "set", name, "up")
    _ip("address", "add", f"{NODE_ADDRESS}/24", "dev", "node0")
    _ip("route", "add", "default", "via", BEYOND[0], "dev", "node0")
    for index, path in enumerate(folders):
        Path(path).mkdir(parents=True, exist_ok=True)
        own = work / "own" / str(index)
        own.mkdir(parents=True)
        bind(own, Path(path))
    for name, value in (settings or {}).items():
        place = Path("/proc/sys") / name
        if place.read_text().strip() != value:
            file = work / name.replace("/", ".")
            file.write_text(f"{value}\n")
            bind(file, place)


class PortsApart(Ports):
    """As of a stack, whose parts are reached by the names in their certificates; trust at the node's own address."""

    @property
    def keycloak_url(self) -> str:
        return f"https://keycloak:{self.keycloak}/auth"

    @property
    def nats_monitor_url(self) -> str:
        return f"https://nats:{self.nats_monitor}"

    @property
    def trust_url(self) -> str:
        return f"http://{NODE_ADDRESS}:{self.trust}"


def believe(work: Path, hosts: Mapping[str, str], *authorities: Path) -> None:
    """Who asks from here knows parts by these names (address to names), and believes these authorities, in here alone."""
    known = work / "hosts"
    known.write_text("".join(f"{address} {names}\n" for address, names in hosts.items()))
    bind(known, Path("/etc/hosts"))
    believed = work / "authority.pem"
    believed.write_bytes(b"".join(one.read_bytes() for one in authorities))
    for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        os.environ[variable] = str(believed)


@contextmanager
def beyond() -> Iterator[None]:
    """A server on another machine, at the far end of the link: who reaches it has a way out."""
    listens = (
        "import socket, sys, time; s = socket.create_server((sys.argv[1], int(sys.argv[2]))); time.sleep(1e6)"
    )
    steps = (
        "until ip link set wire0 up 2>/dev/null; do sleep 0.1; done",
        f"ip address add {BEYOND[0]}/24 dev wire0",
        f"ip route add default via {NODE_ADDRESS}",
        f'exec "$0" -c "$1" {BEYOND[0]} {BEYOND[1]}',
    )
    command = ["unshare", "--net", "sh", "-c", " && ".join(steps), sys.executable, listens]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as far:
        _ip("link", "set", "wire0", "netns", str(far.pid))
        try:
            yield
        finally:
            # Back before the far side ends: with it this machine's own address would go, and whoever listens there.
            there = ["nsenter", f"--net=/proc/{far.pid}/ns/net"]
            subprocess.run([*there, "ip", "link", "set", "wire0", "netns", str(os.getpid())], check=True)
            _ip("link", "set", "wire0", "up")
            far.terminate()


def groups_left(parent: str) -> list[Path]:
    """Control groups that containers have left behind under this one, the innermost first."""
    tops = [*_CGROUPS.glob(f"*/{parent}"), *_CGROUPS.glob(parent)]
    found = [Path(folder) for top in tops for folder, _, _ in os.walk(top)]
    return sorted(found, key=lambda path: -len(path.parts))


def sweep_groups(parent: str, seconds: float = 15) -> list[Path]:
    """Removes those without processes, which take a moment to end; what is left after it."""
    limit = time.monotonic() + seconds
    while left := groups_left(parent):
        for group in left:
            with suppress(OSError):
                group.rmdir()
        if time.monotonic() > limit:
            break
        time.sleep(0.2)
    return groups_left(parent)


def mounts_of(folder: Path) -> list[str]:
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return [line.split()[1] for line in lines if line.split()[1].startswith(f"{folder}/")]


def processes_of(folder: Path) -> list[int]:
    """Processes anywhere on the machine that name the folder on their command line, this one aside."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                if str(folder).encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return found


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def bind(source: Path, place: Path) -> None:
    subprocess.run(["mount", "--bind", str(source), str(place)], check=True)
