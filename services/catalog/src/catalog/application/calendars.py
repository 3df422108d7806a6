"""The working calendar of a province, begun from the public holidays the first time a year is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor

from catalog.application.ports import OpenUnitOfWork, SeedYear
from catalog.domain.calendar import CalendarYear, WorkingCalendar

SEEDER = Actor.system_job("calendar-seeder")


@dataclass(frozen=True, slots=True)
class CalendarKeeper:
    open_unit_of_work: OpenUnitOfWork
    seed_year: SeedYear

    async def covering(self, province_id: UUID, years: Iterable[int]) -> WorkingCalendar:
        wanted = sorted(set(years))
        async with self.open_unit_of_work() as uow:
            known = await uow.calendars.years(province_id, wanted)
            missing = [year for year in wanted if year not in known]
            if not missing:
                return WorkingCalendar(known)
            for year in missing:
                seeded = self.seed_year(province_id, year)
                await uow.calendars.add(seeded)
                uow.audit.record(
                    aggregate_kind="calendar_year",
                    aggregate_id=f"{province_id}/{year}",
                    act="seed",
                    actor=SEEDER,
                    after={"version": seeded.version, "holidays": [d.isoformat() for d in seeded.holidays]},
                    province_id=province_id,
                )
            await uow.commit()
        async with self.open_unit_of_work() as uow:
            return WorkingCalendar(await uow.calendars.years(province_id, wanted))

    async def year(self, province_id: UUID, year: int) -> CalendarYear:
        return (await self.covering(province_id, [year])).years[year]
