"""The store of approved figures (kho dữ liệu tổng hợp), by level; drafts are never in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from forms.values import CellKey, Figures, Number, Text
from sqlalchemy import and_, delete, func, insert, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres.tables import approved_figure, assignment, report, report_act, revision
from submission.application.ports import ApprovedFiling
from submission.domain.known import Level
from submission.domain.report import Report
from submission.domain.states import Action, State

_UNIT_STANDS_BY = [
    state.value
    for state in (
        State.FIGURES_APPROVED, State.APPROVED, State.LEADER_SIGNED, State.ISSUED, State.SENT, State.ACCEPTED,
    )
]  # fmt: skip
_APPROVING = [Action.APPROVE_FIGURES.value, Action.APPROVE.value, Action.ACCEPT.value]


class PostgresFigureStore:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(
        self, source: Report, level: Level, whole: Mapping[UUID, Figures], computed: Mapping[UUID, Figures]
    ) -> None:
        """One level of one report, in bulk: what stood there gives way, other levels stay."""
        a = source.assignment
        year = a.period.last_day.year
        await self._session.execute(
            delete(approved_figure).where(
                approved_figure.c.year == year,
                approved_figure.c.report_id == source.id,
                approved_figure.c.level == level.value,
            )
        )
        common = {
            "year": year, "report_id": source.id, "level": level.value, "province_id": a.province_id,
            "regime_id": a.regime_id, "period_key": a.period.key, "unit_id": a.unit.id,
            "revision": source.revision,
        }  # fmt: skip
        rows = [
            {
                **common, "form_version_id": form, "row_id": key.row, "column_id": key.column,
                "number": value.value if isinstance(value, Number) else None,
                "text": value.value if isinstance(value, Text) else None, "computed": is_computed,
            }
            for figures_by_form, is_computed in ((whole, False), (computed, True))
            for form, figures in figures_by_form.items()
            for key, value in figures.cells.items()
            if isinstance(value, Number | Text)
        ]  # fmt: skip
        if rows:
            await self._session.execute(insert(approved_figure), rows)

    async def numbers(self, report_id: UUID, level: str) -> dict[tuple[str, str], Decimal]:
        found = await self._session.execute(
            select(approved_figure.c.row_id, approved_figure.c.column_id, approved_figure.c.number).where(
                approved_figure.c.report_id == report_id,
                approved_figure.c.level == level,
                approved_figure.c.number.is_not(None),
            )
        )
        return {(row, column): number for row, column, number in found}

    async def filings_for(self, asking: Report, levels: Sequence[Level]) -> Sequence[ApprovedFiling]:
        """Of the same unit and period, other reports' filings that stand approved now."""
        f, a = approved_figure.c, asking.assignment
        approved_at = (
            select(func.max(report_act.c.acted_at))
            .where(
                report_act.c.report_id == f.report_id,
                report_act.c.revision == f.revision,
                report_act.c.action.in_(_APPROVING),
            )
            .scalar_subquery()
        )
        stands = or_(
            f.level == Level.ACCEPTED.value,
            and_(report.c.revision == f.revision, report.c.state.in_(_UNIT_STANDS_BY)),
        )
        found = await self._session.execute(
            select(
                f.report_id, f.revision, f.level, f.form_version_id, assignment.c.regime_name,
                func.coalesce(approved_at, revision.c.sealed_at).label("approved_at"),
            )
            .join(report, report.c.id == f.report_id)
            .join(assignment, assignment.c.id == report.c.assignment_id)
            .join(revision, and_(revision.c.report_id == f.report_id, revision.c.number == f.revision))
            .where(
                f.year == a.period.last_day.year, f.unit_id == a.unit.id, f.period_key == a.period.key,
                f.province_id == a.province_id, f.report_id != asking.id,
                f.level.in_([level.value for level in levels]), stands,
            )
            .distinct()
        )  # fmt: skip
        return [
            ApprovedFiling(
                row.report_id, row.revision, Level(row.level), row.form_version_id, row.regime_name, row.approved_at
            )
            for row in found
        ]  # fmt: skip

    async def numbers_of(
        self, year: int, filings: Sequence[ApprovedFiling], rows: Sequence[str]
    ) -> Mapping[tuple[UUID, Level, UUID], Mapping[CellKey, Decimal]]:
        """By report, level and form; of these rows alone."""
        f = approved_figure.c
        wanted = [(each.report_id, each.level.value, each.form_version_id) for each in filings]
        found = await self._session.execute(
            select(f.report_id, f.level, f.form_version_id, f.row_id, f.column_id, f.number).where(
                f.year == year,
                tuple_(f.report_id, f.level, f.form_version_id).in_(wanted),
                f.row_id.in_(rows),
                f.number.is_not(None),
            )
        )
        numbers: dict[tuple[UUID, Level, UUID], dict[CellKey, Decimal]] = {}
        for row in found:
            of_filing = numbers.setdefault((row.report_id, Level(row.level), row.form_version_id), {})
            of_filing[CellKey(row.row_id, row.column_id)] = row.number
        return numbers
