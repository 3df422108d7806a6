"""What may go: pure rules, so that they can be tested on dates alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from reporting_backup.catalogue import Base


def kept(bases: Sequence[Base], now: datetime, keep_days: float) -> list[Base]:
    """Enough to go back to any moment of the last `keep_days`: the newest full backup older than that, and all that
    came after it. A chain is kept or removed as a whole, and the newest chain is never removed."""
    fulls = [base for base in bases if base.parent is None]
    if not fulls:
        return []
    horizon = now - timedelta(days=keep_days)
    old_enough = [full for full in fulls if full.ended_at <= horizon]
    first = (
        max(old_enough, key=lambda one: one.ended_at)
        if old_enough
        else min(fulls, key=lambda one: one.ended_at)
    )
    chains = {full.id for full in fulls if full.ended_at >= first.ended_at}
    by_id = {base.id: base for base in bases}
    return [base for base in bases if _root(base, by_id) in chains]


def _root(base: Base, by_id: dict[str, Base]) -> str | None:
    """The full backup a chain begins with; None where a link is missing, so that nothing could be restored of it."""
    while base.parent is not None:
        if base.parent not in by_id:
            return None
        base = by_id[base.parent]
    return base.id


def due(last: datetime | None, every_hours: float, now: datetime) -> bool:
    return last is None or now - last >= timedelta(hours=every_hours)
