"""A number kept for a revision that will not come is cancelled in the register, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from kit.actor import Actor
from kit.directory import Directory

from signing.application.ports import OpenUnitOfWork
from signing.domain.errors import NumberNotKept, ReasonMissing
from signing.domain.register import REPORT_KIND, EntryState, RegisterEntry
from signing.domain.states import Action


@dataclass(frozen=True, slots=True)
class CancelNumber:
    unit_id: UUID
    year: int
    number: int
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class CancelNumberHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory

    async def __call__(self, command: CancelNumber) -> RegisterEntry:
        permission = await self.directory.require(command.actor, "issue", command.unit_id, weight="decision")
        if not command.reason.strip():
            raise ReasonMissing(Action.VOID)
        async with self.open_unit_of_work() as uow:
            entries: list[RegisterEntry] = await uow.register.lock(command.unit_id, REPORT_KIND, command.year)
            kept = next(
                (e for e in entries if e.number == command.number and e.state is EntryState.KEPT), None
            )
            if kept is None:
                raise NumberNotKept(command.number)
            cancelled = replace(kept, state=EntryState.CANCELLED, reason=command.reason.strip())
            await uow.register.save(cancelled)
            uow.audit.record(
                aggregate_kind="number",
                aggregate_id=f"{command.unit_id}/{REPORT_KIND}/{command.year}/{command.number}",
                act="cancelled",
                actor=command.actor,
                after={"reason": cancelled.reason},
                province_id=await self.directory.province_of(command.unit_id),
                marks=permission.marks,
            )
            await uow.commit()
        return cancelled
