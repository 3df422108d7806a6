"""What was found, in one SQLite file: counts for each day, outages with their moments. Bounded by age."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reporting_status.probes import Answer

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS_SHOWN = 90
OUTAGES_KEPT = timedelta(days=800)
"""Longer than a year's report may be asked about."""

_TABLES = """
CREATE TABLE IF NOT EXISTS day (
    component TEXT, day TEXT, good INTEGER NOT NULL, bad INTEGER NOT NULL, PRIMARY KEY (component, day)
);
CREATE TABLE IF NOT EXISTS state (
    component TEXT PRIMARY KEY, failures INTEGER NOT NULL, since TEXT, fault TEXT NOT NULL, asked_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outage (
    id INTEGER PRIMARY KEY, component TEXT NOT NULL, name TEXT NOT NULL, from_at TEXT NOT NULL, to_at TEXT,
    fault TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Outage:
    id: int
    component: str
    name: str
    from_at: datetime
    to_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    good: int
    bad: int

    @property
    def share(self) -> float | None:
        """None: nobody was watching."""
        asked = self.good + self.bad
        return self.good / asked if asked else None


class Record:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(_TABLES)

    def take(self, answers: Iterable[Answer], at: datetime, failures: int) -> None:
        """One round. An outage begins at the first of the failed probes that made it one."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for answer in answers:
                self._take(answer, at, failures)
            self._forget(at)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _take(self, answer: Answer, at: datetime, failures: int) -> None:
        key, bad = answer.component.key, bool(answer.fault)
        if bad and not self.has_begun(key):
            # A first start is no outage: nobody could use yet what has never answered.
            return
        self._db.execute(
            "INSERT INTO day VALUES (?, ?, ?, ?) ON CONFLICT (component, day) "
            "DO UPDATE SET good = good + excluded.good, bad = bad + excluded.bad",
            (key, _day(at).isoformat(), int(not bad), int(bad)),
        )
        row = self._db.execute("SELECT failures, since FROM state WHERE component = ?", (key,)).fetchone()
        in_a_row = (row[0] if row else 0) + 1 if bad else 0
        since = (row[1] if row and row[0] else _text(at)) if bad else None
        self._db.execute(
            "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?)",
            (key, in_a_row, since, answer.fault, _text(at)),
        )
        open_one = self._db.execute(
            "SELECT id FROM outage WHERE component = ? AND to_at IS NULL", (key,)
        ).fetchone()
        if not bad and open_one:
            self._db.execute("UPDATE outage SET to_at = ? WHERE id = ?", (_text(at), open_one[0]))
        elif in_a_row >= failures and not open_one:
            self._db.execute(
                "INSERT INTO outage (component, name, from_at, fault) VALUES (?, ?, ?, ?)",
                (key, answer.component.name, since, answer.fault),
            )

    def has_begun(self, component: str) -> bool:
        """Whether it has answered well at least once since this record was begun."""
        found = self._db.execute("SELECT 1 FROM state WHERE component = ?", (component,)).fetchone()
        return found is not None

    def _forget(self, at: datetime) -> None:
        oldest = (_day(at) - timedelta(days=DAYS_SHOWN)).isoformat()
        self._db.execute("DELETE FROM day WHERE day < ?", (oldest,))
        self._db.execute("DELETE FROM outage WHERE to_at < ?", (_text(at - OUTAGES_KEPT),))

    def outages(self, since: datetime) -> list[Outage]:
        """The latest first; one that is still going on has no end."""
        found = self._db.execute(
            "SELECT id, component, name, from_at, to_at, fault FROM outage "
            "WHERE to_at IS NULL OR to_at >= ? ORDER BY from_at DESC LIMIT 200",
            (_text(since),),
        )
        return [
            Outage(number, component, name, _moment(began), _moment(ended) if ended else None, fault)
            for number, component, name, began, ended, fault in found
        ]

    def days(self, component: str, today: date) -> list[Day]:
        """Every day of the span, the oldest first."""
        rows = self._db.execute("SELECT day, good, bad FROM day WHERE component = ?", (component,))
        known = {row[0]: Day(date.fromisoformat(row[0]), row[1], row[2]) for row in rows}
        span = (today - timedelta(days=n) for n in range(DAYS_SHOWN - 1, -1, -1))
        return [known.get(day.isoformat(), Day(day, 0, 0)) for day in span]

    def keep(self, name: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, json.dumps(value)))

    def kept(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
