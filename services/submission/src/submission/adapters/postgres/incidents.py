"""Declared incidents; they only grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres.incident_table import incident as table
from submission.domain.incident import Declaration, Incident
from submission.domain.incident_errors import IncidentUnknown

_SAID = ("title", "from_at", "to_at", "reason", "document_number", "document_on", "recorded")
_SHOWN = 200


class PostgresIncidents:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, incident: Incident) -> None:
        said = incident.declaration
        row = {name: getattr(said, name) for name in _SAID}
        row |= {
            name: getattr(incident, name) for name in Incident.__dataclass_fields__ if name != "declaration"
        }
        await self._session.execute(insert(table).values(row | {"unit_ids": sorted(said.unit_ids)}))

    async def get(self, province_id: UUID, incident_id: UUID) -> Incident:
        query = select(table).where(table.c.id == incident_id, table.c.province_id == province_id)
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            raise IncidentUnknown
        return _incident(row)

    async def of_province(self, province_id: UUID) -> Sequence[Incident]:
        """The latest first."""
        query = select(table).where(table.c.province_id == province_id)
        found = await self._session.execute(query.order_by(table.c.from_at.desc()).limit(_SHOWN))
        return [_incident(row) for row in found.mappings()]


def _incident(row: Any) -> Incident:
    said = Declaration(**{name: row[name] for name in _SAID}, unit_ids=frozenset(row["unit_ids"]))
    rest = {name: row[name] for name in Incident.__dataclass_fields__ if name != "declaration"}
    return Incident(declaration=said, **rest)
