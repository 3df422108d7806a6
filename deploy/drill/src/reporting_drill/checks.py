"""What must hold after a stack was brought back; each check says what it found."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from reporting_demo.acts import SUBMISSION
from reporting_stack import reconcile
from reporting_stack.layout import SERVICES, StackError
from reporting_stack.stack import Stack

from reporting_drill.ledger import Entry, missing
from reporting_drill.load import Load

# What comes and goes by itself: answers kept for a week, locks of jobs, cached keys.
_PASSING = {"inbox", "inbox_version", "inbox_failing", "idempotency_key", "jwks_cache", "outbox", "audit_seal",
            "audit_seal_leaf", "job_run", "copy_state"}  # fmt: skip


@dataclass
class Findings:
    """Counts what was held against what; `lost` is what an acknowledged request left nowhere."""

    passed: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: int = 0

    def check(self, what: str, holds: bool, found: object = "") -> None:
        print(f"    {'ok  ' if holds else 'FAIL'} {what}{f' ({found})' if found != '' else ''}", flush=True)
        self.passed += holds
        if not holds:
            self.wrong.append(f"{what} ({found})")


def databases(stack: Stack) -> dict[str, str]:
    return {name: stack.postgres.url(name, name) for name in SERVICES}


def query(url: str, sql: str, *given: Any) -> list[asyncpg.Record]:
    async def work() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url, timeout=20)
        try:
            return list(await connection.fetch(sql, *given))
        finally:
            await connection.close()

    return asyncio.run(work())


def eventually(holds: Callable[[], bool], seconds: float, pause: float = 1.0) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            if holds():
                return True
        except (OSError, asyncpg.PostgresError, httpx.HTTPError):
            pass
        time.sleep(pause)
    return False


def counts(stack: Stack) -> dict[str, int]:
    """Rows of every table that isn't passing, by `service.table`."""

    async def of(name: str, url: str) -> dict[str, int]:
        connection = await asyncpg.connect(url, timeout=20)
        try:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [row["tablename"] for row in tables]
            lasting = [t for t in names if t not in _PASSING and not t.startswith("outbox")]
            return {
                f"{name}.{table}": await connection.fetchval(f'SELECT count(*) FROM "{table}"')  # noqa: S608
                for table in lasting
            }
        finally:
            await connection.close()

    async def everything() -> dict[str, int]:
        found: dict[str, int] = {}
        for name, url in databases(stack).items():
            found |= await of(name, url)
        return found

    return asyncio.run(everything())


def acknowledged(findings: Findings, stack: Stack, entries: list[Entry]) -> None:
    lost = asyncio.run(missing(entries, databases(stack)))
    findings.lost += len(lost)
    findings.check(
        f"each of {len(entries)} acknowledged writes is there", not lost, lost[:3] or f"lost {len(lost)}"
    )


def fewer(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (count, after.get(name, 0)) for name, count in before.items() if after.get(name, 0) < count}


def audit(findings: Findings, stack: Stack) -> None:
    """A seal that was kept outside but never committed is repeated by the next one, within about a minute."""
    for name in SERVICES:

        def sound(name: str = name) -> bool:
            try:
                stack.services.manage(name, "audit-verify")
            except StackError:
                return False
            return True

        holds = eventually(sound, 150, 5)
        said = (stack.home.logs / f"{name}-audit-verify.log").read_text().strip().splitlines()
        findings.check(f"audit chains of {name}", holds, said[-1] if holds and said else said[:3])


def signed_files(findings: Findings, stack: Stack) -> None:
    """Every file a row names is in the store and is what its name says."""
    named, wrong = 0, []
    for name, url in databases(stack).items():
        for row in query(url, "SELECT sha256 FROM stored_file"):
            named += 1
            path = stack.home.data / "files" / name / row["sha256"][:2] / row["sha256"]
            if not path.is_file() or _digest(path) != row["sha256"]:
                wrong.append(f"{name}/{row['sha256'][:12]}")
    findings.check(f"{named} files as the database names them", named > 0 and not wrong, wrong[:3] or "")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def receipts(findings: Findings, load: Load, ids: list[str]) -> None:
    wrong = []
    for report_id in ids:
        leader = next(r.leader for r in load.known if r.id == report_id)
        again = load.office.person(leader).get(f"{SUBMISSION}/reports/{report_id}/receipt")
        if _as_given(again) != _as_given(load.receipts[report_id]):
            wrong.append(report_id)
    findings.check(f"{len(ids)} receipts as they were given", not wrong, wrong[:3] or "")


