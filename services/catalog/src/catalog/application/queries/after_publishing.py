"""What a province's published regimes owe: checks before, review and announcement after, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from province_profile import ProvinceProfile
from province_profile.regimes import Burden

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.queries.look_up import LookUp
from catalog.application.unit_choice import UnitChooser
from catalog.application.whereabouts import Whereabouts
from catalog.domain.after_publishing import (
    Announcement,
    AnnouncementClock,
    ReviewDue,
    announcement_clock,
    in_force_from,
    review_due,
)
from catalog.domain.burden import AskedTwice, Owed, UnitBurden, asked_twice, burdens, input_cells
from catalog.domain.form import FormVersion
from catalog.domain.regime import ReportingRegime
from catalog.domain.regime_checks import Warned, missing, too_short
from catalog.domain.schedule import ScheduledPeriod, calendar_years, periods_between, schedule


@dataclass(frozen=True, slots=True)
class Checks:
    missing: list[tuple[str, str]]
    rule: str
    warnings: list[Warned]


@dataclass(frozen=True, slots=True)
class Announced:
    regime: ReportingRegime
    clock: AnnouncementClock | None
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class YearBurden:
    assumed: Burden
    owed: list[Owed]
    units: list[UnitBurden]
    names: dict[UUID, str]
    twice: list[AskedTwice]


@dataclass(frozen=True, slots=True)
class AfterPublishing:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    chooser: UnitChooser
    calendars: CalendarKeeper
    look_up: LookUp
    clock: Clock

    async def checks(self, actor: Actor, regime_id: UUID) -> Checks:
        """What publishing would refuse, and what it would only warn of."""
        regime = await self.look_up.regime(actor, regime_id)
        profile = await self.whereabouts.profile_today(regime.province_id)
        lacking = list(missing(regime, await self.chooser.owner(regime.owner_unit_id), profile))
        warned: list[Warned] = []
        if not {"deadlines", "frequency", "starts_on"} & {name for name, _ in lacking}:
            today = vietnam_day(self.clock())
            span = date(today.year, 1, 1), date(today.year + 1, 12, 31)
            scheduled = await self._scheduled(regime, *span)
            if scheduled:
                years = calendar_years([one.period for one in scheduled])
                calendar = await self.calendars.covering(regime.province_id, years)
                warned = list(too_short(scheduled, calendar, profile))
        return Checks(lacking, profile.regimes.publication.reference, warned)

    async def reviews(self, actor: Actor) -> tuple[ProvinceProfile, list[ReviewDue]]:
        """Every published regime with the day its review is due, the longest overdue first."""
        someone = await self.whereabouts.of(actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        today = vietnam_day(self.clock())
        async with self.open_unit_of_work() as uow:
            regimes = await uow.regimes.published_in(someone.province_id)
            last = await uow.papers.last_reviews(someone.province_id)
        found = [review_due(one, last.get(one.id), today, profile) for one in regimes]
        return profile, sorted((due for due in found if due), key=lambda due: due.due_on)

    async def announced(self, province_id: UUID) -> tuple[ProvinceProfile, list[Announced]]:
        today = vietnam_day(self.clock())
        profile = await self.whereabouts.profile_today(province_id)
        async with self.open_unit_of_work() as uow:
            regimes = await uow.regimes.published_in(province_id)
            papers = {one.id: await uow.papers.announcement(one.id) for one in regimes}
        years = {today.year, today.year + 1}
        for day in filter(None, map(in_force_from, regimes)):
            years |= set(range(day.year, today.year + 2))
        calendar = await self.calendars.covering(province_id, years)
        return profile, [
            Announced(one, announcement_clock(one, today, calendar, profile), papers[one.id])
            for one in sorted(regimes, key=lambda one: one.terms.name)
        ]

    async def announcements(self, actor: Actor) -> tuple[ProvinceProfile, list[Announced]]:
        return await self.announced((await self.whereabouts.of(actor)).province_id)

    async def burden(
        self, actor: Actor, year: int, minutes_per_report: int | None, seconds_per_cell: int | None
    ) -> YearBurden:
        """The year's reports, cells and hours of each unit. Left out, the assumption is the profile's."""
        someone = await self.whereabouts.of(actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        given = {"minutes_per_report": minutes_per_report, "seconds_per_cell": seconds_per_cell}
        assumed = profile.regimes.burden.model_copy(
            update={name: value for name, value in given.items() if value is not None}
        )
        async with self.open_unit_of_work() as uow:
            published = await uow.regimes.published_in(someone.province_id)
            regimes = [one for one in published if not one.terms.only_listed]
            wanted = {version for one in regimes for version in one.terms.form_version_ids}
            versions = await uow.forms.versions_among(someone.province_id, wanted)
        owed = [_owed(one, versions, year) for one in regimes]
        places = await self.whereabouts.directory.lower_places(someone.province_id, itself=True)
        return YearBurden(
            assumed,
            owed,
            burdens(owed, assumed),
            {place.id: place.name for place in places},
            sorted(asked_twice(regimes, versions), key=lambda one: (-one.units, one.name)),
        )

    async def _scheduled(
        self, regime: ReportingRegime, from_day: date, to_day: date
    ) -> list[ScheduledPeriod]:
        found = list(periods_between(regime.terms, from_day, to_day))
        if not found:
            return []
        calendar = await self.calendars.covering(regime.province_id, calendar_years(found))
        key = await self.whereabouts.profile_key(regime.province_id)
        return [
            schedule(regime.terms, period, profile, calendar)
            for period, profile in self.whereabouts.under_their_rules(key, found)
        ]


def _owed(regime: ReportingRegime, versions: dict[UUID, FormVersion], year: int) -> Owed:
    """Periods that end in the year: those are when the work is done."""
    begun = date(year - 1, 1, 1)
    found = periods_between(regime.terms, begun, date(year, 12, 31) + timedelta(days=1))
    reports = sum(period.last_day.year == year for period in found)
    cells = sum(
        input_cells(versions[version].model)
        for version in regime.terms.form_version_ids
        if version in versions
    )
    return Owed(regime, reports, cells)
