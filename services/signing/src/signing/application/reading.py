"""Who may see a document: who works on it, who watches over the unit, and whom it was issued to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.directory import Directory

from signing.application.ports import OpenUnitOfWork
from signing.domain.errors import RequestNotFound
from signing.domain.request import SigningRequest
from signing.domain.states import State

AT_UNIT = (
    "entry",
    "check",
    "approve_figures",
    "approve",
    "sign",
    "issue",
    "send",
    "monitor",
    "reviewer",
    "auditor",
    "unit_admin",
)
AT_LEAD = ("take_in", "decide", "aggregate", "monitor", "reviewer", "auditor")


@dataclass(frozen=True, slots=True)
class Reading:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory

    async def request(self, request_id: UUID, actor: Actor) -> SigningRequest:
        async with self.open_unit_of_work() as uow:
            request: SigningRequest = await uow.requests.get(request_id)
        if not await self.allowed(request, actor):
            # Not told apart from a request that isn't there.
            raise RequestNotFound()
        return request

    async def of_report(self, report_id: UUID, actor: Actor) -> list[SigningRequest]:
        async with self.open_unit_of_work() as uow:
            found: list[SigningRequest] = await uow.requests.of_report(report_id)
        return [request for request in found if await self.allowed(request, actor)]

    async def allowed(self, request: SigningRequest, actor: Actor) -> bool:
        for right in AT_UNIT:
            if await self.directory.may(actor, right, request.unit_id, request.regime_id):
                return True
        if request.lead_unit_id is None or request.state is not State.ISSUED:
            return False
        for right in AT_LEAD:
            if await self.directory.may(actor, right, request.lead_unit_id, request.regime_id):
                return True
        return False