def _as_given(receipt: dict[str, Any]) -> dict[str, Any]:
    """Without what the lead agency adds when it takes the report in."""
    return {name: value for name, value in receipt.items() if not name.startswith("taken_in_")}


def events_told(findings: Findings, stack: Stack, seconds: float = 180) -> None:
    """Nothing waits in an outbox, nothing is left unread, nothing was parked."""
    waiting = "SELECT count(*) AS n FROM outbox WHERE published_at IS NULL"

    def told() -> bool:
        return all(query(url, waiting)[0]["n"] == 0 for url in databases(stack).values())

    findings.check("every event of the outboxes is published", eventually(told, seconds))
    findings.check(
        "every consumer has read all of it", eventually(lambda: unread(stack) == 0, seconds), unread(stack)
    )
    parked = "SELECT count(*) AS n FROM dead_letter WHERE resolved_at IS NULL"
    letters = sum(query(url, parked)[0]["n"] for url in databases(stack).values())
    findings.check("no event was parked", letters == 0, letters)


def unread(stack: Stack) -> int:
    """Messages of the stream some consumer hasn't acknowledged yet; -1 while there are no consumers."""
    answer = httpx.get(f"{stack.ports.nats_monitor_url}/jsz?consumers=true&accounts=true", timeout=10).json()
    streams = [
        stream for account in answer.get("account_details", []) for stream in account.get("stream_detail", [])
    ]
    consumers = [one for stream in streams for one in stream.get("consumer_detail") or []]
    if not consumers:
        return -1
    return sum(one["num_pending"] + one["num_ack_pending"] for one in consumers)


def all_heard(findings: Findings, stack: Stack) -> None:
    """Each event that concerns a consumer is in its inbox: nothing was lost on the way."""
    found = reconcile.differences(stack)
    unheard = sum(len(events) for events in found.unheard.values())
    findings.lost += unheard
    findings.check(
        f"of {found.looked_at} events each was heard by whom it concerns",
        unheard == 0,
        dict(found.unheard) or "",
    )
    findings.check(
        "nothing was heard that is in no outbox", not found.of_what_is_gone, found.of_what_is_gone or ""
    )


def repeated(stack: Stack) -> int:
    """How often consumers have been told something twice and dropped it, since they were started."""
    total = 0.0
    for name in SERVICES:
        text = httpx.get(f"http://127.0.0.1:{stack.ports.service(name).metrics}/metrics", timeout=10).text
        total += sum(float(n) for n in re.findall(r'_count\{[^}]*outcome="repeated"[^}]*\} (\S+)', text))
    return int(total)


def told_twice_counts_once(findings: Findings, stack: Stack) -> None:
    """All events of the last day are published once more: consumers drop them, no row is added or gone."""
    before, dropped = settled(stack), repeated(stack)
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    # The stream itself drops what it had within the last two minutes.
    time.sleep(125)
    for name in SERVICES:
        stack.services.manage(name, "outbox-replay", "--since", since)
    eventually(lambda: unread(stack) == 0, 180)
    after, again = settled(stack), repeated(stack)
    changed = {name: (before.get(name), n) for name, n in after.items() if before.get(name) != n}
    findings.check(
        "events told twice change no row", not changed, changed or f"{again - dropped} repeats dropped"
    )
    findings.check("and were told twice indeed", again > dropped, again - dropped)


def settled(stack: Stack) -> dict[str, int]:
    """Counts that stay the same for some seconds: what people began has come to its end."""
    last: dict[str, int] = {}
    for _ in range(30):
        now = counts(stack)
        if now == last:
            break
        last = now
        time.sleep(4)
    return last


def without(stack: Stack, entries: list[Entry]) -> list[Entry]:
    """Those the databases know nothing of."""
    return asyncio.run(missing(entries, databases(stack)))
