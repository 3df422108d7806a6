"""Our images as containers in the place of a stack's own processes: same ports, same peers, nothing else of the machine.

Each gets a root file system it can't write, an account without rights, no capability, a bound on memory, and a folder
with the secrets it needs and no others.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting_stack.layout import SERVICES
from reporting_stack.stack import Stack

from reporting_images.catalogue import BESIDE, OURS, Image
from reporting_images.podman import RUN, inspect, podman

USER = 10001
MEMORY = {"catalog": "1g", "submission": "1g", "signing": "1g", "portal": "128m", "gateway": "256m"}
# Large uploads pass through the first; the gateway's rendered settings lie in the second.
MEMORY_FOLDERS = {"/tmp": "128m", "/run/gateway": "4m"}  # noqa: S108
# In the images these are where they are; the machine's own paths mean nothing there.
OF_THE_IMAGE = {"FILES_DIR", "SEAL_DIR", "PROFILES_DIR", "PKCS11_MODULE", "TOKENS_DIR"}
FILES = ("NATS_CREDENTIALS", "SERVICE_KEY_FILE", "SERVICE_JWKS_FILE", "TRUST_FILE")
SECRET = ("DATABASE_URL", "KEYCLOAK_CLIENT_SECRET")


@dataclass(frozen=True, slots=True)
class Container:
    image: Image
    stack: Stack

    @property
    def name(self) -> str:
        return f"reporting-{self.stack.home.name}-{self.image.name}"

    @property
    def folder(self) -> Path:
        return self.stack.home.root / "containers" / self.image.name

    @property
    def memory(self) -> str:
        return MEMORY.get(self.image.name, "512m")

    def start(self) -> None:
        podman(
            "run", "--detach", "--name", self.name, *RUN, "--network", "host",
            *("--read-only", "--read-only-tmpfs=false", "--cap-drop", "all"),
            *("--security-opt", "no-new-privileges", "--memory", self.memory, "--pids-limit", "256"),
            *self._memory_folders(),
            *self._given(), self.image.reference, *self._words(),
        )  # fmt: skip

    def again(self) -> None:
        podman("start", self.name)

    def remove(self) -> None:
        podman("rm", "--force", "--time", "40", "--ignore", self.name)

    def signal(self, name: str) -> None:
        podman("kill", "--signal", name, self.name)

    def wait(self) -> int:
        """Waits for its end; the exit status."""
        return int(podman("wait", self.name).splitlines()[-1])

    def state(self) -> dict[str, Any]:
        return inspect(self.name, kind="container")

    def run(self, *command: str) -> str:
        """What a command prints inside; empty when it fails."""
        return podman("exec", self.name, *command, check=False)

    def log(self) -> str:
        return podman("logs", "--tail", "20", self.name, check=False)

    @staticmethod
    def _memory_folders() -> list[str]:
        return [
            word
            for path, size in MEMORY_FOLDERS.items()
            for word in ("--tmpfs", f"{path}:rw,size={size},mode=1777")
        ]

    def _words(self) -> list[str]:
        return [str(self.stack.ports.static), "127.0.0.1"] if self.image.name == "portal" else []

    def _given(self) -> list[str]:
        shutil.rmtree(self.folder, ignore_errors=True)
        secrets = self.folder / "secrets"
        secrets.mkdir(parents=True)
        if self.image.name in SERVICES:
            environment, volumes = self._of_a_service(secrets)
        elif self.image.name == "gateway":
            environment, volumes = self._of_the_gateway(secrets), []
        else:
            environment, volumes = {}, []
        for path in (secrets, *secrets.iterdir()):
            os.chown(path, USER, USER)
            path.chmod(0o500 if path.is_dir() else 0o400)
        words = [word for name, value in environment.items() for word in ("--env", f"{name}={value}")]
        for volume in (f"{secrets}:/run/secrets:ro", *volumes):
            words += ["--volume", volume]
        return words

    def _of_a_service(self, secrets: Path) -> tuple[Mapping[str, str], list[str]]:
        name, home = self.image.name, self.stack.home
        environment = {"REPORTING_SECRETS_DIR": "/run/secrets"}
        for variable, value in self.stack.services.environment(name).items():
            short = variable.removeprefix("REPORTING_")
            if short in FILES:
                shutil.copyfile(value, secrets / Path(value).name)
                environment[variable] = f"/run/secrets/{Path(value).name}"
            elif short in SECRET:
                (secrets / variable.lower()).write_text(value)
            elif variable.startswith("REPORTING_") and short not in OF_THE_IMAGE:
                environment[variable] = value
        volumes = []
        for kind in ("files", "seals"):
            folder = home.data / kind / name
            _give(folder)
            volumes.append(f"{folder}:/data/{kind}")
        if name == "signing":
            # As from a Secret of a cluster: the same tokens for every copy, and none may write them.
            tokens = self.folder / "tokens"
            shutil.copytree(self.stack.trust.tokens, tokens)
            _give(tokens)
            volumes.append(f"{tokens}:/tokens:ro")
        return environment, volumes

    def _of_the_gateway(self, secrets: Path) -> Mapping[str, str]:
        ports, credentials = self.stack.ports, self.stack.credentials
        (secrets / "portal-secret").write_text(credentials.client("portal"))
        (secrets / "session-key").write_text(credentials["oauth-hmac"])
        here = "127.0.0.1"
        upstreams = {"keycloak": ports.keycloak, "static": ports.static}
        found = {name: f"{here}:{port}" for name, port in upstreams.items()}
        for name in SERVICES:
            at = ports.service(name)
            found[name] = f"{here}:{at.http}:{at.metrics}"
        return {
            "REPORTING_STACK": self.stack.home.name,
            "REPORTING_PORTAL_URL": ports.gateway_url,
            "REPORTING_LISTEN": f"{here}:{ports.gateway}",
            "REPORTING_UPSTREAMS": json.dumps(found),
            "REPORTING_OTLP_ENDPOINT": f"http://{here}:{ports.otlp}",
            "REPORTING_PORTAL_SECRET_FILE": "/run/secrets/portal-secret",
            "REPORTING_SESSION_KEY_FILE": "/run/secrets/session-key",
        }


def _give(folder: Path) -> None:
    """The folder and all in it belong to the account of the images from now on."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, USER)


def containers_of(stack: Stack) -> dict[str, Container]:
    return {image.name: Container(image, stack) for image in OURS if image.name not in BESIDE}
