"""The Secrets the chart refers to: keys, passwords and accounts of one installation, as manifests.

They are made once, kept under the name of an installation as those of a stack are, and printed the same again. What only
its owner can give is not among them: the certificate of the gateway, the tokens of the signers, the key of the backup's
store (deploy/helm/README.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reporting_stack.credentials import Credentials
from reporting_stack.layout import SERVICES, Home
from reporting_stack.parts.inner_tls import InnerTls
from reporting_stack.parts.keycloak import ADMIN_CLIENT
from reporting_stack.parts.nats import Nats, Place
from reporting_stack.parts.service_keys import ServiceKeys
from reporting_stack.ports import Ports

# The chart says where the broker listens; accounts that come later are kept on its volume.
IN_A_POD = Place(
    listen="0.0.0.0:4222",
    monitor="0.0.0.0:8222",
    store=Path("/data/jetstream"),
    resolver=Path("/data/accounts"),
)
Manifest = dict[str, Any]
# Under which names each part is reached, and so known: its Service, and the one that names its copies.
CERTIFIED = {
    **{name: [name, f"{name}-copies"] for name in SERVICES},
    **{name: [name] for name in ("gateway", "portal", "keycloak", "figures", "files-backup")},
    # Each server of the broker by its own name: a wildcard of one label is believed by some and not by others.
    "nats": ["nats", *(f"nats-{number}.nats" for number in range(5))],
    # The installation's own, in a namespace of its own: its Secret is taken there.
    "collector": ["otel-collector.monitoring"],
}


def manifests(home: Home) -> list[Manifest]:
    home.make()
    credentials = Credentials.of(home)
    broker = Nats(home, Ports(0), credentials, IN_A_POD)
    broker.prepare()
    keys = ServiceKeys.of(home)
    keys.prepare(SERVICES)
    inner = InnerTls(home.secrets / "inner-tls")
    inner.prepare(CERTIFIED)
    roles = [*SERVICES, *(f"{name}_owner" for name in SERVICES), "keycloak"]
    return [
        secret(
            "service-keys",
            {keys.private(name).name: keys.private(name).read_text() for name in SERVICES}
            | {keys.public.name: keys.public.read_text()},
        ),
        *(_certified(inner, part) for part in CERTIFIED),
        *(_login(role, credentials.database(role)) for role in roles),
        secret(
            "nats-accounts",
            {f"{name}.creds": broker.credentials_of(name).read_text() for name in SERVICES}
            | {"server.conf": (home.config / "nats-accounts.conf").read_text()},
        ),
        secret("keycloak-admin", {"client-id": ADMIN_CLIENT, "client-secret": credentials["keycloak-admin"]}),
        secret(
            "login-clients",
            {name: credentials.client(name) for name in ("portal", "identity-admin")}
            | {"session-key": credentials["oauth-hmac"]},
        ),
    ]


def _certified(inner: InnerTls, part: str) -> Manifest:
    content = {
        "tls.crt": inner.certificate(part).read_text(),
        "tls.key": inner.key(part).read_text(),
        "ca.crt": inner.authority.read_text(),
    }
    return secret(f"inner-tls-{part}", content, kind="kubernetes.io/tls")


def _login(role: str, password: str) -> Manifest:
    content = {"username": role, "password": password}
    return secret(f"database-{role.replace('_', '-')}", content, kind="kubernetes.io/basic-auth")


def secret(name: str, content: dict[str, str], *, kind: str = "Opaque") -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "reporting"}},
        "type": kind,
        "stringData": content,
    }
