"""Lists of indicators, entries and sets; names that look alike; forms that an indicator stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from forms.text import fold
from kit.db import Database
from sqlalchemy import Select, func, or_, select

from catalog.adapters.postgres import tables
from catalog.adapters.postgres.paging import own, page_of
from catalog.application.reading_ports import Found, IndicatorFilter, Sight
from catalog.domain.shared import EntryKind

ALIKE = 0.6
"""Of pg_trgm's similarity, 0 to 1: from here on two names are offered as one indicator."""


class PostgresIndicatorReading:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def entries(
        self, sight: Sight, *, kind: EntryKind, q: str, retired: bool | None, cursor: str | None, limit: int
    ) -> Found:
        entry = tables.shared_entry
        query = select(
            entry.c.id, entry.c.kind, entry.c.code, entry.c.terms, entry.c.retired, entry.c.changed_at,
            entry.c.version, entry.c.sort_key,
        ).where(entry.c.province_id == sight.province_id, entry.c.kind == kind)  # fmt: skip
        if retired is not None:
            query = query.where(entry.c.retired.is_(retired))
        return await page_of(self._database, entry, query, q, cursor, limit)

    async def indicators(
        self, sight: Sight, wanted: IndicatorFilter, *, cursor: str | None, limit: int
    ) -> Found:
        indicator = tables.indicator
        query = _summary().where(
            indicator.c.province_id == sight.province_id,
            or_(indicator.c.state != "draft", own(indicator, sight)),
        )
        for column in ("state", "domain_id", "measure_id", "owner_unit_id"):
            value = getattr(wanted, column)
            if value is not None:
                query = query.where(indicator.c[column] == value)
        if wanted.state is None:
            query = query.where(indicator.c.state != "merged")
        return await page_of(self._database, indicator, query, wanted.q, cursor, limit)

    async def alike(
        self, sight: Sight, name: str, *, besides: UUID | None = None, limit: int = 5
    ) -> list[dict[str, Any]]:
        """Indicators whose folded name looks like this one, most alike first."""
        indicator, key = tables.indicator, fold(name)
        likeness = func.similarity(indicator.c.name_key, key)
        query = (
            _summary()
            .add_columns(likeness.label("likeness"))
            .where(
                indicator.c.province_id == sight.province_id,
                indicator.c.state != "merged",
                or_(indicator.c.state != "draft", own(indicator, sight)),
                likeness >= ALIKE,
            )
            .order_by(likeness.desc(), indicator.c.sort_key)
            .limit(limit)
        )
        if besides is not None:
            query = query.where(indicator.c.id != besides)
        async with self._database.reading() as session:
            return [_without_sort_key(row._mapping) for row in await session.execute(query)]

    async def pairs_alike(self, sight: Sight, *, limit: int) -> list[tuple[UUID, UUID, float]]:
        """Pairs that may be one indicator, most alike first; each pair once."""
        one, other = tables.indicator.alias("one"), tables.indicator.alias("other")
        likeness = func.similarity(one.c.name_key, other.c.name_key)
        query = (
            select(one.c.id, other.c.id, likeness)
            .where(
                one.c.province_id == sight.province_id,
                other.c.province_id == sight.province_id,
                one.c.id < other.c.id,
                one.c.state == "published",
                other.c.state == "published",
                one.c.name_key.op("%")(other.c.name_key),
                likeness >= ALIKE,
            )
            .order_by(likeness.desc(), one.c.sort_key)
            .limit(limit)
        )
        async with self._database.reading() as session:
            return [(a, b, float(alike)) for a, b, alike in await session.execute(query)]

    async def summaries(self, sight: Sight, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        indicator = tables.indicator
        query = _summary().where(indicator.c.province_id == sight.province_id, indicator.c.id.in_(ids))
        async with self._database.reading() as session:
            return {row.id: _without_sort_key(row._mapping) for row in await session.execute(query)}

    async def forms_with(self, sight: Sight, indicator_id: UUID) -> list[dict[str, Any]]:
        """Form versions bound to the indicator that the person may see."""
        form, version = tables.form, tables.form_version
        query = (
            select(form.c.id, form.c.code, form.c.name, version.c.number, version.c.state)
            .join(version, version.c.form_id == form.c.id)
            .where(
                form.c.province_id == sight.province_id,
                or_(version.c.state != "draft", own(form, sight)),
                version.c.model.contains({"indicators": [{"id": str(indicator_id)}]}),
            )
            .order_by(form.c.sort_key, version.c.number.desc())
        )
        async with self._database.reading() as session:
            return [dict(row._mapping) for row in await session.execute(query)]

    async def sets(self, sight: Sight, *, q: str, cursor: str | None, limit: int) -> Found:
        found = tables.indicator_set
        query = select(
            found.c.id, found.c.code, found.c.name, found.c.owner_unit_id, found.c.changed_at,
            found.c.version, found.c.sort_key,
        ).where(found.c.province_id == sight.province_id)  # fmt: skip
        return await page_of(self._database, found, query, q, cursor, limit)


def _summary() -> Select[Any]:
    indicator = tables.indicator
    measure, domain = tables.shared_entry.alias("measure"), tables.shared_entry.alias("domain")
    return (
        select(
            indicator.c.id, indicator.c.code, indicator.c.name, indicator.c.state, indicator.c.owner_unit_id,
            indicator.c.measure_id, measure.c.name.label("measure"), indicator.c.domain_id,
            domain.c.name.label("domain"), indicator.c.merged_into_id, indicator.c.version,
            indicator.c.sort_key,
        )
        .outerjoin(measure, measure.c.id == indicator.c.measure_id)
        .outerjoin(domain, domain.c.id == indicator.c.domain_id)
    )  # fmt: skip


def _without_sort_key(found: Any) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name != "sort_key"}
