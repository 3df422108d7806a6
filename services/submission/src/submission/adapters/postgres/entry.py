"""Edits of the working revision, and what a sealed one holds.

A save appends its edits; the state is the base (the revision before, as a copy) with the edits folded in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from forms.values import Figures
from sqlalchemy import insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres import mapping
from submission.adapters.postgres.measures import CELLS_SAVED
from submission.adapters.postgres.tables import assignment, edit, report, revision
from submission.application.ports import SealedContent
from submission.domain.aggregation import SourceRevision
from submission.domain.entry import Draft, Edit, EditKind


class PostgresDrafts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, report_id: UUID, revision_number: int) -> Draft:
        base = await self._session.scalar(
            select(revision.c.base).where(
                revision.c.report_id == report_id, revision.c.number == revision_number
            )
        )
        edits = await self._session.execute(
            select(edit)
            .where(edit.c.report_id == report_id, edit.c.revision == revision_number)
            .order_by(edit.c.number)
        )
        return mapping.draft_of(base).apply([mapping.edit_of(row) for row in edits.mappings()])

    async def append(self, report_id: UUID, revision_number: int, edits: Iterable[Edit]) -> None:
        rows = [mapping.edit_row(report_id, revision_number, each) for each in edits]
        if not rows:
            return
        await self._session.execute(insert(edit), rows)
        await self._session.execute(
            update(report).where(report.c.id == report_id).values(last_edit=rows[-1]["number"])
        )
        for row in rows:
            if row["kind"] == EditKind.CELL.value:
                CELLS_SAVED.labels(row["road"]).inc()

    async def begin_copy(self, report_id: UUID, revision_number: int, base: Draft) -> None:
        await self._session.execute(
            update(revision)
            .where(revision.c.report_id == report_id, revision.c.number == revision_number)
            .values(base=mapping.draft_json(base))
        )


class PostgresSealed:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, report_id: UUID, number: int, content: SealedContent) -> None:
        await self._session.execute(
            update(revision)
            .where(
                revision.c.report_id == report_id, revision.c.number == number, revision.c.document.is_(None)
            )
            .values(
                document=content.document,
                figures={str(form): figures.to_json() for form, figures in content.figures.items()},
                narrative=dict(content.narrative),
                explanations=dict(content.explanations),
            )
        )

    async def get(self, report_id: UUID, number: int) -> SealedContent | None:
        row = (
            (
                await self._session.execute(
                    select(revision).where(revision.c.report_id == report_id, revision.c.number == number)
                )
            )
            .mappings()
            .one_or_none()
        )
        if row is None or row["document"] is None:
            return None
        figures = {UUID(form): Figures.from_json(data) for form, data in row["figures"].items()}
        return SealedContent(bytes(row["document"]), figures, row["narrative"], row["explanations"])

    async def accepted_of(
        self, regime_id: UUID, period_key: str, unit_id: UUID | None = None
    ) -> Sequence[SourceRevision]:
        of_unit = assignment.c.unit_id == unit_id if unit_id is not None else true()
        found = await self._session.execute(
            select(
                revision.c.report_id,
                revision.c.number,
                revision.c.canonical_hash,
                revision.c.nil,
                revision.c.figures,
                revision.c.sealed_at,
                assignment.c.unit_id,
                assignment.c.unit,
            )
            .join(report, report.c.id == revision.c.report_id)
            .join(assignment, assignment.c.id == report.c.assignment_id)
            .where(
                report.c.regime_id == regime_id,
                report.c.period_key == period_key,
                revision.c.accepted,
                of_unit,
            )
            .order_by(assignment.c.unit["code"].astext, revision.c.report_id)
        )
        return [
            SourceRevision(
                row["report_id"],
                row["number"],
                row["unit_id"],
                row["unit"]["name"],
                row["canonical_hash"],
                row["nil"],
                {UUID(form): Figures.from_json(data) for form, data in (row["figures"] or {}).items()},
                row["sealed_at"],
            )
            for row in found.mappings()
        ]
