"""The five services: what each finds in its environment, how it is migrated and started."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from reporting_stack.credentials import OPERATOR, Credentials
from reporting_stack.files import read_json, write_json
from reporting_stack.layout import PYTHON, ROOT, SERVICES, Home, StackError, existing_services
from reporting_stack.parts.nats import Nats
from reporting_stack.parts.pki import Trust
from reporting_stack.parts.postgres import Postgres
from reporting_stack.parts.realm import AUDIENCE, REALM
from reporting_stack.parts.service_keys import ServiceKeys
from reporting_stack.ports import Ports
from reporting_stack.prepare import steps
from reporting_stack.supervise import Program

_one_writer = threading.Lock()
SENDER = "khong-tra-loi@baocao.example.vn"


@dataclass(frozen=True, slots=True)
class Services:
    home: Home
    ports: Ports
    credentials: Credentials
    postgres: Postgres
    nats: Nats
    trust: Trust

    @property
    def names(self) -> list[str]:
        return existing_services()

    @property
    def keys(self) -> ServiceKeys:
        return ServiceKeys.of(self.home)

    def prepare(self) -> None:
        """Makes the services' signing keys and folders."""
        self.keys.prepare(SERVICES)
        for name in SERVICES:
            (self.home.data / "files" / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.home.data / "seals" / name).mkdir(mode=0o700, parents=True, exist_ok=True)

    def environment(self, name: str) -> dict[str, str]:
        ports = self.ports.service(name)
        peers = {peer: f"127.0.0.1:{self.ports.service(peer).grpc}" for peer in SERVICES if peer != name}
        common = {
            "STACK": self.home.name,
            "HOST": "127.0.0.1",
            "HTTP_PORT": str(ports.http),
            "GRPC_PORT": str(ports.grpc),
            "METRICS_PORT": str(ports.metrics),
            "DATABASE_URL": self.postgres.url(name, name, driver="+asyncpg"),
            "NATS_URL": self.ports.nats_url,
            "NATS_CREDENTIALS": str(self.nats.credentials_of(name)),
            "ISSUER": self.ports.issuer,
            "JWKS_URL": self.ports.jwks_url,
            "AUDIENCE": AUDIENCE,
            "SERVICE_KEY_FILE": str(self.keys.private(name)),
            "SERVICE_JWKS_FILE": str(self.keys.public),
            "PEERS": json.dumps(peers),
            "FILES_DIR": str(self.home.data / "files" / name),
            "SEAL_DIR": str(self.home.data / "seals" / name),
            "OTLP_ENDPOINT": f"http://127.0.0.1:{self.ports.otlp}",
            "LOG_LEVEL": "INFO",
            "PROFILES_DIR": str(ROOT / "profiles"),
            **self._own(name),
        }
        return {f"REPORTING_{key}": value for key, value in common.items()} | self._library(name)

    def _own(self, name: str) -> dict[str, str]:
        if name == "identity":
            return {
                "KEYCLOAK_URL": self.ports.keycloak_url,
                "KEYCLOAK_REALM": REALM,
                "KEYCLOAK_CLIENT_ID": "identity-admin",
                "KEYCLOAK_CLIENT_SECRET": self.credentials.client("identity-admin"),
            }
        if name == "notify":
            return {
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(self.ports.smtp),
                "SMTP_FROM": SENDER,
                "PORTAL_URL": self.ports.gateway_url,
            }
        if name == "signing":
            return {
                "PKCS11_MODULE": str(self.trust.module()),
                "TOKENS_DIR": str(self.trust.tokens),
                "TSA_URL": f"{self.ports.trust_url}/tsa",
                "TRUST_FILE": str(self.trust.root_file),
                "PORTAL_URL": self.ports.gateway_url,
            }
        return {}

    def _library(self, name: str) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.trust.token_settings)} if name == "signing" else {}

    def mark(self, name: str) -> Path:
        return self.home.marks / f"migrated-{name}"

    def program(self, name: str) -> Program:
        return Program(
            name,
            [str(PYTHON), "-m", f"{name}.main"],
            {**self.environment(name), "MALLOC_ARENA_MAX": "2"},
            after=[f"file:{self.mark(name)}"],
            stage=70,
            stop_seconds=30,
        )

    def migrate(self, name: str) -> None:
        """Brings the service's database to what its code expects, with the owner's role.

        What was done is remembered with the data, so a start with nothing new is quick.
        """
        wanted = steps.digest([ROOT / "services" / name, ROOT / "libs" / "kit"])
        done: dict[str, str] = read_json(self._migrated, {})
        if done.get(name) != wanted:
            owner = self.postgres.url(name, f"{name}_owner", driver="+asyncpg")
            self.manage(name, "migrate", REPORTING_OWNER_DATABASE_URL=owner)
            if name == "identity":
                # The first account of a stack: without it nobody could make the others.
                self.manage(name, "bootstrap-operator", "--username", OPERATOR)
            with _one_writer:
                write_json(self._migrated, {**read_json(self._migrated, {}), name: wanted})
        self.mark(name).touch(mode=0o600)

    @property
    def _migrated(self) -> Path:
        return self.home.data / "migrated.json"

    def manage(self, name: str, *words: str, **more: str) -> None:
        done = subprocess.run(
            [str(PYTHON), "-m", f"{name}.manage", *words],
            cwd=ROOT / "services" / name,
            env={**os.environ, **self.environment(name), **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        log = self.home.logs / f"{name}-{words[0]}.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip())[-1500:]
            raise StackError(f"{name}: {words[0]} failed: {last}")
