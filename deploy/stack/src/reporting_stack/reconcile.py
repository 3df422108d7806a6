"""`bin/reporting reconcile`: what one service told and another never heard, and what was heard of what is no more.

Every event is a row of its service's outbox, every event heard a row of the hearer's inbox. After the streams were
rebuilt, or one database alone went back, the two are held against each other. Mending what wasn't heard: the relay
tells it again. Mending what was heard of what is gone: its owner's epoch is raised, and copies are taken again.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from reporting_stack.layout import SERVICES
from reporting_stack.stack import Stack

# How long the stream keeps an event (kit.bus.connection): what is older isn't told again.
STREAM_DAYS = 35


@dataclass(slots=True)
class Differences:
    """By consumer: events it never heard. By subject: events that were heard and are in no outbox."""

    unheard: dict[str, list[UUID]] = field(default_factory=dict)
    of_what_is_gone: dict[str, int] = field(default_factory=dict)
    looked_at: int = 0

    @property
    def none(self) -> bool:
        return not self.unheard and not self.of_what_is_gone


@dataclass(frozen=True, slots=True)
class _Consumer:
    durable: str
    subjects: list[str]

    @property
    def service(self) -> str:
        return next(name for name in SERVICES if self.durable.startswith(f"{name}-"))

    def hears(self, subject: str) -> bool:
        return any(matches(pattern, subject) for pattern in self.subjects)


def matches(pattern: str, subject: str) -> bool:
    """NATS's own rule: `*` is one word, `>` all that follow."""
    expression = re.escape(pattern).replace(r"\*", "[^.]+").replace(">", ".+")
    return re.fullmatch(expression, subject) is not None


def consumers(stack: Stack) -> list[_Consumer]:
    """Those of the services, as NATS knows them now."""
    address = f"{stack.ports.nats_monitor_url}/jsz?accounts=true&consumers=true&config=true"
    told = httpx.get(address, timeout=10).json()
    found = []
    for account in told.get("account_details") or []:
        for stream in account.get("stream_detail") or []:
            for one in stream.get("consumer_detail") or []:
                config = one.get("config") or {}
                subjects = config.get("filter_subjects") or [config.get("filter_subject", "")]
                if any(one["name"].startswith(f"{name}-") for name in SERVICES):
                    found.append(_Consumer(one["name"], subjects))
    return found


def differences(stack: Stack, since: datetime | None = None) -> Differences:
    return asyncio.run(_differences(stack, since or datetime.now(UTC) - timedelta(days=STREAM_DAYS)))


async def _differences(stack: Stack, since: datetime) -> Differences:
    told: dict[UUID, str] = {}
    heard: dict[str, set[UUID]] = {}
    for name in SERVICES:
        connection = await asyncpg.connect(stack.postgres.url(name, name), timeout=20)
        try:
            rows = await connection.fetch(
                "SELECT id, subject FROM outbox WHERE recorded_at >= $1 AND published_at IS NOT NULL", since
            )
            told |= {row["id"]: row["subject"] for row in rows if row["subject"].startswith("reporting.")}
            for row in await connection.fetch(
                "SELECT consumer, event_id FROM inbox WHERE handled_at >= $1", since
            ):
                heard.setdefault(row["consumer"], set()).add(row["event_id"])
            parked = await connection.fetch(
                "SELECT consumer, event_id FROM dead_letter WHERE event_id IS NOT NULL"
            )
            for row in parked:
                heard.setdefault(row["consumer"], set()).add(UUID(row["event_id"]))
        finally:
            await connection.close()
    found = Differences()
    for consumer in consumers(stack):
        wanted = {event for event, subject in told.items() if consumer.hears(subject)}
        found.looked_at += len(wanted)
        if unheard := wanted - heard.get(consumer.durable, set()):
            found.unheard[consumer.durable] = sorted(unheard)
    for durable, events in heard.items():
        if ghosts := len(await _in_no_outbox(stack, events - told.keys())):
            found.of_what_is_gone[durable] = ghosts
    return found


async def _in_no_outbox(stack: Stack, events: Iterable[UUID]) -> set[UUID]:
    left = set(events)
    for name in SERVICES:
        if not left:
            break
        rows = await _rows(stack, name, "SELECT id FROM outbox WHERE id = ANY($1::uuid[])", list(left))
        left -= {row["id"] for row in rows}
    return left


async def _rows(stack: Stack, name: str, sql: str, *given: Any) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(stack.postgres.url(name, name), timeout=20)
    try:
        return list(await connection.fetch(sql, *given))
    finally:
        await connection.close()


def tell_again(stack: Stack, since: datetime, names: Iterable[str] = SERVICES) -> int:
    """The relay publishes all events recorded since then once more, each with its own id. How many."""
    sql = (
        "WITH again AS (UPDATE outbox SET published_at = NULL WHERE recorded_at >= $1 AND published_at IS NOT NULL "
        "RETURNING 1) SELECT count(*) AS n FROM again"
    )
    return sum(asyncio.run(_rows(stack, name, sql, since))[0]["n"] for name in names)


def mend(stack: Stack, found: Differences) -> None:
    events = [event for unheard in found.unheard.values() for event in unheard]
    for name in SERVICES:
        sql = "UPDATE outbox SET published_at = NULL WHERE id = ANY($1::uuid[]) RETURNING id"
        if events:
            asyncio.run(_rows(stack, name, sql, events))
    if found.of_what_is_gone:
        for name in SERVICES:
            stack.services.manage(name, "epoch-raise")
            stack.services.manage(name, "copies-refill")
