"""One stack put together: every part with its settings, and what supervisord is to run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reporting_stack.credentials import PROGRAMS, Credentials
from reporting_stack.files import read_json, write_json
from reporting_stack.layout import PYTHON, SERVICES, Home
from reporting_stack.parts import administration
from reporting_stack.parts.backup import Backup
from reporting_stack.parts.envoy import Gateway
from reporting_stack.parts.keycloak import Keycloak
from reporting_stack.parts.monitoring import Monitoring
from reporting_stack.parts.nats import Nats
from reporting_stack.parts.pki import Trust
from reporting_stack.parts.postgres import Postgres
from reporting_stack.parts.realm import REALM, Realm
from reporting_stack.parts.services import Services
from reporting_stack.parts.status_page import StatusPage
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program


@dataclass(frozen=True)
class Stack:
    home: Home
    ports: Ports

    @cached_property
    def credentials(self) -> Credentials:
        return Credentials.of(self.home)

    @cached_property
    def postgres(self) -> Postgres:
        return Postgres(self.home, self.ports, self.credentials)

    @cached_property
    def nats(self) -> Nats:
        return Nats(self.home, self.ports, self.credentials)

    @cached_property
    def keycloak(self) -> Keycloak:
        return Keycloak(self.home, self.ports, self.credentials)

    @cached_property
    def realm(self) -> Realm:
        door = administration.door(self.home, self.ports)
        return Realm(self.home, self.ports, self.credentials, door.url if door else "")

    @cached_property
    def gateway(self) -> Gateway:
        return Gateway(self.home, self.ports, self.credentials)

    @cached_property
    def trust(self) -> Trust:
        return Trust(self.home, self.ports)

    @cached_property
    def status_page(self) -> StatusPage:
        return StatusPage(self.home, self.ports)

    @cached_property
    def services(self) -> Services:
        return Services(self.home, self.ports, self.credentials, self.postgres, self.nats, self.trust)

    @cached_property
    def backup(self) -> Backup:
        return Backup(self.home, self.ports, self.credentials, self.postgres)

    @cached_property
    def monitoring(self) -> Monitoring:
        return Monitoring(self.home, self.ports, self.credentials, self.postgres, tuple(self.services.names))

    def programs(self, *extra: Program) -> list[Program]:
        """Everything supervisord runs. They start in any order; each waits for what it needs."""

        def sink(name: str, *arguments: str) -> Program:
            command = [str(PYTHON), "-m", f"reporting_stack.sinks.{name}", *arguments]
            return Program(name, command, {"MALLOC_ARENA_MAX": "2"}, stage=40)

        return [
            self.postgres.program(),
            *self.backup.programs(),
            self.nats.program(),
            self.keycloak.program(self.postgres),
            sink("smtp", self.home.name),
            sink("otlp", self.home.name),
            sink("trust", self.home.name),
            sink("static", str(self.ports.static)),
            self.gateway.program(),
            self.status_page.program(),
            *(self.services.program(name) for name in self.services.names),
            *self.monitoring.programs(),
            *extra,
        ]

    def facts(self) -> dict[str, Any]:
        """What stack.json says; the accounts are the demo's to write."""
        ports = self.ports
        gateway = ports.gateway_url
        services = {}
        for name in SERVICES:
            at = ports.service(name)
            services[name] = {
                "http": f"http://127.0.0.1:{at.http}",
                "grpc": f"127.0.0.1:{at.grpc}",
                "metrics": f"http://127.0.0.1:{at.metrics}",
            }
        return {
            "portal": gateway,
            "api": f"{gateway}/api",
            "openapi": f"{gateway}/api/docs",
            "status_page": self.status_page.url,
            "keycloak": {"url": f"{gateway}/auth", "realm": REALM},
            "nats": ports.nats_url,
            "smtp_inbox": f"http://127.0.0.1:{ports.smtp_inbox}",
            "traces": f"http://127.0.0.1:{ports.otlp_query}",
            "services": services,
            "prometheus": f"http://127.0.0.1:{ports.prometheus}" if self.monitoring.wanted else None,
            "databases": {name: self.postgres.url(name, name) for name in SERVICES},
            "accounts": read_json(self.home.accounts_file, []),
            "clients": [
                {"client_id": name, "secret": self.credentials.client(name), "roles": roles}
                for name, roles in PROGRAMS.items()
            ],
        }

    def write_facts(self, *, ready: bool) -> None:
        write_json(self.home.stack_file if ready else self.home.draft_file, self.facts())
