"""NATS with JetStream: one account for the services, one for each outside subscriber.

Accounts are JWTs in the server's own resolver, so subscribers come and go without a restart. A service
may publish only its own events; a subscriber sees only `outside.<its name>.>`, imported into its account.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import nkeys

from reporting_stack.credentials import Credentials
from reporting_stack.files import read_json, write_json, write_private
from reporting_stack.layout import SERVICES, VENV, Home
from reporting_stack.parts import nats_jwt as jwt
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

GIB = 1024**3
INTERNAL_DISK = 20 * GIB
# What JetStream's clients ask of the server; deleting and purging is left to the operator.
JETSTREAM = (
    "$JS.API.INFO",
    "$JS.API.STREAM.INFO.>",
    "$JS.API.STREAM.NAMES",
    "$JS.API.STREAM.LIST",
    "$JS.API.STREAM.CREATE.>",
    "$JS.API.STREAM.UPDATE.>",
    "$JS.API.STREAM.MSG.GET.>",
    "$JS.API.DIRECT.GET.>",
    "$JS.API.CONSUMER.CREATE.>",
    "$JS.API.CONSUMER.DURABLE.CREATE.>",
    "$JS.API.CONSUMER.INFO.>",
    "$JS.API.CONSUMER.NAMES.>",
    "$JS.API.CONSUMER.LIST.>",
    "$JS.API.CONSUMER.MSG.NEXT.>",
    "$JS.ACK.>",
    "$JS.FC.>",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens and keeps its data; on one machine this is the stack's own folder."""

    listen: str
    monitor: str
    store: Path
    resolver: Path
    # Certificate and key that clients and who asks the monitor are shown; in clear without them.
    tls: tuple[Path, Path] | None = None


@dataclass(frozen=True, slots=True)
class Nats:
    home: Home
    ports: Ports
    credentials: Credentials
    elsewhere: Place | None = None

    @property
    def folder(self) -> Path:
        return self.home.secrets / "nats"

    @property
    def resolver(self) -> Path:
        return self.home.data / "nats-accounts"

    def credentials_of(self, name: str) -> Path:
        return self.folder / f"{name}.creds"

    def keys(self) -> dict[str, str]:
        path = self.folder / "keys.json"
        keys: dict[str, str] = read_json(path, {})
        wanted = {
            "operator": nkeys.PREFIX_BYTE_OPERATOR,
            "system": nkeys.PREFIX_BYTE_ACCOUNT,
            "internal": nkeys.PREFIX_BYTE_ACCOUNT,
            "user/system": nkeys.PREFIX_BYTE_USER,
            **{f"user/{name}": nkeys.PREFIX_BYTE_USER for name in SERVICES},
        }
        missing = {name: prefix for name, prefix in wanted.items() if name not in keys}
        if missing:
            keys |= {name: jwt.new_seed(prefix) for name, prefix in missing.items()}
            write_json(path, keys)
        return keys

    def prepare(self) -> None:
        """Writes keys, account claims, users' credentials and the server's settings."""
        keys = {name: jwt.Key(seed) for name, seed in self.keys().items()}
        operator, system, internal = keys["operator"], keys["system"], keys["internal"]
        exports = [{"name": "outside", "subject": "outside.>", "type": "stream"}]
        accounts = {
            system: self._lasting("system", jwt.account(system, "system", operator)),
            internal: self._lasting(
                "internal",
                jwt.account(
                    internal,
                    "internal",
                    operator,
                    disk_bytes=INTERNAL_DISK,
                    memory_bytes=GIB // 4,
                    exports=exports,
                ),
            ),
        }
        for key, token in accounts.items():
            write_private(self.resolver / f"{key.public}.jwt", token)
        self._user("system", keys["user/system"], system, None, None)
        for name in SERVICES:
            own = [f"reporting.{name}.>", *(["outside.>"] if name == "notify" else [])]
            self._user(name, keys[f"user/{name}"], internal, [*own, *JETSTREAM], ["_INBOX.>", "reporting.>"])
        known = self._known(operator, system, accounts)
        write_private(self.home.config / "nats.conf", self._settings() + known)
        # The same for a server whose other settings are written elsewhere.
        write_private(self.home.config / "nats-accounts.conf", known)

    def _user(
        self, name: str, key: jwt.Key, of: jwt.Key, publish: list[str] | None, subscribe: list[str] | None
    ) -> None:
        token = jwt.user(key, name, of, publish=publish, subscribe=subscribe)
        lasting = self._lasting(f"user-{name}", token)
        write_private(self.credentials_of(name), jwt.credentials_file(lasting, key))

    def _lasting(self, name: str, token: str) -> str:
        """The one that was given out before, if it says the same: who holds it need not be given another."""
        path = self.folder / "tokens" / f"{name}.jwt"
        if path.is_file() and jwt.say_the_same(path.read_text(encoding="utf-8"), token):
            return path.read_text(encoding="utf-8")
        write_private(path, token)
        return token

    @property
    def _place(self) -> Place:
        return self.elsewhere or Place(
            listen=f"127.0.0.1:{self.ports.nats}",
            monitor=f"127.0.0.1:{self.ports.nats_monitor}",
            store=self.home.data / "nats",
            resolver=self.resolver,
        )

    def _settings(self) -> str:
        place = self._place
        return f"""server_name: {_quoted(f"reporting-{self.home.name}")}
listen: {_quoted(place.listen)}
{"https" if place.tls else "http"}: {_quoted(place.monitor)}
max_payload: 1MB
jetstream {{
  store_dir: {_quoted(place.store)}
  max_memory_store: 256MB
  max_file_store: 40GB
  # An event that was acknowledged is on the disk.
  sync_interval: always
}}
{self._encrypted()}"""

    def _encrypted(self) -> str:
        if self._place.tls is None:
            return ""
        certificate, key = map(_quoted, self._place.tls)
        return f'tls {{\n  cert_file: {certificate}\n  key_file: {key}\n  min_version: "1.2"\n}}\n'

    def _known(self, operator: jwt.Key, system: jwt.Key, accounts: dict[jwt.Key, str]) -> str:
        preloaded = "\n".join(f"  {key.public}: {_quoted(token)}" for key, token in accounts.items())
        return f"""operator: {_quoted(self._lasting("operator", jwt.operator(operator, system.public)))}
system_account: {system.public}
resolver {{
  type: full
  dir: {_quoted(self._place.resolver)}
  allow_delete: true
  interval: "2m"
}}
resolver_preload {{
{preloaded}
}}
"""

    def program(self) -> Program:
        command = [str(VENV / "bin" / "nats-server"), "-c", str(self.home.config / "nats.conf")]
        # SIGUSR2 is the server's "lame duck", which waits minutes; TERM stops it in order at once.
        return Program("nats", command, {"GOMEMLIMIT": "200MiB"}, stage=20)


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
