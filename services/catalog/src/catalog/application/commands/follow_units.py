"""Units are founded, merged, closed: regimes that choose by kind or level follow, for periods yet to begin."""

from __future__ import annotations

from dataclasses import dataclass

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory.records import Directory

from catalog.application.ports import OpenUnitOfWork
from catalog.application.reading_ports import Reading
from catalog.application.unit_choice import meant

FOLLOWER = Actor.system_job("reporting-units")


@dataclass(frozen=True, slots=True)
class UnitFollower:
    open_unit_of_work: OpenUnitOfWork
    reading: Reading
    directory: Directory
    clock: Clock

    async def __call__(self) -> None:
        for province_id, regime_id in await self.reading.regimes_that_choose():
            places = await self.directory.lower_places(province_id, itself=True)
            if not places:
                # The copy is being filled anew: no units is no news.
                continue
            async with self.open_unit_of_work() as uow:
                regime = await uow.regimes.get(province_id, regime_id, for_update=True)
                before = set(regime.units)
                today = vietnam_day(self.clock())
                if not regime.follow_units(meant(regime.terms, places, today), today):
                    continue
                await uow.regimes.save(regime)
                uow.outbox.add(*regime.pull_events())
                uow.audit.record(
                    aggregate_kind="regime",
                    aggregate_id=regime.id,
                    act="follow_units",
                    actor=FOLLOWER,
                    after={
                        "joined": sorted(str(unit) for unit in set(regime.units) - before),
                        "left": sorted(str(unit) for unit in before - set(regime.units)),
                    },
                    province_id=province_id,
                )
                await uow.commit()
