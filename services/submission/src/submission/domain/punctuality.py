"""In time or not: a report has arrived in time if it arrived before the deadline's moment.

Judged by the first sending: a correction, however late, never makes a punctual report late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Deadline:
    """As catalog computed it; stored, never worked out again here."""

    due_at: datetime
    rule: str
    article: str
    steps: tuple[str, ...] = ()
    calendar_version: str = ""


def arrived_late(due_at: datetime, arrived_at: datetime) -> bool:
    return not arrived_at < due_at


@dataclass(frozen=True, slots=True)
class Punctuality:
    late: bool
    """The first sending came after the deadline."""
    overdue: bool
    """Something is still owed, and its moment has passed."""
    overdue_by: timedelta | None


def judge(
    due_at: datetime,
    now: datetime,
    *,
    first_sent_at: datetime | None,
    owed: bool,
    correction_due_at: datetime | None,
) -> Punctuality:
    """`owed` says whether the report lies with its unit; a correction is owed by its own moment."""
    late = first_sent_at is not None and arrived_late(due_at, first_sent_at)
    moment = due_at if first_sent_at is None else correction_due_at
    if not owed or moment is None or not arrived_late(moment, now):
        return Punctuality(late, overdue=False, overdue_by=None)
    return Punctuality(late, overdue=True, overdue_by=now - moment)
