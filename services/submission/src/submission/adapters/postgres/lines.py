"""Lists of reports in SQL: what somebody may see is part of each query's condition."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.text import fold
from kit.db import Database
from kit.errors import InvalidInput, Place
from sqlalchemy import ColumnElement, Select, and_, false, or_, select, tuple_

from submission.adapters.postgres.tables import assignment, report, revision
from submission.application.ports import Reach, ReportFilter
from submission.application.queries.lines import LinePage, ReportLine
from submission.application.standing import LEAD_READERS, UNIT_READERS
from submission.domain.rules import named_accounts
from submission.domain.states import State
from submission.domain.workflow import WAITS_FOR

_LIVE = [state.value for state in State if WAITS_FOR[state]] + [State.ACCEPTED.value]


class PostgresReportLines:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, wanted: ReportFilter, reach: Reach, cursor: str | None, limit: int) -> LinePage:
        query = _lines().where(_seen(reach), *_conditions(wanted))
        if cursor:
            place, last = tuple_(report.c.due_at, report.c.id), _position(cursor)
            query = query.where(place > last if wanted.soonest_first else place < last)
        order = (report.c.due_at, report.c.id)
        query = query.order_by(*(order if wanted.soonest_first else (each.desc() for each in order)))
        lines = await self._all(query.limit(limit + 1))
        shown = lines[:limit]
        return LinePage(shown, _cursor(shown[-1]) if len(lines) > limit else None)

    async def waiting(self, reach: Reach, rights: Sequence[str], limit: int) -> Sequence[ReportLine]:
        places = reach.places(rights)
        query = (
            _lines()
            .where(
                report.c.province_id == reach.province_id,
                or_(_held(report.c.unit_id, places), _held(report.c.lead_unit_id, places)),
                report.c.state.in_(_LIVE),
                or_(report.c.state != State.ACCEPTED.value, report.c.correction_asked_at.is_not(None)),
                assignment.c.released_at.is_not(None),
                ~report.c.imported,
            )
            .order_by(report.c.due_at, report.c.id)
            .limit(limit)
        )
        return await self._all(query)

    async def of_period(self, regime_id: UUID, period_key: str, province_id: UUID) -> Sequence[ReportLine]:
        query = (
            _lines()
            .where(
                report.c.regime_id == regime_id,
                report.c.period_key == period_key,
                report.c.province_id == province_id,
            )
            .order_by(assignment.c.unit["code"].astext, report.c.id)
        )
        return await self._all(query)

    async def found(self, text: str, reach: Reach, limit: int) -> Sequence[ReportLine]:
        query = _lines().where(_seen(reach), *_words(text)).order_by(report.c.due_at.desc()).limit(limit)
        return await self._all(query)

    async def _all(self, query: Select[Any]) -> list[ReportLine]:
        async with self._database.reading() as session:
            return [_line(row) for row in (await session.execute(query)).mappings()]


def _lines() -> Select[Any]:
    accepted = (
        select(revision.c.number)
        .where(revision.c.report_id == report.c.id, revision.c.accepted)
        .scalar_subquery()
        .label("accepted_revision")
    )
    nil = (
        select(revision.c.nil)
        .where(revision.c.report_id == report.c.id, revision.c.number == report.c.revision)
        .scalar_subquery()
        .label("nil")
    )
    a = assignment.c
    return select(
        report, accepted, nil, a.unit, a.lead_unit, a.regime_code, a.regime_name, a.signing, a.nil_allowed,
        a.period_label, a.last_day_on, a.rule, a.article, a.steps, a.released_at, a.receivers, a.deciders,
    ).join(assignment, a.id == report.c.assignment_id)  # fmt: skip


def _line(row: Mapping[str, Any]) -> ReportLine:
    same = (
        "id", "version", "revision", "accepted_revision", "province_id", "unit_id", "lead_unit_id",
        "regime_id", "regime_code", "regime_name", "signing", "nil_allowed", "period_key", "period_label",
        "due_at", "rule", "article", "imported", "submitted_to", "first_sent_at", "sent_at", "taken_in_at",
        "accepted_at", "correction_asked_at", "correction_due_at", "number", "changed_at",
    )  # fmt: skip
    return ReportLine(
        **{name: row[name] for name in same},
        state=State(row["state"]),
        unit_code=row["unit"]["code"],
        unit_name=row["unit"]["name"],
        lead_unit_name=row["lead_unit"]["name"],
        last_day=row["last_day_on"],
        steps=tuple(row["steps"]),
        released=row["released_at"] is not None,
        named=named_accounts(row["receivers"], row["deciders"]),
        nil=bool(row["nil"]),
    )


def _seen(reach: Reach) -> ColumnElement[bool]:
    if reach.province_id is None:
        return false()
    return and_(
        report.c.province_id == reach.province_id,
        or_(
            _held(report.c.unit_id, reach.places(UNIT_READERS)),
            _held(report.c.lead_unit_id, reach.places(LEAD_READERS)),
        ),
    )


def _held(column: Any, places: Iterable[tuple[UUID, UUID | None]]) -> ColumnElement[bool]:
    by_regime: dict[UUID | None, set[UUID]] = {}
    for unit, regime in places:
        by_regime.setdefault(regime, set()).add(unit)
    parts = [
        column.in_(units) if regime is None else and_(column.in_(units), report.c.regime_id == regime)
        for regime, units in by_regime.items()
    ]
    return or_(*parts) if parts else false()


def _conditions(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(report.c.state.in_([state.value for state in wanted.states]))
    if wanted.unit_id:
        conditions.append(report.c.unit_id == wanted.unit_id)
    if wanted.regime_id:
        conditions.append(report.c.regime_id == wanted.regime_id)
    if wanted.period_key:
        conditions.append(report.c.period_key == wanted.period_key)
    return conditions + (_words(wanted.text) if wanted.text else [])


def _words(text: str) -> list[ColumnElement[bool]]:
    """Every word, in any order, without marks: a folded LIKE, since pg_trgm may be missing."""
    return [report.c.search_key.contains(word, autoescape=True) for word in fold(text).split()[:8]]


def _cursor(line: ReportLine) -> str:
    return base64.urlsafe_b64encode(f"{line.due_at.isoformat()}|{line.id}".encode()).decode()


def _position(cursor: str) -> tuple[datetime, UUID]:
    try:
        due_at, _, report_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        return datetime.fromisoformat(due_at), UUID(report_id)
    except (ValueError, binascii.Error) as error:
        raise InvalidInput(
            "submission.list.cursor_invalid",
            "Dấu trang của danh sách không đúng.",
            places=[Place(field="cursor")],
            remedy="Tải lại danh sách từ đầu.",
        ) from error
