"""What the system acknowledged, kept by who asked, so that it can be held against the database afterwards.

Every POST carries a key, and its answer is stored under that key in the transaction of the change itself: an
acknowledged request without its row is a lost one. Edits of cells carry no key; their report's last edit tells.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg
import httpx

_CELLS = re.compile(r"/api/submission/v1/reports/([0-9a-f-]{36})/filings/[^/]+/cells")


@dataclass(frozen=True, slots=True)
class Entry:
    service: str
    request: str
    key: str
    sent_at: datetime
    acknowledged_at: datetime
    report_id: str = ""
    last_edit: int = 0


@dataclass
class Ledger:
    """Filled by every answer heard; safe for many threads."""

    entries: list[Entry] = field(default_factory=list)
    refusals: list[tuple[datetime, int, str]] = field(default_factory=list)
    """Answers of 500 and more: when, status, code."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, answer: httpx.Response) -> None:
        request = answer.request
        words = request.url.path.split("/")
        if request.method not in ("POST", "PATCH") or len(words) < 3 or words[1] != "api":
            return
        if answer.status_code >= 500:
            answer.read()
            self.refuse(answer.status_code, _code(answer))
        if not answer.is_success or "x-changes-nothing" in answer.headers:
            return
        answer.read()
        now = datetime.now(UTC)
        sent = now - answer.elapsed
        entry = Entry(
            words[2],
            f"{request.method} {request.url.path}",
            request.headers.get("idempotency-key", ""),
            sent,
            now,
        )
        if cells := _CELLS.fullmatch(request.url.path):
            entry = Entry(words[2], entry.request, "", sent, now, cells[1], int(answer.json()["last_edit"]))
        with self._lock:
            self.entries.append(entry)

    def refuse(self, status: int, code: str) -> None:
        with self._lock:
            self.refusals.append((datetime.now(UTC), status, code))

    def until(self, moment: datetime) -> list[Entry]:
        with self._lock:
            return [entry for entry in self.entries if entry.acknowledged_at <= moment]

    def sent_after(self, moment: datetime) -> list[Entry]:
        with self._lock:
            return [entry for entry in self.entries if entry.sent_at > moment and entry.key]

    def all(self) -> list[Entry]:
        with self._lock:
            return list(self.entries)


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""


async def missing(entries: Iterable[Entry], databases: dict[str, str]) -> list[Entry]:
    """Those acknowledged requests of which the databases know nothing."""
    by_service: dict[str, list[Entry]] = {}
    for entry in entries:
        by_service.setdefault(entry.service, []).append(entry)
    lost: list[Entry] = []
    for service, asked in by_service.items():
        connection = await asyncpg.connect(databases[service])
        try:
            lost += await _without_row(connection, [entry for entry in asked if entry.key])
            lost += await _without_edit(connection, [entry for entry in asked if entry.report_id])
        finally:
            await connection.close()
    return lost


async def _without_row(connection: asyncpg.Connection, asked: Sequence[Entry]) -> list[Entry]:
    keys = [entry.key for entry in asked]
    rows = await connection.fetch("SELECT key FROM idempotency_key WHERE key = ANY($1::text[])", keys)
    known = {row["key"] for row in rows}
    return [entry for entry in asked if entry.key not in known]


async def _without_edit(connection: asyncpg.Connection, asked: Sequence[Entry]) -> list[Entry]:
    if not asked:
        return []
    reports = [entry.report_id for entry in asked]
    rows = await connection.fetch("SELECT id, last_edit FROM report WHERE id = ANY($1::uuid[])", reports)
    last = {str(row["id"]): row["last_edit"] for row in rows}
    return [entry for entry in asked if last.get(entry.report_id, -1) < entry.last_edit]
