"""The addresses of one stack: a base and fixed distances from it."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

from reporting_stack.files import read_json, write_json
from reporting_stack.layout import SERVICES, Home, StackError, stacks

DEFAULT_BASE = 18000
STEP = 100
SPAN = 40
ATTEMPTS = 60


@dataclass(frozen=True, slots=True)
class ServicePorts:
    http: int
    grpc: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Ports:
    base: int

    @property
    def gateway(self) -> int:
        return self.base

    @property
    def keycloak(self) -> int:
        return self.base + 1

    @property
    def keycloak_management(self) -> int:
        return self.base + 2

    @property
    def postgres(self) -> int:
        return self.base + 3

    @property
    def postgres_host(self) -> str:
        return "127.0.0.1"

    @property
    def nats(self) -> int:
        return self.base + 4

    @property
    def nats_monitor(self) -> int:
        return self.base + 5

    @property
    def nats_monitor_url(self) -> str:
        return f"http://127.0.0.1:{self.nats_monitor}"

    @property
    def smtp(self) -> int:
        return self.base + 6

    @property
    def smtp_inbox(self) -> int:
        return self.base + 7

    @property
    def otlp(self) -> int:
        return self.base + 8

    @property
    def otlp_query(self) -> int:
        return self.base + 9

    @property
    def static(self) -> int:
        return self.base + 10

    @property
    def trust(self) -> int:
        return self.base + 11

    @property
    def status(self) -> int:
        return self.base + 12

    @property
    def administration(self) -> int:
        return self.base + 19

    @property
    def backup_metrics(self) -> int:
        return self.base + 35

    @property
    def prometheus(self) -> int:
        return self.base + 13

    @property
    def alertmanager(self) -> int:
        return self.base + 14

    @property
    def gateway_figures(self) -> int:
        return self.base + 15

    @property
    def postgres_figures(self) -> int:
        return self.base + 16

    @property
    def nats_figures(self) -> int:
        return self.base + 17

    def service(self, name: str) -> ServicePorts:
        first = self.base + 20 + 3 * SERVICES.index(name)
        return ServicePorts(first, first + 1, first + 2)

    def all(self) -> list[int]:
        services = range(self.base + 20, self.base + 20 + 3 * len(SERVICES))
        return [*range(self.base, self.base + 18), self.administration, *services, self.backup_metrics]

    @property
    def gateway_url(self) -> str:
        return f"http://localhost:{self.gateway}"

    @property
    def issuer(self) -> str:
        return f"{self.gateway_url}/auth/realms/reporting"

    @property
    def keycloak_url(self) -> str:
        return f"http://127.0.0.1:{self.keycloak}/auth"

    @property
    def jwks_url(self) -> str:
        return f"{self.keycloak_url}/realms/reporting/protocol/openid-connect/certs"

    @property
    def nats_url(self) -> str:
        return f"nats://127.0.0.1:{self.nats}"

    @property
    def trust_url(self) -> str:
        return f"http://127.0.0.1:{self.trust}"


def recorded(home: Home) -> Ports | None:
    """The ports the stack had when it was last up."""
    if not home.ports_file.is_file():
        return None
    return Ports(int(read_json(home.ports_file)["base"]))


def is_free(port: int) -> bool:
    # SO_REUSEADDR lets a port in TIME_WAIT count as free, as the servers themselves do.
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
    return True


def choose(home: Home, wanted: int | None) -> tuple[Ports, str | None]:
    """Ports for a stack that isn't running, and a sentence if they aren't the wanted ones.

    The bases of this checkout's other stacks are left alone even while they are down.
    """
    last = recorded(home)
    first = wanted or (last.base if last else DEFAULT_BASE)
    others = {ports.base for other in stacks() if other != home and (ports := recorded(other))}
    for base in range(first, first + STEP * ATTEMPTS, STEP):
        if base + SPAN > 65535:
            break
        if base != first and any(abs(base - other) < SPAN for other in others):
            continue
        if base == first and wanted is None and last is None and base in others:
            continue
        if all(is_free(port) for port in Ports(base).all()):
            said = None if base == first else f"ports from {first} are taken, using {base}"
            return Ports(base), said
    raise StackError(f"no free ports from {first} on; give PORT_BASE=n")


def record(home: Home, ports: Ports) -> None:
    write_json(home.ports_file, {"base": ports.base})
