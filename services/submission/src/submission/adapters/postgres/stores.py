"""Smaller stores: assignments, orders to signing, aggregates, imported history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.values import Figures
from kit.errors import NotFound
from kit.telemetry.propagation import current_traceparent
from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres import mapping
from submission.adapters.postgres.tables import (
    aggregation,
    assignment,
    history_import,
    report,
    signing_order,
)
from submission.application.ports import HistorySource, SigningOrder
from submission.domain.aggregation import AggregatedForm, Aggregation, AggregationFacts, SourceRevision
from submission.domain.assignment import Assignment
from submission.domain.moving import UnitFallen


class PostgresAssignments:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def units_assigned(self, regime_id: UUID, period_key: str) -> set[UUID]:
        found = await self._session.scalars(
            select(assignment.c.unit_id).where(
                assignment.c.regime_id == regime_id,
                assignment.c.period_key == period_key,
                assignment.c.parent_id.is_(None),
            )
        )
        return set(found)

    async def of_period(self, regime_id: UUID, period_key: str) -> Sequence[Assignment]:
        found = await self._session.execute(
            select(assignment)
            .where(assignment.c.regime_id == regime_id, assignment.c.period_key == period_key)
            .with_for_update()
        )
        return [mapping.assignment_of(row) for row in found.mappings()]

    async def save(self, changed: Assignment) -> None:
        row = mapping.assignment_row(changed)
        await self._session.execute(update(assignment).where(assignment.c.id == changed.id).values(row))
        await self._session.execute(
            update(report).where(report.c.assignment_id == changed.id).values(due_at=changed.deadline.due_at)
        )


class PostgresSigningOrders:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, order: SigningOrder, at: datetime) -> None:
        row = {**asdict(order), "next_attempt_at": at, "traceparent": current_traceparent() or ""}
        changed = {name: value for name, value in row.items() if name not in ("report_id", "revision")}
        await self._session.execute(
            upsert(signing_order)
            .values(row)
            .on_conflict_do_update(index_elements=["report_id", "revision"], set_=changed)
        )

    async def waiting(self, now: datetime, limit: int) -> Sequence[SigningOrder]:
        """Locked, those of another copy of this service skipped."""
        found = await self._session.execute(
            select(signing_order)
            .where(~signing_order.c.done, signing_order.c.next_attempt_at <= now)
            .order_by(signing_order.c.next_attempt_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        names = SigningOrder.__dataclass_fields__
        return [SigningOrder(**{name: row[name] for name in names}) for row in found.mappings()]

    async def save(self, order: SigningOrder, *, next_attempt_at: datetime, error: str = "") -> None:
        row = {**asdict(order), "next_attempt_at": next_attempt_at, "last_error": error[:500]}
        await self._session.execute(
            update(signing_order)
            .where(
                signing_order.c.report_id == order.report_id,
                signing_order.c.revision == order.revision,
                signing_order.c.wanted == order.wanted,
            )
            .values(row)
        )


class PostgresAggregations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_period(self, regime_id: UUID, period_key: str) -> Aggregation | None:
        return await self._one(
            select(aggregation)
            .where(aggregation.c.regime_id == regime_id, aggregation.c.period_key == period_key)
            .with_for_update()
        )

    async def get(self, aggregation_id: UUID) -> Aggregation:
        found = await self._one(select(aggregation).where(aggregation.c.id == aggregation_id))
        if found is None:
            raise NotFound(
                "submission.aggregation.not_found",
                "Không tìm thấy bản tổng hợp này, hoặc bản này ngoài phạm vi của bạn.",
            )
        return found

    async def save(self, made: Aggregation) -> None:
        row = {
            "id": made.id, "province_id": made.province_id, "regime_id": made.regime_id,
            "period_key": made.period_key, "lead_unit_id": made.lead_unit_id, "version": made.version,
            "made_at": made.made_at, "made_by": made.made_by, "facts": asdict(made.facts),
            "sources": [_source_json(source) for source in made.sources],
            "forms": [_form_json(form) for form in made.forms],
        }  # fmt: skip
        changed = {name: row[name] for name in ("version", "made_at", "made_by", "facts", "sources", "forms")}
        await self._session.execute(
            upsert(aggregation)
            .values(row)
            .on_conflict_do_update(index_elements=["regime_id", "period_key"], set_=changed)
        )

    async def _one(self, query: Any) -> Aggregation | None:
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        names = (
            "id",
            "province_id",
            "regime_id",
            "period_key",
            "lead_unit_id",
            "version",
            "made_at",
            "made_by",
        )
        return Aggregation(
            **{name: row[name] for name in names},
            facts=AggregationFacts(**row["facts"]),
            sources=tuple(_source_of(data) for data in row["sources"]),
            forms=tuple(_form_of(data) for data in row["forms"]),
        )


class PostgresHistorySources:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, source: HistorySource) -> None:
        await self._session.execute(insert(history_import).values(asdict(source)))


def _source_json(source: SourceRevision) -> dict[str, Any]:
    return {
        "report_id": str(source.report_id), "revision": source.revision, "unit_id": str(source.unit_id),
        "unit_name": source.unit_name, "canonical_hash": source.canonical_hash, "nil": source.nil,
    }  # fmt: skip


def _source_of(data: Mapping[str, Any]) -> SourceRevision:
    return SourceRevision(
        UUID(data["report_id"]), data["revision"], UUID(data["unit_id"]), data["unit_name"],
        data["canonical_hash"], data["nil"],
    )  # fmt: skip


def _form_json(form: AggregatedForm) -> dict[str, Any]:
    return {
        "form_version_id": str(form.form_version_id), "figures": form.figures.to_json(),
        "computed": form.computed.to_json(), "contributions": dict(form.contributions),
        "row_sources": dict(form.row_sources), "fallen": [each.to_json() for each in form.fallen],
    }  # fmt: skip


def _form_of(data: Mapping[str, Any]) -> AggregatedForm:
    return AggregatedForm(
        UUID(data["form_version_id"]), Figures.from_json(data["figures"]), Figures.from_json(data["computed"]),
        data["contributions"], data["row_sources"],
        # Aggregates from before forms had several versions in one period name none.
        tuple(UnitFallen.from_json(each) for each in data.get("fallen", ())),
    )  # fmt: skip
