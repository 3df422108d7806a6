"""Periods and deadlines of a regime, as people and other services ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import REGIME_RIGHTS, Whereabouts
from catalog.domain.errors import RegimeNotFound, SpanTooLong
from catalog.domain.regime import RegimeState, ReportingRegime
from catalog.domain.schedule import ScheduledPeriod, calendar_years, periods_between, schedule

LONGEST = 3 * 366


@dataclass(frozen=True, slots=True)
class Schedules:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    calendars: CalendarKeeper
    clock: Clock

    async def for_person(
        self, actor: Actor, regime_id: UUID, from_day: date | None, to_day: date | None
    ) -> list[ScheduledPeriod]:
        someone = await self.whereabouts.of(actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(someone.province_id, regime_id)
        if regime.state is RegimeState.DRAFT and not await self._may_see_draft(actor, regime):
            raise RegimeNotFound
        today = vietnam_day(self.clock())
        begin = from_day or today - timedelta(days=366)
        return await self._between(regime, begin, to_day or begin + timedelta(days=2 * 366))

    async def for_service(
        self, actor: Actor, regime_id: UUID, from_day: date, to_day: date
    ) -> list[ScheduledPeriod]:
        province_id = await self.whereabouts.wall_of(actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(province_id, regime_id)
        if regime.state is RegimeState.DRAFT:
            raise RegimeNotFound
        return await self._between(regime, from_day, to_day, with_past=True)

    async def _between(
        self, regime: ReportingRegime, from_day: date, to_day: date, *, with_past: bool = False
    ) -> list[ScheduledPeriod]:
        if (to_day - from_day).days > LONGEST:
            raise SpanTooLong((to_day - from_day).days, LONGEST)
        found = list(periods_between(regime.terms, from_day, to_day, with_past=with_past))
        if not found:
            return []
        calendar = await self.calendars.covering(regime.province_id, calendar_years(found))
        key = await self.whereabouts.profile_key(regime.province_id)
        return [
            schedule(regime.terms, period, profile, calendar)
            for period, profile in self.whereabouts.under_their_rules(key, found)
        ]

    async def _may_see_draft(self, actor: Actor, regime: ReportingRegime) -> bool:
        return await self.whereabouts.may_any(actor, REGIME_RIGHTS, regime.owner_unit_id)
