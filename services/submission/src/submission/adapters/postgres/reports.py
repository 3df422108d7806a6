"""Reports, their revisions, acts and receipts. `get` locks the report's row: one act at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from kit.clock import Clock
from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres import mapping
from submission.adapters.postgres.tables import (
    assignment,
    receipt,
    report,
    report_act,
    revision,
    settled_place,
)
from submission.domain.acts import Act, Receipt, Settled
from submission.domain.assignment import Assignment
from submission.domain.errors import report_not_found
from submission.domain.report import Report
from submission.domain.workflow import NOT_SENT_YET


class PostgresReports:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def get(self, report_id: UUID) -> Report:
        return await self._one(select(report).where(report.c.id == report_id).with_for_update())

    async def read(self, report_id: UUID) -> Report:
        return await self._one(select(report).where(report.c.id == report_id))

    async def add(self, new: Report) -> bool:
        row = mapping.assignment_row(new.assignment)
        added = await self._session.scalar(
            upsert(assignment).values(row).on_conflict_do_nothing().returning(assignment.c.id)
        )
        if added is None:
            return False
        await self._session.execute(
            insert(report).values({**mapping.report_row(new), "changed_at": self._clock()})
        )
        await self._save_parts(new)
        return True

    async def save(self, changed: Report) -> None:
        row = mapping.report_row(changed) | {"changed_at": self._clock()}
        await self._session.execute(update(report).where(report.c.id == changed.id).values(row))
        await self._save_parts(changed)

    async def of_period(self, regime_id: UUID, period_key: str) -> Sequence[Report]:
        rows = (
            await self._session.execute(
                select(report).where(report.c.regime_id == regime_id, report.c.period_key == period_key)
            )
        ).mappings()
        return await self._built([dict(row) for row in rows])

    async def not_sent_of_regime(self, regime_id: UUID) -> Sequence[Report]:
        states = [state.value for state in NOT_SENT_YET]
        here = (report.c.regime_id == regime_id, report.c.state.in_(states))
        found = await self._session.execute(select(report).where(*here).order_by(report.c.id))
        return await self._built([dict(row) for row in found.mappings()])

    async def acts(self, report_id: UUID) -> Sequence[Act]:
        found = await self._session.execute(
            select(report_act).where(report_act.c.report_id == report_id).order_by(report_act.c.sequence)
        )
        return [mapping.act_of(row) for row in found.mappings()]

    async def receipts(self, report_id: UUID) -> Sequence[Receipt]:
        found = await self._session.execute(
            select(receipt).where(receipt.c.report_id == report_id).order_by(receipt.c.sent_at)
        )
        return [mapping.receipt_of(row) for row in found.mappings()]

    async def settled(self, report_id: UUID) -> Sequence[Settled]:
        found = await self._session.execute(
            select(settled_place).where(settled_place.c.report_id == report_id)
        )
        return [mapping.settled_of(row) for row in found.mappings()]

    async def settle(self, report_id: UUID, settled: Settled) -> None:
        row = mapping.settled_row(report_id, settled)
        keys = ("report_id", "act", "place")
        await self._session.execute(
            upsert(settled_place)
            .values(row)
            .on_conflict_do_update(
                index_elements=keys, set_={name: row[name] for name in row if name not in keys}
            )
        )

    async def _one(self, query: Select[Any]) -> Report:
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            raise report_not_found()
        return (await self._built([dict(row)]))[0]

    async def _built(self, rows: Sequence[Mapping[str, Any]]) -> list[Report]:
        ids = [row["id"] for row in rows]
        assignments = await self._assignments([row["assignment_id"] for row in rows])
        revisions: dict[UUID, list[Mapping[str, Any]]] = {}
        light = [column for column in revision.c if column.name not in ("base", "document", "figures")]
        for found in (
            await self._session.execute(select(*light).where(revision.c.report_id.in_(ids)))
        ).mappings():
            revisions.setdefault(found["report_id"], []).append(dict(found))
        last_acts = await self._last_acts(ids)
        return [
            mapping.report_of(
                row, assignments[row["assignment_id"]], revisions[row["id"]], last_acts.get(row["id"])
            )
            for row in rows
        ]

    async def _assignments(self, ids: Sequence[UUID]) -> dict[UUID, Assignment]:
        found = await self._session.execute(select(assignment).where(assignment.c.id.in_(ids)))
        return {row["id"]: mapping.assignment_of(row) for row in found.mappings()}

    async def _last_acts(self, ids: Sequence[UUID]) -> dict[UUID, Act]:
        found = await self._session.execute(
            select(report_act)
            .where(report_act.c.report_id.in_(ids))
            .ext(distinct_on(report_act.c.report_id))
            .order_by(report_act.c.report_id, report_act.c.sequence.desc())
        )
        return {row["report_id"]: mapping.act_of(row) for row in found.mappings()}

    async def _save_parts(self, changed: Report) -> None:
        rows = [mapping.revision_row(changed.id, each) for each in changed.revisions.all]
        # An accepted mark is taken away before it is given: a report has at most one.
        for row in sorted(rows, key=lambda each: each["accepted"]):
            kept = {name: row[name] for name in ("canonical_hash", "sealed_at", "accepted", "nil")}
            await self._session.execute(
                upsert(revision)
                .values(row)
                .on_conflict_do_update(index_elements=["report_id", "number"], set_=kept)
            )
        if changed.new_acts:
            last = await self._session.scalar(
                select(func.coalesce(func.max(report_act.c.sequence), 0)).where(
                    report_act.c.report_id == changed.id
                )
            )
            acts, changed.new_acts = changed.new_acts, []
            first = int(last or 0) + 1
            await self._session.execute(
                insert(report_act),
                [mapping.act_row(changed.id, first + n, act) for n, act in enumerate(acts)],
            )
        receipts, changed.new_receipts = changed.new_receipts, []
        for each in receipts:
            await self._session.execute(insert(receipt).values(mapping.receipt_row(each)))
