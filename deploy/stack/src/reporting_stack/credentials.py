"""The secrets of one stack: random, made once, kept in one file only its owner may read."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from reporting_stack.files import read_json, write_json
from reporting_stack.layout import SERVICES, Home

DATABASES = (*SERVICES, "keycloak")
# Reads the figures of PostgreSQL, and no table.
MONITOR = "monitor"
# The person who runs the stack, and makes its provinces.
OPERATOR = "van-hanh"
# Programs of the demo's province, each under an account of its own, with their rights there.
PROGRAMS = {
    "seeder": [
        "province_admin", "form_designer", "regime_owner", "history_import", "take_in", "decide", "aggregate",
        "monitor",
    ]
}  # fmt: skip


def a_password() -> str:
    """Long enough to be typed by nobody; letters, digits, '-' and '_' only."""
    return secrets.token_urlsafe(24)


@dataclass(slots=True)
class Credentials:
    home: Home
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Home) -> Credentials:
        """The stack's secrets, made if this is its first start."""
        path = home.secrets / "stack.json"
        found = cls(home, read_json(path, {}))
        before = json.dumps(found.values)
        found._complete()
        if json.dumps(found.values) != before:
            write_json(path, found.values)
        return found

    def _complete(self) -> None:
        names = ["postgres", "nats-monitor", "keycloak-admin", "oauth-hmac", "supervisor"]
        names += [f"database/{name}" for name in (*DATABASES, "backup")]
        names += [f"database/{name}_owner" for name in SERVICES]
        names += [f"database/{MONITOR}"]
        names += [f"client/{name}" for name in ("portal", "identity-admin", *PROGRAMS)]
        for name in names:
            self.values.setdefault(name, a_password())
        for program in PROGRAMS:
            self.values.setdefault(f"account/{program}", str(uuid.uuid4()))

    def __getitem__(self, name: str) -> str:
        return str(self.values[name])

    def database(self, role: str) -> str:
        return self[f"database/{role}"]

    def client(self, client_id: str) -> str:
        return self[f"client/{client_id}"]

    def program_account(self, client_id: str) -> str:
        """The account a program acts as: the claim in its token and the row identity keeps for it."""
        return self[f"account/{client_id}"]
