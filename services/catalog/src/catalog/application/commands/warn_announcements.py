"""DN 13.3: those concerned are told 5 and 2 working days before the announcement of a regime is due, and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from kit.clock import Clock, vietnam_day

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork
from catalog.application.reading_ports import Reading
from catalog.application.whereabouts import Whereabouts
from catalog.domain.after_publishing import announcement_clock, in_force_from, warning_now
from catalog.domain.events import AnnouncementDue


@dataclass(frozen=True, slots=True)
class AnnouncementWarner:
    open_unit_of_work: OpenUnitOfWork
    reading: Reading
    whereabouts: Whereabouts
    calendars: CalendarKeeper
    clock: Clock

    async def __call__(self) -> None:
        for province_id in await self.reading.provinces_with_regimes():
            await self._province(province_id)

    async def _province(self, province_id: UUID) -> None:
        today = vietnam_day(self.clock())
        profile = await self.whereabouts.profile_today(province_id)
        async with self.open_unit_of_work() as uow:
            regimes = await uow.regimes.published_in(province_id)
        begins = [day.year for regime in regimes if (day := in_force_from(regime))]
        if not begins:
            return
        years = range(min(*begins, today.year), max(*begins, today.year) + 2)
        calendar = await self.calendars.covering(province_id, years)
        async with self.open_unit_of_work() as uow:
            for regime in regimes:
                runs = announcement_clock(regime, today, calendar, profile)
                announced = await uow.papers.announcement(regime.id)
                if runs is None or announced.announced_on is not None:
                    continue
                stage = warning_now(runs, announced.warned, profile)
                if stage is None:
                    continue
                await uow.papers.save_announcement(replace(announced, warned=(*announced.warned, stage)))
                article = profile.regimes.public_list.reference
                uow.outbox.add(AnnouncementDue(regime, runs.last_on, runs.days_left, article))
            await uow.commit()
