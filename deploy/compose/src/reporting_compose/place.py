"""Where everything is on that server: names of containers instead of ports of one machine."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reporting_stack.layout import Home
from reporting_stack.ports import Ports

HOME = Home.named("server")
# The folder of PostgreSQL's socket in every container that may ask it.
SOCKET = "/run/postgresql"


@dataclass(frozen=True, slots=True)
class ServerPorts(Ports):
    """The same questions as on one machine, answered for the networks of compose.yaml."""

    base: int = 0

    @property
    def postgres(self) -> int:
        return 5432

    @property
    def postgres_host(self) -> str:
        return SOCKET

    @property
    def nats(self) -> int:
        return 4222

    @property
    def nats_monitor(self) -> int:
        return 8222

    @property
    def gateway_url(self) -> str:
        return os.environ["REPORTING_PORTAL_URL"].rstrip("/")

    @property
    def keycloak_url(self) -> str:
        return "https://keycloak:8443/auth"
