"""Where everything lies: the checkout, the caches, and the folder of one stack."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DEPLOY = ROOT / "deploy"
SERVICES = ("identity", "catalog", "submission", "signing", "notify")

# A UNIX socket's path may have 107 bytes; names below are appended to the folder.
LONGEST_SOCKET_FOLDER = 80
# Names that are folders of the default stack's results.
RESERVED_NAMES = {"demo", "images"}


class StackError(Exception):
    """Something the person at the keyboard can act on; shown without a traceback."""


def cache_folder() -> Path:
    """What may be shared by every checkout of one person."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "reporting"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one stack; all its data, secrets, settings and logs are under it."""

    name: str

    @classmethod
    def named(cls, name: str) -> Home:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name) or name in RESERVED_NAMES:
            raise StackError(
                f"STACK={name}: use small letters, digits and '-', not one of {sorted(RESERVED_NAMES)}"
            )
        return cls(name)

    @property
    def root(self) -> Path:
        return ROOT / ".run" / self.name

    @property
    def stack_file(self) -> Path:
        return (ROOT / ".run" if self.name == "default" else self.root) / "stack.json"

    @property
    def draft_file(self) -> Path:
        """stack.json as far as it is known while the demo is being seeded."""
        return self.root / "stack.draft.json"

    @property
    def accounts_file(self) -> Path:
        return self.root / "accounts.json"

    @property
    def ports_file(self) -> Path:
        return self.root / "ports.json"

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def marks(self) -> Path:
        """Files that say a step is done, which other parts wait for."""
        return self.root / "marks"

    @property
    def sockets(self) -> Path:
        folder = self.root / "sockets"
        if len(os.fsencode(str(folder))) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        return Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp") / f"reporting-{os.getuid()}-{digest}"  # noqa: S108

    def make(self) -> None:
        """Makes the folders, readable by their owner alone."""
        for folder in (self.root, self.config, self.data, self.logs, self.secrets, self.marks, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_uid != os.getuid():
                raise StackError(f"{folder} belongs to another user; remove it or use another STACK=")
            folder.chmod(0o700)

    def exists(self) -> bool:
        return self.root.is_dir()


def stacks() -> list[Home]:
    """Every stack this checkout has ever had."""
    folder = ROOT / ".run"
    if not folder.is_dir():
        return []
    return [Home(path.name) for path in sorted(folder.iterdir()) if (path / "ports.json").is_file()]


def existing_services() -> list[str]:
    """The services whose program is in the checkout."""
    return [name for name in SERVICES if (ROOT / "services" / name / "src" / name / "main.py").is_file()]
