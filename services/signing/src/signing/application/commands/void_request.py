"""The report has moved on: signatures made for this revision hold no more, its number waits or is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from signing.application.ports import OpenUnitOfWork
from signing.domain.register import EntryState
from signing.domain.request import SigningRequest
from signing.domain.states import State


@dataclass(frozen=True, slots=True)
class VoidRequest:
    report_id: UUID
    revision: int
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class VoidRequestHandler:
    open_unit_of_work: OpenUnitOfWork
    clock: Clock

    async def __call__(self, command: VoidRequest) -> State:
        """A revision that never came here needs no signatures either: void is true of it."""
        async with self.open_unit_of_work() as uow:
            found: list[SigningRequest] = await uow.requests.of_report(command.report_id, lock=True)
            request = next((one for one in found if one.revision == command.revision), None)
            if request is not None:
                await void_in(uow, request, command.reason, command.actor, self.clock())
                await uow.commit()
        return State.VOID


async def void_in(uow: Any, request: SigningRequest, reason: str, actor: Actor, at: datetime) -> None:
    before = request.state
    if not request.void(reason, at):
        return
    await uow.requests.save(request)
    entry = await uow.register.of_request(request.id)
    if entry is not None and entry.state is EntryState.ISSUED:
        await uow.register.save(entry.kept(request.reason))
    uow.audit.record(
        aggregate_kind="signing_request",
        aggregate_id=request.id,
        act="voided",
        actor=actor,
        before={"state": before},
        after={"state": request.state, "reason": request.reason},
        province_id=request.province_id,
    )
