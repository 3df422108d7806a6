"""The register of documents out of one agency and year, with its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.directory import Directory

from signing.application.ports import OpenUnitOfWork
from signing.domain.register import REPORT_KIND, RegisterEntry, gaps

READERS = ("issue", "sign", "approve", "unit_admin", "auditor", "monitor")


@dataclass(frozen=True, slots=True)
class RegisterYear:
    entries: list[RegisterEntry]
    gaps: list[int]


@dataclass(frozen=True, slots=True)
class RegisterBook:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory

    async def of(self, actor: Actor, unit_id: UUID, year: int) -> RegisterYear:
        await self.directory.require(actor, READERS, unit_id)
        async with self.open_unit_of_work() as uow:
            entries = await uow.register.entries(unit_id, REPORT_KIND, year)
        return RegisterYear(entries, gaps(entries))
