"""What waits for a person's signature, and the search over documents they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory

from signing.application.ports import OpenUnitOfWork
from signing.application.reading import AT_UNIT
from signing.domain.request import SigningRequest
from signing.domain.states import RIGHT_OF_STATE, State

MOST = 200


@dataclass(frozen=True, slots=True)
class Task:
    request: SigningRequest
    overdue: bool


@dataclass(frozen=True, slots=True)
class Tasks:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    clock: Clock

    async def waiting(self, actor: Actor) -> list[Task]:
        now = self.clock()
        found: list[SigningRequest] = []
        for state, right in RIGHT_OF_STATE.items():
            units = await self.directory.places_where(actor, right)
            if units:
                async with self.open_unit_of_work() as uow:
                    found += await uow.requests.waiting([state], [*units], MOST)
        return [
            Task(request, overdue=_is_over(request.due_at, now))
            for request in found
            if _theirs(request, actor)
            and await self.directory.may(
                actor, RIGHT_OF_STATE[request.state], request.unit_id, request.regime_id
            )
        ]

    async def search(self, actor: Actor, text: str, limit: int) -> list[SigningRequest]:
        units: set[UUID] = await self.directory.places_where(actor, AT_UNIT)
        if not units or not text.strip():
            return []
        async with self.open_unit_of_work() as uow:
            found: list[SigningRequest] = await uow.requests.search(text, [*units], limit)
        return found


def _theirs(request: SigningRequest, actor: Actor) -> bool:
    """A request put to one leader stands in that leader's list alone."""
    named = request.leader_account_id if request.state is State.WAITING_LEADER else None
    return named is None or named == actor.account_id


def _is_over(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and now >= due_at
