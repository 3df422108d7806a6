"""Which base backups and which stretch of the log lead to a moment."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporting_backup import catalogue, wal
from reporting_backup.catalogue import Base
from reporting_backup.sealing import SUFFIX, Opener
from reporting_backup.settings import BackupError, Settings
from reporting_backup.wal import Wal


@dataclass(frozen=True, slots=True)
class Plan:
    place: Path
    """Where the bases are read."""
    chain: list[Base]
    segments: list[str]
    """Finished and unfinished segments and histories that PostgreSQL may ask for."""
    moment: datetime | None


def plan(settings: Settings, opener: Opener, moment: datetime | None) -> Plan:
    places = [Wal(place) for place in settings.receivers.values()]
    known = _ways(places, opener)
    best: Plan | None = None
    for at in places:
        bases = [base for base in catalogue.listed(at.place) if known.leads_on(base)]
        if not bases:
            continue
        chain = catalogue.chain_to(bases, moment)
        found = Plan(at.place, chain, _segments(places, chain[-1], bases, moment), moment)
        if best is None or found.chain[-1].ended_at > best.chain[-1].ended_at:
            best = found
    if best is None:
        raise BackupError("there is no base backup in " + ", ".join(str(at.place) for at in places))
    last = best.chain[-1]
    if missing := wal.gaps((n for n in best.segments if len(n) == 24), last.timeline, last.first_segment):
        raise BackupError(
            f"the log has a gap after the base {last.id}: {', '.join(missing[:5])} is in no place"
        )
    return best


@dataclass(frozen=True, slots=True)
class Ways:
    """The newest timeline, and for each one it came from the place of the log where it parted."""

    newest: int
    forks: dict[int, int]

    def leads_on(self, base: Base) -> bool:
        """False for what was taken on a way that a later restore has left: from there no log leads to the newest."""
        if base.timeline >= self.newest:
            return True
        return base.timeline in self.forks and number_of(base.end_lsn) <= self.forks[base.timeline]


def _ways(places: Sequence[Wal], opener: Opener) -> Ways:
    histories = [path for at in places for path in at.sealed.glob(f"*.history{SUFFIX}")]
    if not histories:
        return Ways(1, {})
    newest = max(histories, key=lambda path: path.name)
    opened = io.BytesIO()
    opener.open(newest, opened)
    return ways(int(newest.name[:8], 16), opened.getvalue().decode())


def ways(newest: int, history: str) -> Ways:
    """Of PostgreSQL's own history file: `timeline  place  reason`."""
    rows = (line.split() for line in history.splitlines())
    return Ways(newest, {int(row[0]): number_of(row[1]) for row in rows if len(row) > 1 and row[0].isdigit()})


def _segments(places: Sequence[Wal], base: Base, bases: Sequence[Base], moment: datetime | None) -> list[str]:
    """From the base on; for a chosen moment no further than the next base of the same way, which ended after it."""
    later = [one for one in bases if moment and one.ended_at > moment and one.timeline == base.timeline]
    end = wal.position(wal.segment_at(later[0].timeline, later[0].end_lsn)) if later else None
    first = wal.position(base.first_segment)
    return sorted(
        name
        for name in {name for at in places for name in at.names()}
        if name.endswith(".history")
        or (first <= wal.position(name) and (end is None or wal.position(name) <= end))
    )


def number_of(lsn: str) -> int:
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)
