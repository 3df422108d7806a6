"""Continuous backup of this stack: two WAL receivers, each into a place of its own, and the process that seals.

On with BACKUP=yes, off with BACKUP=no; without either it stays as it was. The places stand for two other
machines: give folders on other disks by BACKUP_A and BACKUP_B. The private key lies among the stack's secrets,
so that restores can be tested here; whoever runs more than a demo takes a copy of it to a safe.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting_backup.sealing import new_identity
from reporting_backup.settings import Listening, Settings

from reporting_stack.credentials import Credentials
from reporting_stack.files import read_json, write_json, write_private
from reporting_stack.layout import PYTHON, SERVICES, Home, StackError
from reporting_stack.parts.postgres import BACKUP_ROLE, Postgres
from reporting_stack.parts.service_keys import ServiceKeys
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

RECEIVERS = ("receiver_a", "receiver_b")


@dataclass(frozen=True, slots=True)
class Backup:
    home: Home
    ports: Ports
    credentials: Credentials
    postgres: Postgres

    @property
    def settings_file(self) -> Path:
        return self.home.config / "backup.json"

    @property
    def _places_file(self) -> Path:
        """Where the places are; the backup is on while it is there."""
        return self.home.root / "backup-places.json"

    @property
    def is_on(self) -> bool:
        return self._places_file.is_file()

    @property
    def receivers(self) -> tuple[str, ...]:
        return RECEIVERS if self.is_on else ()

    def choose(self, *, running: bool) -> None:
        """Takes what the operator wants from the environment."""
        wanted = os.environ.get("BACKUP")
        if running and wanted in ("yes", "no") and self.is_on != (wanted == "yes"):
            raise StackError(
                "PostgreSQL learns of its receivers when it starts: stop the stack first (make down)"
            )
        if wanted == "no":
            self._places_file.unlink(missing_ok=True)
        if wanted == "yes" or (self.is_on and wanted != "no"):
            known: dict[str, str] = read_json(self._places_file, {})
            for receiver, variable, folder in zip(RECEIVERS, ("BACKUP_A", "BACKUP_B"), "ab", strict=True):
                given = (
                    os.environ.get(variable) or known.get(receiver) or str(self.home.root / "backup" / folder)
                )
                known[receiver] = str(Path(given).absolute())
            write_json(self._places_file, known)

    def prepare(self) -> None:
        if not self.is_on:
            return
        folder = self.home.secrets / "backup"
        identity, recipients = folder / "identity.txt", folder / "recipients.txt"
        if not identity.is_file():
            private, public = new_identity()
            write_private(identity, f"{private}\n")
            write_private(recipients, f"{public}\n")
        password = self.credentials.database(BACKUP_ROLE)
        write_private(folder / "passfile", f"127.0.0.1:{self.ports.postgres}:*:{BACKUP_ROLE}:{password}\n")
        write_json(self.settings_file, self._settings(folder))

    def _settings(self, folder: Path) -> dict[str, Any]:
        data = self.home.data
        user = self.postgres.system_user
        settings = Settings(
            bin=self.postgres.bin,
            host="127.0.0.1",
            port=self.ports.postgres,
            user=BACKUP_ROLE,
            passfile=folder / "passfile",
            receivers={name: Path(place) for name, place in read_json(self._places_file).items()},
            recipients=folder / "recipients.txt",
            identity=folder / "identity.txt",
            work=self.home.root / "backup-work",
            metrics=Listening(self.ports.backup_metrics),
            buckets={name: data / "files" / name for name in SERVICES},
            material=material_of(self.home),
            run_as=self.postgres.run_as,
            owner=(user.pw_uid, user.pw_gid) if user else None,
        )
        return settings.told()

    def settings(self) -> Settings:
        return Settings.read(self.settings_file)

    def programs(self) -> list[Program]:
        if not self.is_on:
            return []
        file = str(self.settings_file)
        after = [self.postgres.ready_condition]
        # Stopped after the services and before PostgreSQL: the last commits still have whom to wait for.
        receivers = [
            Program(name, [str(PYTHON), "-m", "reporting_backup.receiver", file, name], after=after, stage=11)
            for name in RECEIVERS
        ]
        daemon = Program(
            "backup", [str(PYTHON), "-m", "reporting_backup", file, "run"], after=after, stage=80
        )
        return [*receivers, daemon]


def material_of(home: Home) -> dict[str, Path]:
    """What is kept whole, by its name in the archive; the backup's own private key is never in it."""
    secrets, data, keys = home.secrets, home.data, ServiceKeys.of(home)
    return {
        "credentials.json": secrets / "stack.json",
        "accounts.json": home.accounts_file,
        "ports.json": home.ports_file,
        "services": keys.folder,
        # Public halves of keys of before: the seals made with them are proven by nothing else.
        keys.public.name: keys.public,
        "authority": secrets / "authority",
        "nats": secrets / "nats",
        "nats-accounts": data / "nats-accounts",
        "tokens": data / "tokens",
        "certificates": data / "certificates",
        "seals": data / "seals",
    }
