"""Forms, regimes and calendars in PostgreSQL. What belongs to another province is not found."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from kit.files import FileRef, FileStore
from sqlalchemy import Select, Text, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.adapters.postgres import rows, tables
from catalog.application.ports import StoredFile
from catalog.domain.calendar import CalendarRevision, CalendarYear
from catalog.domain.errors import CodeTaken, FormNotFound, FormVersionNotFound, RegimeNotFound
from catalog.domain.form import Form, FormLink, FormVersion
from catalog.domain.regime import ReportingRegime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def version_columns() -> Select[Any]:
    owner = tables.form.c
    return select(tables.form_version, owner.code, owner.name, owner.owner_unit_id).join(
        tables.form, tables.form.c.id == tables.form_version.c.form_id
    )


def regime_columns() -> Select[Any]:
    allocation, regime = tables.allocation.c, tables.regime
    allocations = (
        select(func.jsonb_object_agg(cast(allocation.form_version_id, Text), allocation.rows))
        .where(allocation.regime_id == regime.c.id)
        .scalar_subquery()
    )
    return select(regime, allocations.label("allocations"))


class PostgresForms:
    def __init__(self, session: AsyncSession, files: FileStore) -> None:
        self._session = session
        self._files = files

    async def get(self, province_id: UUID, form_id: UUID, *, for_update: bool = False) -> Form:
        query = select(tables.form).where(
            tables.form.c.id == form_id, tables.form.c.province_id == province_id
        )
        row = (await self._session.execute(query.with_for_update() if for_update else query)).first()
        if row is None:
            raise FormNotFound
        return rows.form_of(row)

    async def add(self, form: Form) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(tables.form).values(rows.form_row(form)))
        except IntegrityError as taken:
            raise CodeTaken("form", form.code) from taken

    async def save(self, form: Form) -> None:
        await self._session.execute(
            update(tables.form).where(tables.form.c.id == form.id).values(rows.form_row(form))
        )

    async def code_taken(self, province_id: UUID, code: str) -> bool:
        table = tables.form
        query = select(table.c.id).where(table.c.province_id == province_id, table.c.code == code)
        return await self._session.scalar(query) is not None

    async def newest(self, province_id: UUID, form_id: UUID) -> FormVersion:
        table = tables.form_version
        query = (
            version_columns()
            .where(table.c.form_id == form_id, table.c.province_id == province_id)
            .order_by(table.c.number.desc())
            .limit(1)
        )
        row = (await self._session.execute(query)).first()
        if row is None:
            raise FormVersionNotFound
        return rows.version_of(row)

    async def latest_published(self, province_id: UUID, form_id: UUID) -> FormVersion | None:
        table = tables.form_version
        query = (
            version_columns()
            .where(table.c.form_id == form_id, table.c.province_id == province_id)
            .where(table.c.state == "published")
            .order_by(table.c.number.desc())
            .limit(1)
        )
        row = (await self._session.execute(query)).first()
        return None if row is None else rows.version_of(row)

    async def told_versions(self, form_id: UUID) -> list[FormVersion]:
        table = tables.form_version
        query = version_columns().where(table.c.form_id == form_id, table.c.told > 0).order_by(table.c.number)
        found = await self._session.execute(query.with_for_update(of=table))
        return [rows.version_of(row) for row in found]

    async def filled_from(self, form_id: UUID) -> dict[str, tuple[FormLink, ...]]:
        links = tables.form_version.c.links
        query = version_columns().where(links.contains([{"from_form_id": str(form_id)}]))
        found: dict[str, dict[FormLink, None]] = {}
        for row in await self._session.execute(
            query.order_by(tables.form.c.code, tables.form_version.c.number)
        ):
            drawn = rows.LINKS.validate_python(row.links)
            mine = {link: None for link in drawn if link.from_form_id == form_id}
            found.setdefault(row.code, {}).update(mine)
        return {code: tuple(drawn) for code, drawn in found.items()}

    async def versions_among(
        self, province_id: UUID, version_ids: Collection[UUID]
    ) -> dict[UUID, FormVersion]:
        table = tables.form_version
        query = version_columns().where(table.c.id.in_(version_ids), table.c.province_id == province_id)
        return {row.id: rows.version_of(row) for row in await self._session.execute(query)}

    async def get_version(
        self, province_id: UUID | None, version_id: UUID, *, for_update: bool = False
    ) -> FormVersion:
        query = version_columns().where(tables.form_version.c.id == version_id)
        if province_id is not None:
            query = query.where(tables.form_version.c.province_id == province_id)
        if for_update:
            query = query.with_for_update(of=tables.form_version)
        row = (await self._session.execute(query)).first()
        if row is None:
            raise FormVersionNotFound
        return rows.version_of(row)

    async def add_version(self, version: FormVersion, template: StoredFile) -> None:
        await self._files.remember(self._session, FileRef(template.sha256, template.size), XLSX)
        await self._session.execute(insert(tables.form_version).values(rows.version_row(version)))

    async def save_version(self, version: FormVersion) -> None:
        table = tables.form_version
        await self._session.execute(
            update(table).where(table.c.id == version.id).values(rows.version_row(version))
        )

    async def newest_published(self, province_id: UUID, codes: Collection[str]) -> dict[str, FormVersion]:
        version, form = tables.form_version, tables.form
        query = (
            version_columns()
            .ext(distinct_on(version.c.form_id))
            .where(
                version.c.province_id == province_id,
                version.c.state == "published",
                form.c.code.in_(codes),
            )
            .order_by(version.c.form_id, version.c.number.desc())
        )
        found = [rows.version_of(row) for row in await self._session.execute(query)]
        return {each.code: each for each in found}

    async def published_among(self, province_id: UUID, version_ids: Collection[UUID]) -> set[UUID]:
        if not version_ids:
            return set()
        table = tables.form_version
        query = select(table.c.id).where(
            table.c.id.in_(version_ids), table.c.province_id == province_id, table.c.state == "published"
        )
        return set(await self._session.scalars(query))


class PostgresRegimes:
    def __init__(self, session: AsyncSession, files: FileStore) -> None:
        self._session = session
        self._files = files

    async def get(
        self, province_id: UUID | None, regime_id: UUID, *, for_update: bool = False
    ) -> ReportingRegime:
        query = regime_columns().where(tables.regime.c.id == regime_id)
        if province_id is not None:
            query = query.where(tables.regime.c.province_id == province_id)
        row = (
            await self._session.execute(query.with_for_update(of=tables.regime) if for_update else query)
        ).first()
        if row is None:
            raise RegimeNotFound
        return rows.regime_of(row)

    async def add(self, regime: ReportingRegime) -> None:
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(tables.regime).values(rows.regime_row(regime)))
        except IntegrityError as taken:
            raise CodeTaken("regime", regime.code) from taken

    async def save(self, regime: ReportingRegime) -> None:
        await self._session.execute(
            update(tables.regime).where(tables.regime.c.id == regime.id).values(rows.regime_row(regime))
        )

    async def remember_file(self, file: StoredFile, media_type: str) -> None:
        await self._files.remember(self._session, FileRef(file.sha256, file.size), media_type)

    async def published_in(self, province_id: UUID) -> list[ReportingRegime]:
        table = tables.regime
        query = regime_columns().where(table.c.province_id == province_id, table.c.state == "published")
        return [rows.regime_of(row) for row in await self._session.execute(query.order_by(table.c.id))]


class PostgresCalendars:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def years(
        self, province_id: UUID, years: Collection[int], *, for_update: bool = False
    ) -> dict[int, CalendarYear]:
        table = tables.calendar_year
        query = select(table).where(table.c.province_id == province_id, table.c.year.in_(years))
        if for_update:
            query = query.order_by(table.c.year).with_for_update()
        return {row.year: rows.calendar_of(row) for row in await self._session.execute(query)}

    async def add(self, year: CalendarYear) -> None:
        await self._session.execute(
            upsert(tables.calendar_year).values(rows.calendar_row(year)).on_conflict_do_nothing()
        )
        seeded = rows.revision_row(CalendarRevision(year))
        await self._session.execute(upsert(tables.calendar_revision).values(seeded).on_conflict_do_nothing())

    async def save(self, revision: CalendarRevision) -> None:
        table, year = tables.calendar_year, revision.year
        await self._session.execute(insert(tables.calendar_revision).values(rows.revision_row(revision)))
        await self._session.execute(
            update(table)
            .where(table.c.province_id == year.province_id, table.c.year == year.year)
            .values(rows.calendar_row(year))
        )

    async def revisions(self, province_id: UUID, year: int) -> list[CalendarRevision]:
        table = tables.calendar_revision
        query = select(table).where(table.c.province_id == province_id, table.c.year == year)
        found = await self._session.execute(query.order_by(table.c.number.desc()))
        return [rows.revision_of(row) for row in found]
