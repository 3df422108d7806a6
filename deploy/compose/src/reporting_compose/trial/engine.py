"""Docker's engine in namespaces of its own, and `docker compose` in front of it: nothing of the machine's own is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reporting_drill.checks import eventually
from reporting_stack.layout import DEPLOY, StackError
from reporting_stack.prepare.system import Need, install, program

NEEDS = (
    Need("docker.io", "the engine that runs the containers", program("dockerd")),
    Need("iproute2", "links and addresses", program("ip")),
)
# Where the engine keeps what it finds by fixed names.
FOLDERS = ("/run",)
GROUPS = "docker"
FILE, TRIAL = DEPLOY / "compose" / "compose.yaml", DEPLOY / "compose" / "trial.yaml"
_BUILD = DEPLOY / "compose" / "tools" / "build.sh"
_SOCKET = "unix:///run/docker.sock"
_READY_SECONDS = 60
_SETTLED_SECONDS = 420


def prepare() -> None:
    install(NEEDS)
    for name in ("docker-compose", "collector"):
        built(name)


@cache
def built(name: str) -> str:
    """The program of that name, built now if it wasn't."""
    done = subprocess.run(["sh", str(_BUILD), name], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise StackError(f"building {name} failed; Go and its module proxy are needed")
    return done.stdout.strip().splitlines()[-1]


@dataclass(frozen=True, slots=True)
class Engine:
    settings: Path
    """The .env file."""

    def docker(self, *words: str, check: bool = True) -> str:
        return _run(["docker", *words], check=check)

    def compose(self, *words: str, check: bool = True) -> str:
        files = ["--file", str(FILE), "--file", str(TRIAL), "--env-file", str(self.settings)]
        return _run([built("docker-compose"), *files, "--progress", "plain", *words], check=check)

    def parts(self) -> dict[str, dict[str, Any]]:
        """Every container by its service's name, those that have ended too."""
        lines = self.compose("ps", "--all", "--no-trunc", "--format", "json").splitlines()
        return {one["Service"]: one for one in map(json.loads, lines)}

    def services(self) -> list[str]:
        return self.compose("config", "--services").splitlines()

    def unsettled(self) -> dict[str, str]:
        """What isn't as it should be: running and well, or ended well if it was to end."""
        wrong = {}
        for name, one in self.parts().items():
            ends = name.startswith("migrate-") or name in ("databases", "realm")
            well = one["State"] == "exited" and one["ExitCode"] == 0 if ends else one["State"] == "running"
            if not well or one["Health"] not in ("", "healthy"):
                wrong[name] = f"{one['State']} {one['Health']} {one['ExitCode']}"
        return wrong

    def settle(self) -> bool:
        """Whether all parts are as they should be within the time that a first start may take."""
        return eventually(lambda: not self.unsettled(), _SETTLED_SECONDS)

    def inside(self, service: str, *words: str) -> str:
        """What a command prints in a running container; empty when it fails."""
        return self.compose("exec", "--no-TTY", service, *words, check=False)

    def volume(self, name: str) -> Path:
        """Where the engine keeps it on its own machine."""
        return Path(self.docker("volume", "inspect", "--format", "{{.Mountpoint}}", f"reporting_{name}"))

    def address(self, service: str) -> str:
        """Where the container is reached from the engine's own machine."""
        (found,) = json.loads(self.docker("inspect", self.parts()[service]["Name"]))
        networks = found["NetworkSettings"]["Networks"].values()
        return next(str(one["IPAddress"]) for one in networks if one["IPAddress"])


@contextmanager
def running(work: Path, settings: Mapping[str, str]) -> Iterator[Engine]:
    """From nothing; inside the namespaces of `apart`. What it has started is ended with it."""
    path = work / "server.env"
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    os.environ["DOCKER_HOST"] = _SOCKET
    command = [
        shutil.which("dockerd") or "dockerd",
        *("--data-root", str(work / "docker"), "--exec-root", "/run/docker", "--host", _SOCKET),
        *("--pidfile", "/run/docker.pid", "--storage-driver", "overlay2"),
        *("--exec-opt", "native.cgroupdriver=cgroupfs"),
    ]
    engine = Engine(path)
    with (work / "dockerd.log").open("wb") as log:
        daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            _until_ready(engine, daemon, work / "dockerd.log")
            yield engine
        finally:
            daemon.terminate()
            daemon.wait(60)


def _until_ready(engine: Engine, daemon: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + _READY_SECONDS
    while daemon.poll() is None and time.monotonic() < limit:
        if engine.docker("version", check=False):
            return
        time.sleep(0.5)
    raise StackError(f"Docker's engine didn't start:\n{log.read_text(errors='replace')[-1500:]}")


def _run(command: list[str], *, check: bool) -> str:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode and check:
        raise StackError(f"{' '.join(command[-6:])} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")
    return done.stdout.strip() if done.returncode == 0 else ""
