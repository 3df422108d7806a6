"""A year of the working calendar is set anew; every open deadline that moves by it is told of, none moves unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import Whereabouts
from catalog.domain.calendar import CalendarRevision, CalendarYear, WorkingCalendar
from catalog.domain.deadlines import Deadline
from catalog.domain.events import DeadlineChanged
from catalog.domain.regime import ReportingRegime
from catalog.domain.schedule import ScheduledPeriod, periods_between, schedule

# A deadline lies at most two years after its period, so these are all the periods a year can touch.
YEARS_BEFORE = 3
YEARS_AFTER = 4


@dataclass(frozen=True, slots=True)
class SetCalendarYear:
    year: int
    expected_number: int
    holidays: Mapping[date, str]
    made_up: Mapping[date, str]
    decision: str
    decided_on: date | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class MovedPeriod:
    """A period of a regime with deadlines that are still ahead and would fall elsewhere."""

    regime: ReportingRegime
    scheduled: ScheduledPeriod
    moves: tuple[tuple[Deadline, Deadline], ...]
    """Before and after, a pair for each level that moves."""


@dataclass(frozen=True, slots=True)
class SetCalendarHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    calendars: CalendarKeeper
    clock: Clock

    async def __call__(self, command: SetCalendarYear) -> CalendarYear:
        someone = await self.whereabouts.of(command.actor)
        province_id = someone.province_id
        marks = await self.whereabouts.require(someone, ("province_admin",), province_id, weight="decision")
        years = await self._covered(province_id, command.year)
        key = await self.whereabouts.profile_key(province_id)
        now = self.clock()
        async with self.open_unit_of_work() as uow:
            known = await uow.calendars.years(province_id, years, for_update=True)
            before, after = _revised(known, command)
            await uow.calendars.save(CalendarRevision(after, now, command.actor.account_id))
            for regime in await uow.regimes.published_in(province_id):
                moved = self._moved(regime, key, known, after, now)
                uow.outbox.add(*(DeadlineChanged(regime, one.scheduled) for one in moved))
            uow.audit.record(
                aggregate_kind="calendar_year",
                aggregate_id=f"{province_id}/{command.year}",
                act="set",
                actor=command.actor,
                before=_plain(before),
                after=_plain(after),
                province_id=province_id,
                marks=marks,
            )
            await uow.commit()
        return after

    async def preview(self, command: SetCalendarYear) -> list[MovedPeriod]:
        """What saving would move; nothing is written."""
        someone = await self.whereabouts.of(command.actor)
        province_id = someone.province_id
        await self.whereabouts.require(someone, ("province_admin",), province_id, weight="decision")
        years = await self._covered(province_id, command.year)
        key = await self.whereabouts.profile_key(province_id)
        async with self.open_unit_of_work() as uow:
            known = await uow.calendars.years(province_id, years)
            regimes = await uow.regimes.published_in(province_id)
        _, after = _revised(known, command)
        now = self.clock()
        return [one for regime in regimes for one in self._moved(regime, key, known, after, now)]

    async def _covered(self, province_id: UUID, year: int) -> range:
        years = range(year - YEARS_BEFORE, year + YEARS_AFTER)
        await self.calendars.covering(province_id, years)
        return years

    def _moved(
        self,
        regime: ReportingRegime,
        key: str,
        known: Mapping[int, CalendarYear],
        after: CalendarYear,
        now: datetime,
    ) -> Iterator[MovedPeriod]:
        """A deadline that has passed under both calendars stays what it was when reports were judged by it."""
        old, new = WorkingCalendar(known), WorkingCalendar({**known, after.year: after})
        span = date(after.year - YEARS_BEFORE + 1, 1, 1), date(after.year, 12, 31)
        # A stage of several years that ends later is due later: this year doesn't move it.
        found = [
            period
            for period in periods_between(regime.terms, *span)
            if period.last_day.year <= after.year + 1
        ]
        for period, profile in self.whereabouts.under_their_rules(key, found):
            then, now_due = (schedule(regime.terms, period, profile, calendar) for calendar in (old, new))
            moves = tuple(
                (one, other)
                for one, other in zip(then.deadlines, now_due.deadlines, strict=True)
                if one.due_at != other.due_at and max(one.due_at, other.due_at) > now
            )
            if moves:
                yield MovedPeriod(regime, now_due, moves)


def _revised(
    known: Mapping[int, CalendarYear], command: SetCalendarYear
) -> tuple[CalendarYear, CalendarYear]:
    before = known[command.year]
    before.expect(command.expected_number)
    return before, before.revised(command.holidays, command.made_up, command.decision, command.decided_on)


def _plain(year: CalendarYear) -> dict[str, object]:
    return {
        "version": year.version,
        "holidays": {day.isoformat(): name for day, name in sorted(year.holidays.items())},
        "made_up": {day.isoformat(): name for day, name in sorted(year.made_up.items())},
        "decision": year.decision,
        "decided_on": year.decided_on and year.decided_on.isoformat(),
    }
