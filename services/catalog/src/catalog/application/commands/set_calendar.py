"""A year of the working calendar is set anew; every deadline that moves by it is told of, none moves unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kit.actor import Actor

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import Whereabouts
from catalog.domain.calendar import CalendarYear, WorkingCalendar
from catalog.domain.events import DeadlineChanged
from catalog.domain.regime import ReportingRegime
from catalog.domain.schedule import periods_between, schedule

# A deadline lies at most two years after its period, so these are all the periods a year can touch.
YEARS_BEFORE = 3
YEARS_AFTER = 4


@dataclass(frozen=True, slots=True)
class SetCalendarYear:
    year: int
    expected_number: int
    holidays: Mapping[date, str]
    made_up: Mapping[date, str]
    actor: Actor


@dataclass(frozen=True, slots=True)
class SetCalendarHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    calendars: CalendarKeeper

    async def __call__(self, command: SetCalendarYear) -> CalendarYear:
        someone = await self.whereabouts.of(command.actor)
        province_id = someone.province_id
        marks = await self.whereabouts.require(someone, ("province_admin",), province_id, weight="decision")
        years = range(command.year - YEARS_BEFORE, command.year + YEARS_AFTER)
        await self.calendars.covering(province_id, years)
        key = await self.whereabouts.profile_key(province_id)
        async with self.open_unit_of_work() as uow:
            known = await uow.calendars.years(province_id, years, for_update=True)
            before = known[command.year]
            before.expect(command.expected_number)
            after = before.revised(command.holidays, command.made_up)
            await uow.calendars.save(after)
            old, new = WorkingCalendar(known), WorkingCalendar({**known, command.year: after})
            for regime in await uow.regimes.published_in(province_id):
                uow.outbox.add(*self._moved(regime, key, command.year, old, new))
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

    def _moved(
        self, regime: ReportingRegime, key: str, year: int, old: WorkingCalendar, new: WorkingCalendar
    ) -> Iterator[DeadlineChanged]:
        span = date(year - YEARS_BEFORE + 1, 1, 1), date(year, 12, 31)
        for period, profile in self.whereabouts.under_their_rules(key, periods_between(regime.terms, *span)):
            then, now = (schedule(regime.terms, period, profile, calendar) for calendar in (old, new))
            if [one.due_at for one in then.deadlines] != [one.due_at for one in now.deadlines]:
                yield DeadlineChanged(regime, now)


def _plain(year: CalendarYear) -> dict[str, object]:
    return {
        "version": year.version,
        "holidays": {day.isoformat(): name for day, name in sorted(year.holidays.items())},
        "made_up": {day.isoformat(): name for day, name in sorted(year.made_up.items())},
    }
