"""Lists and the snapshot, straight from the tables, each query within one province or for other services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from kit.db import Database
from sqlalchemy import Select, Table, exists, func, or_, select, text

from catalog.adapters.postgres import catalogue_rows, rows, tables
from catalog.adapters.postgres.paging import own, page_of
from catalog.adapters.postgres.repositories import regime_columns, version_columns
from catalog.application.reading_ports import Found, Sight
from catalog.domain.form import FormVersion
from catalog.domain.indicator import Indicator
from catalog.domain.regime import ReportingRegime

PAGE = 100
PUBLIC = ("published", "retired")


class PostgresReading:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def forms(
        self, sight: Sight, *, q: str, state: str | None, cursor: str | None, limit: int
    ) -> Found:
        form, version = tables.form, tables.form_version
        of_form = version.c.form_id == form.c.id
        seen = exists().where(of_form, version.c.state.in_(PUBLIC))
        query = select(
            form.c.id, form.c.code, form.c.name, form.c.owner_unit_id, form.c.created_at, form.c.version,
            form.c.purpose, form.c.links, form.c.sort_key,
        ).where(form.c.province_id == sight.province_id, or_(seen, own(form, sight)))  # fmt: skip
        if state is not None:
            query = query.where(exists().where(of_form, version.c.state == state))
        return await page_of(self._database, form, query, q, cursor, limit)

    async def versions_of(self, sight: Sight, form_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        version, form = tables.form_version.c, tables.form
        query = (
            select(
                version.id, version.form_id, version.number, version.state, version.created_at,
                version.published_at, version.version,
            )
            .join(form, form.c.id == version.form_id)
            .where(
                version.province_id == sight.province_id,
                version.form_id.in_(form_ids),
                or_(version.state.in_(PUBLIC), own(form, sight)),
            )
            .order_by(version.number.desc())
        )  # fmt: skip
        found: dict[UUID, list[dict[str, Any]]] = {}
        async with self._database.reading() as session:
            for row in await session.execute(query):
                found.setdefault(row.form_id, []).append(dict(row._mapping))
        return found

    async def regimes(
        self,
        sight: Sight,
        *,
        q: str,
        state: str | None,
        lead_unit_id: UUID | None,
        cursor: str | None,
        limit: int,
    ) -> Found:
        regime = tables.regime
        query = select(
            regime.c.id, regime.c.code, regime.c.name, regime.c.kind, regime.c.state, regime.c.lead_unit_id,
            regime.c.owner_unit_id, regime.c.published_at, regime.c.version, regime.c.sort_key,
        ).where(
            regime.c.province_id == sight.province_id,
            or_(regime.c.state != "draft", own(regime, sight)),
        )  # fmt: skip
        if state is not None:
            query = query.where(regime.c.state == state)
        if lead_unit_id is not None:
            query = query.where(regime.c.lead_unit_id == lead_unit_id)
        return await page_of(self._database, regime, query, q, cursor, limit)

    async def draft_versions(self, sight: Sight, limit: int) -> list[dict[str, Any]]:
        version, form = tables.form_version.c, tables.form
        query = (
            select(version.id, version.form_id, version.number, form.c.code, form.c.name)
            .join(form, form.c.id == version.form_id)
            .where(version.province_id == sight.province_id, version.state == "draft", own(form, sight))
            .order_by(version.created_at.desc())
            .limit(limit)
        )
        async with self._database.reading() as session:
            return [dict(row._mapping) for row in await session.execute(query)]

    async def versions_on_trial(self, province_id: UUID, account_id: UUID | None) -> list[dict[str, Any]]:
        version, form = tables.form_version.c, tables.form
        query = (
            select(version.id, version.form_id, version.number, form.c.code, form.c.name)
            .join(form, form.c.id == version.form_id)
            .where(
                version.province_id == province_id,
                version.state == "trial",
                version.testers.contains([str(account_id)]),
            )
            .order_by(version.created_at.desc())
        )
        async with self._database.reading() as session:
            return [dict(row._mapping) for row in await session.execute(query)]

    async def provinces_with_regimes(self) -> list[UUID]:
        regime = tables.regime.c
        query = select(regime.province_id).where(regime.state == "published").distinct()
        async with self._database.reading() as session:
            return list(await session.scalars(query.order_by(regime.province_id)))

    async def regimes_that_choose(self) -> list[tuple[UUID, UUID]]:
        regime = tables.regime.c
        chooses = or_(
            func.jsonb_array_length(func.coalesce(regime.terms["unit_kinds"], text("'[]'::jsonb"))) > 0,
            func.jsonb_array_length(func.coalesce(regime.terms["unit_levels"], text("'[]'::jsonb"))) > 0,
        )
        query = select(regime.province_id, regime.id).where(regime.state == "published", chooses)
        async with self._database.reading() as session:
            return [(row.province_id, row.id) for row in await session.execute(query)]

    async def draft_regimes(self, sight: Sight, limit: int) -> list[ReportingRegime]:
        regime = tables.regime
        query = (
            regime_columns()
            .where(regime.c.province_id == sight.province_id, regime.c.state == "draft", own(regime, sight))
            .order_by(regime.c.created_at.desc())
            .limit(limit)
        )
        async with self._database.reading() as session:
            return [rows.regime_of(row) for row in await session.execute(query)]

    async def published(self) -> AsyncIterator[FormVersion | ReportingRegime | Indicator]:
        """In pages by key, so that a large catalog never stands in memory at once."""
        versions = version_columns().where(tables.form_version.c.state.in_(PUBLIC))
        async for row in self._paged(versions, tables.form_version):
            yield rows.version_of(row)
        async for row in self._paged(regime_columns().where(tables.regime.c.state != "draft"), tables.regime):
            regime = rows.regime_of(row)
            if not regime.terms.only_listed:
                yield regime
        merged = select(tables.indicator).where(tables.indicator.c.merged_into_id.is_not(None))
        async for row in self._paged(merged, tables.indicator):
            yield catalogue_rows.indicator_of(row, ())

    async def epoch(self) -> int:
        async with self._database.reading() as session:
            return await session.scalar(select(tables.kit_tables.epoch.c.value)) or 1

    async def _paged(self, query: Select[Any], table: Table) -> AsyncIterator[Any]:
        last: UUID | None = None
        while True:
            found = await self._next(query, table, last)
            for row in found:
                yield row
            if len(found) < PAGE:
                return
            last = found[-1].id

    async def _next(self, query: Select[Any], table: Table, last: UUID | None) -> list[Any]:
        if last is not None:
            query = query.where(table.c.id > last)
        async with self._database.reading() as session:
            return list(await session.execute(query.order_by(table.c.id).limit(PAGE)))
