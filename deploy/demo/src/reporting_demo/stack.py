"""The stack to seed, as its stack.json tells any program: addresses, the program's secret, the people."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
DEMO = ROOT / "deploy" / "demo"
FORMS = ROOT / "contracts" / "forms"


def load(path: Path, default: Any = None) -> Any:
    if default is not None and not path.is_file():
        return default
    return json.loads(path.read_text(encoding="utf-8"))


def store(path: Path, value: Any) -> None:
    """Whole or not at all, readable by its owner alone."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
    os.replace(temporary, path)


@dataclass(frozen=True)
class Stack:
    """`REPORTING_STACK_FILE` names it; without it, the STACK of the checkout."""

    file: Path

    @classmethod
    def here(cls) -> Stack:
        if named := os.environ.get("REPORTING_STACK_FILE"):
            return cls(Path(named))
        name = os.environ.get("STACK") or "default"
        folder = ROOT / ".run" if name == "default" else ROOT / ".run" / name
        return cls(folder / "stack.json")

    @cached_property
    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = load(self.file)
        return found

    @property
    def gateway(self) -> str:
        return str(self.facts["portal"]).rstrip("/")

    @property
    def token_url(self) -> str:
        return f"{self._realm}/protocol/openid-connect/token"

    @property
    def login_url(self) -> str:
        return f"{self._realm}/protocol/openid-connect/auth"

    @property
    def home(self) -> Path:
        """The folder of the stack; the default stack's file alone lies above its folder."""
        folder = self.file.parent
        return folder / "default" if folder.name == ".run" else folder

    @property
    def accounts_file(self) -> Path:
        return Path(os.environ.get("REPORTING_ACCOUNTS_FILE") or self.home / "accounts.json")

    @property
    def progress_file(self) -> Path:
        return Path(os.environ.get("REPORTING_PROGRESS_FILE") or self.home / "demo.json")

    @property
    def results(self) -> Path:
        return self.file.parent / "demo"

    def secret(self, client_id: str) -> str:
        return next(str(c["secret"]) for c in self.facts["clients"] if c["client_id"] == client_id)

    def account(self, username: str) -> dict[str, Any]:
        found: dict[str, Any] = next(a for a in self.facts["accounts"] if a["username"] == username)
        return found

    @property
    def _realm(self) -> str:
        login = self.facts["keycloak"]
        return f"{login['url']}/realms/{login['realm']}"
