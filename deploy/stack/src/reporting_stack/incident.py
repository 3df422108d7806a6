"""The moment an incident was recorded, and how much is left of the four hours that are promised (DT-20.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reporting_stack.files import read_json, write_json
from reporting_stack.layout import Home

PROMISED = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Incident:
    recorded_at: datetime
    words: str

    def clock(self, now: datetime) -> str:
        gone = now - self.recorded_at
        left = PROMISED - gone
        told = f"{_hours(left)} left" if left >= timedelta() else f"{_hours(-left)} OVER"
        return f"{_hours(gone)} since the incident was recorded ({self.recorded_at:%FT%TZ}), {told} of 4 h (DT-20.2)"


def _hours(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _file(home: Home) -> Path:
    return home.root / "incident.json"


def recorded(home: Home) -> Incident | None:
    told = read_json(_file(home), {})
    return Incident(datetime.fromisoformat(told["recorded_at"]), told["words"]) if told else None


def record(home: Home, words: str, at: datetime | None = None) -> Incident:
    """Of two records the first stays: the clock runs from when it was known."""
    known = recorded(home)
    if known is not None:
        return known
    made = Incident(at or datetime.now(UTC), words)
    write_json(_file(home), {"recorded_at": made.recorded_at.isoformat(), "words": words})
    return made


def close(home: Home) -> None:
    """Kept under its moment, for the report that follows."""
    known = recorded(home)
    if known is not None:
        _file(home).replace(home.root / f"incident-{known.recorded_at:%Y%m%dT%H%M%SZ}.json")
