"""The document a report went by while the system was out, for whoever may see the report's receipts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.errors import NotFound
from kit.files import FileStore

from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings


@dataclass(frozen=True, slots=True)
class ReadDocument:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    files: FileStore

    async def __call__(self, actor: Actor, report_id: UUID, sha256: str) -> bytes:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            await self.standings.sight(actor, report.assignment)
            receipts = await uow.reports.receipts(report_id)
        if sha256 not in {one.fallback_sha256 for one in receipts if one.fallback_sha256}:
            raise NotFound("submission.incident.no_document", "Báo cáo này không có văn bản như vậy.")
        return await self.files.read(sha256)
