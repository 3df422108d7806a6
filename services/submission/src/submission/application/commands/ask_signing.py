"""The job that tells signing what is wanted, until signing has it: asked once, void once, whatever fails."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import structlog
from kit.clock import Clock
from kit.errors import DomainError, NotFound, Unavailable
from kit.telemetry.propagation import continuing

from submission.application.checking import forms_of
from submission.application.ports import (
    OpenUnitOfWork,
    SealedContent,
    SigningOrder,
    SigningService,
    UnitOfWork,
)
from submission.application.published import PublishedForm
from submission.domain.report import Report

log = structlog.get_logger(__name__)

BATCH = 20
LONGEST_PAUSE = timedelta(minutes=5)


class Contents(Protocol):
    async def build(
        self, report: Report, forms: Sequence[PublishedForm], sealed: SealedContent, signer: str
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SigningAsker:
    open_unit_of_work: OpenUnitOfWork
    signing: SigningService
    contents: Contents
    clock: Clock

    async def __call__(self) -> None:
        for _ in range(BATCH):
            if not await self._one():
                return

    async def _one(self) -> bool:
        """One order in one transaction; the same question twice is one request to signing."""
        async with self.open_unit_of_work() as uow:
            waiting = await uow.orders.waiting(self.clock(), 1)
            if not waiting:
                return False
            order = waiting[0]
            try:
                with continuing(order.traceparent, f"signing order: {order.wanted}"):
                    done = await self._tell(uow, order)
            except Unavailable as refusal:
                await self._later(uow, order, refusal)
            except DomainError as refusal:
                log.error("signing_refuses_order", report=str(order.report_id), code=refusal.code)
                await self._later(uow, order, refusal)
            else:
                await uow.orders.save(done, next_attempt_at=self.clock())
            await uow.commit()
        return True

    async def _tell(self, uow: UnitOfWork, order: SigningOrder) -> SigningOrder:
        if order.wanted == "void":
            with suppress(NotFound):  # taken back before signing was ever asked
                await self.signing.void(order.report_id, order.revision, order.reason)
            return replace(order, done=True)
        report = await uow.reports.read(order.report_id)
        if not report.is_current(order.revision, order.canonical_hash):
            return replace(order, done=True)
        if not order.content_sha256:
            order = replace(order, content_sha256=await self._content(uow, report, order))
        request = await self.signing.request(order, report)
        return replace(order, request_id=request, done=True)

    async def _content(self, uow: UnitOfWork, report: Report, order: SigningOrder) -> str:
        sealed = await uow.sealed.get(report.id, report.revision)
        if sealed is None:
            raise RuntimeError(f"report {report.id}: revision {report.revision} is approved but not sealed")
        forms = await forms_of(uow, report.assignment)
        data = await self.contents.build(report, forms, sealed, order.leader_account_id)
        return await uow.files.put(data, "application/json")

    async def _later(self, uow: UnitOfWork, order: SigningOrder, refusal: DomainError) -> None:
        pause = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(order.attempts, 9)))
        tried = replace(order, attempts=order.attempts + 1)
        await uow.orders.save(tried, next_attempt_at=self.clock() + pause, error=str(refusal))
