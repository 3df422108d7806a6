"""TLS between the parts of an installation: one authority, and a certificate for each service.

On loopback and at a UNIX socket nothing is encrypted. Anywhere else a service shows its certificate and asks for its peer's
(gRPC, HTTP), and trusts the installation's authority alone (database, bus).
"""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import grpc
from cryptography.x509 import load_pem_x509_certificate


def is_loopback(host: str) -> bool:
    """`host` as it stands in a setting: a name or an address, without a port."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM; they are read when a server or a connection is made."""

    certificate: Path
    key: Path
    authority: Path

    def ends_at(self) -> datetime:
        """When the certificate that peers are shown ends."""
        return load_pem_x509_certificate(self.certificate.read_bytes()).not_valid_after_utc

    def grpc_server(self) -> grpc.ServerCredentials:
        """Refuses a caller without a certificate of the authority."""
        pair = (self.key.read_bytes(), self.certificate.read_bytes())
        return grpc.ssl_server_credentials([pair], self.authority.read_bytes(), require_client_auth=True)

    def grpc_channel(self) -> grpc.ChannelCredentials:
        return grpc.ssl_channel_credentials(
            self.authority.read_bytes(), self.key.read_bytes(), self.certificate.read_bytes()
        )

    def http_server(self, *, asks_for_certificate: bool) -> dict[str, Any]:
        """Options of uvicorn. Only the port for probes and metrics asks for no certificate."""
        return {
            "ssl_certfile": str(self.certificate),
            "ssl_keyfile": str(self.key),
            "ssl_ca_certs": str(self.authority),
            "ssl_cert_reqs": ssl.CERT_REQUIRED if asks_for_certificate else ssl.CERT_NONE,
        }

    def client(self) -> ssl.SSLContext:
        """For the database, the bus and the login: their certificate and their name are checked."""
        context = ssl.create_default_context(cafile=str(self.authority))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(str(self.certificate), str(self.key))
        return context


def client_context(url: str, tls: Tls | None) -> ssl.SSLContext | None:
    """How to reach the server at `url`: in clear on loopback (but at tls://), at a socket of this machine (no host
    stands in the address), or where there is no TLS."""
    parts = urlsplit(url)
    in_clear = parts.hostname is None or (is_loopback(parts.hostname) and parts.scheme != "tls")
    return None if tls is None or in_clear else tls.client()


def database_context(url: str, tls: Tls | None) -> ssl.SSLContext | None:
    """As `client_context`; but where libpq's own variables say it, they do: a database may have another authority."""
    return None if os.environ.get("PGSSLMODE") else client_context(url, tls)
