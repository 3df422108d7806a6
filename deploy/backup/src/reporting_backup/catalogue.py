"""The base backups of a place: one folder each, its description beside what is sealed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reporting_backup.sealing import settle
from reporting_backup.settings import BackupError

DESCRIPTION = "base.json"


@dataclass(frozen=True, slots=True)
class Base:
    """A full base backup, or what changed since `parent`."""

    id: str
    parent: str | None
    started_at: datetime
    ended_at: datetime
    timeline: int
    start_lsn: str
    end_lsn: str
    first_segment: str
    objects: dict[str, dict[str, Any]]
    """Each sealed file with its size and SHA-256."""

    @property
    def kind(self) -> str:
        return "full" if self.parent is None else "incremental"

    @property
    def size(self) -> int:
        return sum(int(each["size"]) for each in self.objects.values())


def write(place: Path, base: Base) -> None:
    told = {**asdict(base), "started_at": base.started_at.isoformat(), "ended_at": base.ended_at.isoformat()}
    text = json.dumps(told, indent=1)
    settle(place / "base" / base.id / DESCRIPTION, lambda file: file.write(text.encode()))


def listed(place: Path) -> list[Base]:
    """Oldest first. A folder without its description was never finished, so it isn't a backup."""
    found = []
    for path in sorted((place / "base").glob(f"*/{DESCRIPTION}")):
        told = json.loads(path.read_text(encoding="utf-8"))
        moments = {name: datetime.fromisoformat(told[name]) for name in ("started_at", "ended_at")}
        found.append(Base(**{**told, **moments}))
    return sorted(found, key=lambda base: base.ended_at)


def chain_to(bases: Sequence[Base], moment: datetime | None) -> list[Base]:
    """The full backup and its increments that bring closest to the moment without passing it; the newest without one."""
    by_id = {base.id: base for base in bases}
    for last in sorted(bases, key=lambda base: base.ended_at, reverse=True):
        if moment is not None and last.ended_at >= moment:
            continue
        chain = [last]
        while chain[0].parent is not None and chain[0].parent in by_id:
            chain.insert(0, by_id[chain[0].parent])
        if chain[0].parent is None:
            return chain
    before = f" that ended before {moment.isoformat()}" if moment else ""
    oldest = f"; the oldest ended {bases[0].ended_at.isoformat()}" if bases else ""
    raise BackupError(f"there is no base backup{before}{oldest}")
