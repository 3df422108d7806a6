"""What measures the parts of a cluster: each shows its certificate to whoever reads its figures, and answers nobody in clear."""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from reporting_drill.checks import Findings
from reporting_stack.parts.inner_tls import InnerTls

from reporting_kubernetes.cluster.installation import Installation


@dataclass(frozen=True, slots=True)
class Told:
    """Where a part tells its figures (templates/observing/monitors.yaml)."""

    port: int
    path: str = "/metrics"


FIGURES = {
    "catalog": Told(8082),
    "gateway": Told(9901, "/stats/prometheus"),
    "nats": Told(8222, "/varz"),
    "figures": Told(9222),
}


def figures_over_tls(installation: Installation, findings: Findings) -> None:
    authority = InnerTls(installation.home.secrets / "inner-tls").authority
    for component, told in FIGURES.items():
        address = installation.address_of(installation.pods(component)[0])
        shown, clear = (_ask(address, component, told, believed) for believed in (authority, None))
        findings.check(f"{component} tells its figures over TLS", shown.startswith("200 "), shown)
        findings.check(f"{component} tells none in clear", not clear.startswith("200 "), clear)


def _ask(address: str, name: str, told: Told, believed: Path | None) -> str:
    """As Prometheus does: the pod by its address, its certificate by the part's name. Status and how much was told."""
    connection = http.client.HTTPConnection(name, told.port, timeout=5)
    try:
        there = socket.create_connection((address, told.port), 5)
        if believed is not None:
            there = ssl.create_default_context(cafile=believed).wrap_socket(there, server_hostname=name)
        connection.sock = there
        connection.request("GET", told.path)
        answer = connection.getresponse()
        return f"{answer.status} {len(answer.read())}"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
