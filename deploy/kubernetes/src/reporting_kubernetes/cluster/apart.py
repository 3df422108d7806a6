"""Namespaces of network, mounts and processes in which a whole cluster may live: what ends in them is gone.

The machine's network, its sysctls and its folders stay as they are; control groups alone are shared, and swept up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from reporting_stack.layout import StackError

NODE_ADDRESS = "10.200.0.1"
# What the kubelet would set for the whole machine: it finds them set already.
_SYSCTLS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}
# Where the programs keep what they find by fixed names.
_OWN_FOLDERS = (
    "/run",
    "/var/lib/kubelet",
    "/var/lib/cni",
    "/var/log/containers",
    "/var/log/pods",
    "/etc/cni",
)
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


def run_apart(*words: str) -> int:
    """This package's command in namespaces of its own; its exit status."""
    if os.getuid() != 0:
        raise StackError("a kubelet needs root: namespaces, mounts and control groups are made")
    command = [*_ENTER, sys.executable, "-m", "reporting_kubernetes", *words]
    return subprocess.run(command, check=False).returncode


def settle(work: Path) -> None:
    """Once inside: loopback, the node's own address, folders and sysctls."""
    _ip("link", "set", "lo", "up")
    # A pair, since packets for services have to leave by a link that answers for its neighbours.
    _ip("link", "add", "node0", "type", "veth", "peer", "name", "wire0")
    for name in ("node0", "wire0"):
        _ip("link", "set", name, "up")
    _ip("address", "add", f"{NODE_ADDRESS}/24", "dev", "node0")
    _ip("route", "add", "default", "via", "10.200.0.254", "dev", "node0")
    for index, path in enumerate(_OWN_FOLDERS):
        Path(path).mkdir(parents=True, exist_ok=True)
        own = work / "own" / str(index)
        own.mkdir(parents=True)
        _bind(own, Path(path))
    for name, value in _SYSCTLS.items():
        place = Path("/proc/sys") / name
        if place.read_text().strip() != value:
            file = work / name.replace("/", ".")
            file.write_text(f"{value}\n")
            _bind(file, place)


def groups_left() -> list[Path]:
    """Control groups that pods have left behind, the innermost first."""
    tops = [*_CGROUPS.glob("*/kubepods"), *_CGROUPS.glob("kubepods")]
    found = [Path(folder) for top in tops for folder, _, _ in os.walk(top)]
    return sorted(found, key=lambda path: -len(path.parts))


def sweep_groups(seconds: float = 15) -> list[Path]:
    """Removes those without processes, which take a moment to end; what is left after it."""
    limit = time.monotonic() + seconds
    while left := groups_left():
        for group in left:
            with suppress(OSError):
                group.rmdir()
        if time.monotonic() > limit:
            break
        time.sleep(0.2)
    return groups_left()


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


def _bind(source: Path, place: Path) -> None:
    subprocess.run(["mount", "--bind", str(source), str(place)], check=True)
