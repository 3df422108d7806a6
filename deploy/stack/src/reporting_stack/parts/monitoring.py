"""Prometheus and Alertmanager over this stack, on the loopback address: only while they are wanted.

What they judge by is deploy/monitoring, the same files as in production; here only the addresses are written.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reporting_stack.credentials import MONITOR, Credentials
from reporting_stack.files import write_json, write_private
from reporting_stack.layout import DEPLOY, Home
from reporting_stack.parts.postgres import Postgres
from reporting_stack.ports import Ports
from reporting_stack.prepare.monitoring import program
from reporting_stack.supervise import Program

SOURCE = DEPLOY / "monitoring"
NAMES = ("prometheus", "alertmanager", "figures-postgres", "figures-nats")


@dataclass(frozen=True, slots=True)
class Monitoring:
    home: Home
    ports: Ports
    credentials: Credentials
    postgres: Postgres
    services: tuple[str, ...]

    @property
    def wanted_mark(self) -> Path:
        """Lies there from `bin/reporting monitoring` until `bin/reporting monitoring --off`."""
        return self.home.root / "monitoring"

    @property
    def wanted(self) -> bool:
        return self.wanted_mark.is_file()

    @property
    def folder(self) -> Path:
        return self.home.config / "monitoring"

    def prepare(self) -> None:
        (self.folder / "targets").mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / "prometheus.yaml", self.folder / "prometheus.yaml")
        shutil.copytree(SOURCE / "rules", self.folder / "rules", dirs_exist_ok=True)
        for job, targets in self._targets().items():
            write_json(self.folder / "targets" / f"{job}.json", targets)
        settings = yaml.safe_load((SOURCE / "alertmanager.yaml").read_text(encoding="utf-8"))
        # On loopback nothing is encrypted.
        settings["global"] |= {"smtp_smarthost": f"127.0.0.1:{self.ports.smtp}", "smtp_require_tls": False}
        write_private(self.folder / "alertmanager.yaml", yaml.safe_dump(settings, allow_unicode=True))
        write_private(self._password_file, self.credentials.database(MONITOR))

    def _targets(self) -> dict[str, list[dict[str, Any]]]:
        ports = self.ports
        alone = {
            "gateway": ports.gateway_figures,
            "keycloak": ports.keycloak_management,
            "postgres": ports.postgres_figures,
            "nats": ports.nats_figures,
            "backup": ports.backup_metrics,
            "alertmanager": ports.alertmanager,
        }
        return {
            "services": [_target(ports.service(name).metrics, service=name) for name in self.services],
            **{job: [_target(port)] for job, port in alone.items()},
        }

    @property
    def _password_file(self) -> Path:
        return self.home.secrets / "figures-postgres"

    def programs(self) -> list[Program]:
        if not self.wanted:
            return []
        ports, data = self.ports, self.home.data
        prometheus = [
            program("prometheus"),
            f"--config.file={self.folder / 'prometheus.yaml'}",
            f"--storage.tsdb.path={data / 'prometheus'}",
            # The error budget looks back over 30 days.
            "--storage.tsdb.retention.time=35d",
            "--enable-feature=exemplar-storage",
            f"--web.listen-address=127.0.0.1:{ports.prometheus}",
            "--web.enable-lifecycle",
        ]
        alertmanager = [
            program("prometheus-alertmanager"),
            f"--config.file={self.folder / 'alertmanager.yaml'}",
            f"--storage.path={data / 'alertmanager'}",
            f"--web.listen-address=127.0.0.1:{ports.alertmanager}",
            # One copy: nothing listens for others.
            "--cluster.listen-address=",
        ]
        exporter = [
            program("prometheus-postgres-exporter"),
            f"--web.listen-address=127.0.0.1:{ports.postgres_figures}",
            f"--extend.query-path={SOURCE / 'postgres-queries.yaml'}",
            # Its own questions are those of older servers.
            "--disable-default-metrics",
            "--disable-settings-metrics",
            "--no-collector.database",
            "--no-collector.bgwriter",
        ]
        access = {
            "DATA_SOURCE_URI": f"127.0.0.1:{ports.postgres}/postgres?sslmode=disable",
            "DATA_SOURCE_USER": MONITOR,
            "DATA_SOURCE_PASS_FILE": str(self._password_file),
        }
        broker = [
            sys.executable,
            "-m",
            "reporting_stack.sinks.broker",
            str(ports.nats_figures),
            ports.nats_monitor_url,
        ]
        after = [self.postgres.ready_condition]
        return [
            Program("prometheus", prometheus, {"GOMEMLIMIT": "300MiB"}, stage=80),
            Program("alertmanager", alertmanager, stage=80),
            Program("figures-postgres", exporter, access, after=after, stage=80),
            Program("figures-nats", broker, {"MALLOC_ARENA_MAX": "2"}, stage=80),
        ]


def _target(port: int, **labels: str) -> dict[str, Any]:
    return {"targets": [f"127.0.0.1:{port}"], "labels": labels}
