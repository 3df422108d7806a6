"""What the backup is told: one JSON file, whatever started it (the one-machine stack, a container beside PostgreSQL)."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any


class BackupError(Exception):
    """Something an operator can act on; shown without a traceback."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the figures are read; over TLS wherever that isn't loopback."""

    port: int
    host: str = "127.0.0.1"
    pair: tuple[Path, Path] | None = None
    """Certificate and key."""

    @classmethod
    def of(cls, told: dict[str, Any]) -> Listening:
        pair = told.get("pair")
        return cls(
            int(told["port"]), told.get("host", "127.0.0.1"), (Path(pair[0]), Path(pair[1])) if pair else None
        )


@dataclass(frozen=True, slots=True)
class Settings:
    bin: Path
    """The folder of PostgreSQL's own programs."""
    host: str
    port: int
    user: str
    passfile: Path
    receivers: dict[str, Path]
    """Name of each receiver (its slot and application_name) and the place it writes to."""
    recipients: Path
    """Public keys everything is sealed for (age)."""
    work: Path
    """Passing files and what was done when; losing it costs a full base backup."""
    metrics: Listening
    identity: Path | None = None
    """The private key: only where restores are tested or done."""
    buckets: dict[str, Path] = field(default_factory=dict)
    """Folders of content-addressed files (kit.files)."""
    material: dict[str, Path] = field(default_factory=dict)
    """Folders and files kept whole: keys, PKCS#11 tokens, seals of the audit."""
    run_as: list[str] = field(default_factory=list)
    """What stands before the server's own program, which refuses to run as root."""
    owner: tuple[int, int] | None = None
    """Whom a restored data directory is given to, if not to the one who restores."""
    full_every_hours: float = 168
    incremental_every_hours: float = 24
    test_every_hours: float = 168
    keep_days: float = 35
    pause_seconds: float = 3

    @classmethod
    def read(cls, path: Path) -> Settings:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

        owner, identity = told.get("owner"), told.get("identity")
        settings = cls(
            bin=Path(told["bin"]),
            host=told["host"],
            port=int(told["port"]),
            user=told["user"],
            passfile=Path(told["passfile"]),
            receivers=folders(told, "receivers"),
            recipients=Path(told["recipients"]),
            work=Path(told["work"]),
            metrics=Listening.of(told["metrics"]),
            identity=Path(identity) if identity else None,
            buckets=folders(told, "buckets"),
            material=folders(told, "material"),
            run_as=list(told.get("run_as", [])),
            owner=(int(owner[0]), int(owner[1])) if owner else None,
        )
        numbers: dict[str, Any] = {name: float(told[name]) for name in _NUMBERS if name in told}
        return replace(settings, **numbers)

    def told(self) -> dict[str, Any]:
        """As `read` takes them back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    def conninfo(self, application: str, database: str = "") -> str:
        words = f"host={self.host} port={self.port} user={self.user} passfile={self.passfile} "
        return (
            words
            + f"application_name={application} connect_timeout=5"
            + (f" dbname={database}" * bool(database))
        )

    def program(self, name: str) -> str:
        return str(self.bin / name)


_NUMBERS = ("full_every_hours", "incremental_every_hours", "test_every_hours", "keep_days", "pause_seconds")


def folders(told: dict[str, Any], name: str) -> dict[str, Path]:
    return {key: Path(value) for key, value in told.get(name, {}).items()}


def environment() -> dict[str, str]:
    """PostgreSQL's programs speak one language, so what they say can be read."""
    return {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
