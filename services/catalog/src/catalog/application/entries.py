"""The shared catalogues of a province, begun from the project's sourced list the first time they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.catalogue_ports import SeedEntry
from catalog.application.ports import OpenUnitOfWork
from catalog.domain.errors import CodeTaken
from catalog.domain.shared import SharedEntry

SEEDER = Actor.system_job("catalogue-seeder")


@dataclass(frozen=True, slots=True)
class EntryKeeper:
    open_unit_of_work: OpenUnitOfWork
    seeds: Sequence[SeedEntry]
    clock: Clock
    make_id: Callable[[], UUID]

    async def begun(self, province_id: UUID) -> None:
        """A province that has any entry, were it its own, is left alone."""
        async with self.open_unit_of_work() as uow:
            if await uow.entries.any(province_id):
                return
            for seed in self.seeds:
                entry = SharedEntry.register(
                    self.make_id(),
                    province_id=province_id,
                    kind=seed.kind,
                    code=seed.code,
                    terms=seed.terms,
                    at=self.clock(),
                )
                try:
                    await uow.entries.add(entry, str(SEEDER))
                except CodeTaken:
                    return  # Another request is seeding the same province at this moment.
            uow.audit.record(
                aggregate_kind="shared_catalogue",
                aggregate_id=province_id,
                act="seed",
                actor=SEEDER,
                after={"entries": len(self.seeds)},
                province_id=province_id,
            )
            await uow.commit()
