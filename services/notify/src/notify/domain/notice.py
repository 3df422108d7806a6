"""How long ahead a maintenance is announced: hours of the clock, or working hours by the province's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kit.clock import VIETNAM
from province_profile import MaintenanceNotice, WorkingHours


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The hours of a working day, and which days are worked."""

    hours: WorkingHours
    days: Sequence[date]

    def spans_after(self, moment: datetime) -> Iterable[tuple[datetime, datetime]]:
        for day in self.days:
            for span in self.hours.spans:
                begins, ends = _at(day, span.begins), _at(day, span.ends)
                if ends > moment:
                    yield max(begins, moment), ends


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VIETNAM)


class CalendarTooShort(ValueError):
    """The days given end before the hours do."""


def earliest_start(announced_at: datetime, notice: MaintenanceNotice, time_worked: WorkingTime) -> datetime:
    """The first moment that lies the whole notice after the announcement."""
    left = timedelta(hours=notice.hours)
    if notice.counted == "clock":
        return announced_at + left
    for begins, ends in time_worked.spans_after(announced_at):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    raise CalendarTooShort(f"{left} are left over")
