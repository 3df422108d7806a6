"""Shared catalogues, indicators, their sets and allocation in PostgreSQL. Another province's are not found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.adapters.postgres import catalogue_rows as rows
from catalog.adapters.postgres import tables
from catalog.application.catalogue_ports import FormAllocation
from catalog.domain.catalogue_errors import EntryNotFound, IndicatorNotFound, SetNotFound
from catalog.domain.errors import CodeTaken
from catalog.domain.indicator import Indicator
from catalog.domain.indicator_set import IndicatorSet
from catalog.domain.shared import SharedEntry


class PostgresEntries:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, province_id: UUID, entry_id: UUID, *, for_update: bool = False) -> SharedEntry:
        table = tables.shared_entry
        query = select(table).where(table.c.id == entry_id, table.c.province_id == province_id)
        row = (await self._session.execute(query.with_for_update() if for_update else query)).first()
        if row is None:
            raise EntryNotFound
        return rows.entry_of(row)

    async def all_of(self, province_id: UUID) -> list[SharedEntry]:
        table = tables.shared_entry
        query = select(table).where(table.c.province_id == province_id).order_by(table.c.sort_key, table.c.id)
        return [rows.entry_of(row) for row in await self._session.execute(query)]

    async def any(self, province_id: UUID) -> bool:
        table = tables.shared_entry
        query = select(table.c.id).where(table.c.province_id == province_id).limit(1)
        return await self._session.scalar(query) is not None

    async def add(self, entry: SharedEntry, by: str) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(tables.shared_entry).values(rows.entry_row(entry)))
        except IntegrityError as taken:
            raise CodeTaken("entry", entry.code) from taken
        await self._keep(entry, by)

    async def save(self, entry: SharedEntry, by: str) -> None:
        table = tables.shared_entry
        await self._session.execute(update(table).where(table.c.id == entry.id).values(rows.entry_row(entry)))
        await self._keep(entry, by)

    async def remove(self, entry: SharedEntry) -> None:
        await self._session.execute(delete(tables.shared_entry).where(tables.shared_entry.c.id == entry.id))

    async def used_by(self, entry_id: UUID) -> list[str]:
        """Codes of the indicators of which any version, a draft too, names the entry."""
        one, version = tables.indicator, tables.indicator_version
        query = (
            select(one.c.code)
            .join(version, version.c.indicator_id == one.c.id)
            .where(version.c.entry_ids.contains([entry_id]))
            .distinct()
            .order_by(one.c.code)
        )
        return list(await self._session.scalars(query))

    async def versions(self, entry_id: UUID) -> list[Mapping[str, Any]]:
        table = tables.shared_entry_version
        query = select(table).where(table.c.entry_id == entry_id).order_by(table.c.number.desc())
        return [dict(row._mapping) for row in await self._session.execute(query)]

    async def _keep(self, entry: SharedEntry, by: str) -> None:
        await self._session.execute(
            insert(tables.shared_entry_version).values(rows.entry_version_row(entry, by))
        )


class PostgresIndicators:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, province_id: UUID, indicator_id: UUID, *, for_update: bool = False) -> Indicator:
        found = await self._where(province_id, tables.indicator.c.id == indicator_id, for_update=for_update)
        if not found:
            raise IndicatorNotFound
        return found[0]

    async def among(self, province_id: UUID, ids: Collection[UUID]) -> dict[UUID, Indicator]:
        if not ids:
            return {}
        found = await self._where(province_id, tables.indicator.c.id.in_(ids))
        return {one.id: one for one in found}

    async def by_codes(self, province_id: UUID, codes: Collection[str]) -> dict[str, Indicator]:
        if not codes:
            return {}
        found = await self._where(province_id, tables.indicator.c.code.in_(codes), for_update=True)
        return {one.code: one for one in found}

    async def all_of(self, province_id: UUID) -> list[Indicator]:
        return await self._where(province_id, tables.indicator.c.id.is_not(None))

    async def add(self, indicator: Indicator) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(tables.indicator).values(rows.indicator_row(indicator)))
        except IntegrityError as taken:
            raise CodeTaken("indicator", indicator.code) from taken
        await self._keep_latest(indicator)

    async def save(self, indicator: Indicator) -> None:
        table = tables.indicator
        await self._session.execute(
            update(table).where(table.c.id == indicator.id).values(rows.indicator_row(indicator))
        )
        await self._keep_latest(indicator)

    async def _keep_latest(self, indicator: Indicator) -> None:
        """Older versions are published: they are never written again."""
        row = rows.indicator_version_row(indicator, indicator.latest)
        changed = {name: value for name, value in row.items() if name != "id"}
        await self._session.execute(
            upsert(tables.indicator_version)
            .values(row)
            .on_conflict_do_update(
                index_elements=["id"],
                set_=changed,
                where=tables.indicator_version.c.published_at.is_(None),
            )
        )

    async def _where(self, province_id: UUID, condition: Any, *, for_update: bool = False) -> list[Indicator]:
        table, version = tables.indicator, tables.indicator_version
        query = select(table).where(table.c.province_id == province_id, condition)
        query = query.order_by(table.c.sort_key, table.c.id)
        found = list(await self._session.execute(query.with_for_update() if for_update else query))
        versions: dict[UUID, list[Row[Any]]] = defaultdict(list)
        of_them = version.c.indicator_id.in_([row.id for row in found])
        for row in await self._session.execute(select(version).where(of_them).order_by(version.c.number)):
            versions[row.indicator_id].append(row)
        return [rows.indicator_of(row, versions[row.id]) for row in found]


class PostgresIndicatorSets:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, province_id: UUID, set_id: UUID, *, for_update: bool = False) -> IndicatorSet:
        table = tables.indicator_set
        query = select(table).where(table.c.id == set_id, table.c.province_id == province_id)
        row = (await self._session.execute(query.with_for_update() if for_update else query)).first()
        if row is None:
            raise SetNotFound
        return rows.set_of(row)

    async def add(self, found: IndicatorSet) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(tables.indicator_set).values(rows.set_row(found)))
        except IntegrityError as taken:
            raise CodeTaken("indicator_set", found.code) from taken

    async def save(self, found: IndicatorSet) -> None:
        table = tables.indicator_set
        await self._session.execute(update(table).where(table.c.id == found.id).values(rows.set_row(found)))


class PostgresAllocations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_regime(self, regime_id: UUID) -> dict[UUID, FormAllocation]:
        table = tables.allocation
        found = await self._session.execute(select(table).where(table.c.regime_id == regime_id))
        return {
            row.form_version_id: FormAllocation(
                {line: tuple(UUID(unit) for unit in units) for line, units in row.rows.items()}, row.version
            )
            for row in found
        }

    async def put(self, regime_id: UUID, form_version_id: UUID, made: FormAllocation, at: datetime) -> None:
        row = {
            "rows": {line: [str(unit) for unit in units] for line, units in made.units_by_row.items()},
            "changed_at": at,
            "version": made.version,
        }
        await self._session.execute(
            upsert(tables.allocation)
            .values(regime_id=regime_id, form_version_id=form_version_id, **row)
            .on_conflict_do_update(index_elements=["regime_id", "form_version_id"], set_=row)
        )
