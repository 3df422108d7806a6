"""When a person is reminded: three days, one day and two hours before the deadline, and after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum


class Stage(Enum):
    THREE_DAYS = "three_days"
    ONE_DAY = "one_day"
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"


_BEFORE = (
    (Stage.TWO_HOURS, timedelta(hours=2)),
    (Stage.ONE_DAY, timedelta(days=1)),
    (Stage.THREE_DAYS, timedelta(days=3)),
)
LONGEST_BEFORE = timedelta(days=3)
# A report that is much later than this is a matter of follow-up, not of a reminder.
LONGEST_AFTER = timedelta(days=2)


def stage_at(now: datetime, due_at: datetime) -> Stage | None:
    """The most urgent stage reached; earlier ones that were missed are not made up for."""
    left = due_at - now
    if left <= timedelta(0):
        return Stage.OVERDUE if -left <= LONGEST_AFTER else None
    for stage, before in _BEFORE:
        if left <= before:
            return stage
    return None
