"""What a unit must send and by when, from every published regime that names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import UNIT_RIGHTS, Whereabouts
from catalog.domain.errors import FeedNotFound
from catalog.domain.feed import DueReport, UnitDeadlines, deadline_of_level, falls_between, hash_of
from catalog.domain.schedule import calendar_years, periods_between, schedule

BACK, AHEAD = timedelta(days=62), timedelta(days=400)
# A deadline lies at most two years after its period's end.
LONGEST_AFTER = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class DeadlinesOfUnit:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    calendars: CalendarKeeper
    clock: Clock

    async def for_person(self, actor: Actor, unit_id: UUID) -> UnitDeadlines:
        someone = await self.whereabouts.of(actor)
        await self.whereabouts.require(someone, UNIT_RIGHTS, unit_id)
        return await self._of(someone.province_id, unit_id)

    async def for_feed(self, secret: str) -> UnitDeadlines:
        """By the secret alone; closed when it is revoked or its maker has lost the right."""
        async with self.open_unit_of_work() as uow:
            feed = await uow.feeds.by_secret(hash_of(secret))
        if feed is None or feed.revoked_at is not None:
            raise FeedNotFound
        maker = Actor.account(feed.created_by, channel="program")
        account = await self.whereabouts.directory.account(feed.created_by)
        if not account.active or not await self.whereabouts.may_any(maker, UNIT_RIGHTS, feed.unit_id):
            raise FeedNotFound
        return await self._of(feed.province_id, feed.unit_id)

    async def _of(self, province_id: UUID, unit_id: UUID) -> UnitDeadlines:
        unit = await self.whereabouts.directory.place(unit_id)
        now = self.clock()
        today = vietnam_day(now)
        from_day, to_day = today - BACK, today + AHEAD
        async with self.open_unit_of_work() as uow:
            regimes = await uow.regimes.published_in(province_id)
        owed = [
            (regime, period)
            for regime in regimes
            for period in periods_between(regime.terms, _first(from_day), to_day)
            if regime.owed_by(unit_id, period.first_day)
        ]
        if not owed:
            return UnitDeadlines(unit.name, (), now)
        calendar = await self.calendars.covering(province_id, calendar_years([period for _, period in owed]))
        key = await self.whereabouts.profile_key(province_id)
        found = [
            DueReport(regime.id, regime.terms.name, regime.terms.basis, scheduled, deadline)
            for regime, one in owed
            for period, profile in self.whereabouts.under_their_rules(key, [one])
            for scheduled in (schedule(regime.terms, period, profile, calendar),)
            for deadline in (deadline_of_level(scheduled, unit.level),)
            if deadline is not None and falls_between(deadline, from_day, to_day)
        ]
        found.sort(key=lambda report: (report.deadline.due_at, report.uid))
        return UnitDeadlines(unit.name, tuple(found), now)


def _first(from_day: date) -> date:
    return from_day - LONGEST_AFTER
