"""Judges a PDF that somebody brings, and keeps the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from signing.application.ports import OpenUnitOfWork, Verification, Verifier
from signing.application.queries.documents import bound
from signing.application.reading import Reading


@dataclass(frozen=True, slots=True)
class VerifyDocument:
    pdf: bytes
    actor: Actor


@dataclass(frozen=True, slots=True)
class Judged:
    id: UUID
    verification: Verification
    request_id: UUID | None


@dataclass(frozen=True, slots=True)
class VerifyDocumentHandler:
    open_unit_of_work: OpenUnitOfWork
    reading: Reading
    verifier: Verifier
    clock: Clock

    async def __call__(self, command: VerifyDocument) -> Judged:
        now = self.clock()
        verification = await self.verifier.verify(command.pdf)
        request_id: UUID | None = None
        if (report_id := _uuid(verification.report_id)) is not None:
            for request in await self.reading.of_report(report_id, command.actor):
                if request.revision == verification.revision:
                    verification = bound(verification, request)
                    request_id = request.id
        async with self.open_unit_of_work() as uow:
            kept = await uow.verifications.add(verification, request_id, command.actor, now)
            await uow.commit()
        return Judged(kept, verification, request_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
