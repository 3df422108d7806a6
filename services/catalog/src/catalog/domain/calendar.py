"""Working days. Saturdays and Sundays are off unless made up for; holidays come from the province's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from catalog.domain.errors import CalendarDaysWrong, CalendarDecisionMissing, CalendarNotKnown, VersionStale

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def in_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day:02}/{day.month:02}/{day.year}"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of one province. `version` names what a deadline was worked out by."""

    province_id: UUID
    year: int
    number: int
    holidays: Mapping[date, str] = field(default_factory=dict)
    made_up: Mapping[date, str] = field(default_factory=dict)
    """Saturdays and Sundays worked instead of another day."""
    decision: str = ""
    """Number of the decision or notice that set the year so; none: the seed by the Labour Code."""
    decided_on: date | None = None

    @property
    def version(self) -> str:
        return f"{self.year}.{self.number}"

    def expect(self, number: int) -> None:
        if number != self.number:
            raise VersionStale(number, self.number)

    def revised(
        self,
        holidays: Mapping[date, str],
        made_up: Mapping[date, str],
        decision: str,
        decided_on: date | None,
    ) -> CalendarYear:
        """The whole year anew: the Government names holidays and bridging days year by year."""
        if not decision.strip() or decided_on is None:
            raise CalendarDecisionMissing
        wrong = [day for day in (*holidays, *made_up) if day.year != self.year]
        wrong += [day for day in made_up if day.weekday() < 5 or day in holidays]
        if wrong:
            raise CalendarDaysWrong(self.year, [day.isoformat() for day in sorted(set(wrong))])
        return replace(
            self,
            number=self.number + 1,
            holidays=dict(holidays),
            made_up=dict(made_up),
            decision=decision.strip(),
            decided_on=decided_on,
        )


@dataclass(frozen=True, slots=True)
class CalendarRevision:
    """One version of a year with who set it and when; the seed's nobody did."""

    year: CalendarYear
    set_at: datetime | None = None
    set_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    years: Mapping[int, CalendarYear]

    def _year(self, day: date) -> CalendarYear:
        year = self.years.get(day.year)
        if year is None:
            raise CalendarNotKnown(day.year)
        return year

    def why_off(self, day: date) -> str | None:
        """Why a day is off, in words; None for a working day."""
        year = self._year(day)
        if day in year.holidays:
            return year.holidays[day]
        if day.weekday() >= 5 and day not in year.made_up:
            return "ngày nghỉ hằng tuần"
        return None

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked."""
        while self.why_off(day) is not None:
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day

    def version_for(self, *days: date) -> str:
        return "+".join(self._year(date(year, 1, 1)).version for year in sorted({day.year for day in days}))
