"""Whoever is to sign says no, and why."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory

from signing.application.ports import OpenUnitOfWork
from signing.domain.request import SigningRequest
from signing.domain.states import Action
from signing.domain.workflow import transition


@dataclass(frozen=True, slots=True)
class RefuseRequest:
    request_id: UUID
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class RefuseRequestHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    clock: Clock

    async def __call__(self, command: RefuseRequest) -> SigningRequest:
        async with self.open_unit_of_work() as uow:
            request: SigningRequest = await uow.requests.lock(command.request_id)
            right = transition(request.state, Action.REFUSE).right
            permission = await self.directory.require(
                command.actor, right, request.unit_id, request.regime_id, weight="decision"
            )
            before = request.state
            request.refuse(str(command.actor), command.reason, self.clock())
            await uow.requests.save(request)
            uow.outbox.add(*request.pull_events())
            uow.audit.record(
                aggregate_kind="signing_request",
                aggregate_id=request.id,
                act="refused",
                actor=command.actor,
                before={"state": before},
                after={"state": request.state, "reason": request.reason},
                province_id=request.province_id,
                marks=permission.marks,
            )
            await uow.commit()
        return request
