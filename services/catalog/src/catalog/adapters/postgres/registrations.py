"""Registrations of forms in PostgreSQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.adapters.postgres import tables
from catalog.domain.registration import Asked, FormRegistration, Notice, State, Step, Workbook
from catalog.domain.registration_errors import RegistrationNotFound

ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
WORKBOOK: TypeAdapter[Workbook] = TypeAdapter(Workbook)
NOTICE: TypeAdapter[Notice | None] = TypeAdapter(Notice | None)
STEPS: TypeAdapter[tuple[Step, ...]] = TypeAdapter(tuple[Step, ...])


class PostgresRegistrations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(
        self, province_id: UUID, registration_id: UUID, *, for_update: bool = False
    ) -> FormRegistration:
        table = tables.form_registration
        query = select(table).where(table.c.id == registration_id, table.c.province_id == province_id)
        row = (await self._session.execute(query.with_for_update() if for_update else query)).first()
        if row is None:
            raise RegistrationNotFound
        return _registration_of(row)

    async def of_province(self, province_id: UUID) -> list[FormRegistration]:
        table = tables.form_registration
        query = (
            select(table)
            .where(table.c.province_id == province_id)
            .order_by(table.c.created_at.desc(), table.c.id)
            .limit(500)
        )
        return [_registration_of(row) for row in await self._session.execute(query)]

    async def add(self, registration: FormRegistration) -> None:
        await self._session.execute(insert(tables.form_registration).values(_row(registration)))

    async def save(self, registration: FormRegistration) -> None:
        table = tables.form_registration
        await self._session.execute(
            update(table).where(table.c.id == registration.id).values(_row(registration))
        )


def _registration_of(row: Row[Any]) -> FormRegistration:
    return FormRegistration(
        id=row.id,
        province_id=row.province_id,
        owner_unit_id=row.owner_unit_id,
        lead_unit_id=row.lead_unit_id,
        asked=ASKED.validate_python(row.asked),
        workbook=WORKBOOK.validate_python(row.workbook),
        created_at=row.created_at,
        state=State(row.state),
        steps=STEPS.validate_python(row.steps),
        form_version_id=row.form_version_id,
        regime_id=row.regime_id,
        notice=NOTICE.validate_python(row.notice),
        version=row.version,
    )


def _row(registration: FormRegistration) -> dict[str, Any]:
    return {
        "id": registration.id,
        "province_id": registration.province_id,
        "owner_unit_id": registration.owner_unit_id,
        "lead_unit_id": registration.lead_unit_id,
        "state": registration.state,
        "asked": ASKED.dump_python(registration.asked, mode="json"),
        "workbook": WORKBOOK.dump_python(registration.workbook, mode="json"),
        "form_version_id": registration.form_version_id,
        "regime_id": registration.regime_id,
        "notice": NOTICE.dump_python(registration.notice, mode="json"),
        "steps": STEPS.dump_python(registration.steps, mode="json"),
        "created_at": registration.created_at,
        "version": registration.version,
    }
