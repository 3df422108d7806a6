"""The register of numbers, and verdicts on documents, as rows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.ids import new_id
from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from signing.adapters.postgres.tables import number_entry, verification
from signing.application.ports import Verification
from signing.domain.register import EntryState, RegisterEntry

_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:book, 0))")


class PostgresRegister:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, unit_id: UUID, kind: str, year: int) -> list[RegisterEntry]:
        """A year without entries has no row to lock: the book is locked by its name."""
        await self._session.execute(_ALONE, {"book": f"number/{unit_id}/{kind}/{year}"})
        return await self.entries(unit_id, kind, year)

    async def entries(self, unit_id: UUID, kind: str, year: int) -> list[RegisterEntry]:
        t = number_entry
        found = await self._session.execute(
            select(t).where(t.c.unit_id == unit_id, t.c.kind == kind, t.c.year == year).order_by(t.c.number)
        )
        return [_entry(row) for row in found]

    async def save(self, entry: RegisterEntry) -> None:
        row = asdict(entry) | {"state": entry.state.value}
        statement = insert(number_entry).values(**row)
        changes = {name: row[name] for name in ("report_id", "request_id", "state", "issued_on", "reason")}
        keys = ["unit_id", "kind", "year", "number"]
        await self._session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))

    async def of_request(self, request_id: UUID) -> RegisterEntry | None:
        t = number_entry
        found = await self._session.execute(select(t).where(t.c.request_id == request_id))
        row = found.first()
        return _entry(row) if row else None


class PostgresVerifications:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, made: Verification, request_id: UUID | None, by: Actor, at: datetime) -> UUID:
        verdict: dict[str, Any] = {
            "summary": made.summary,
            "problems": list(made.problems),
            "signatures": [dict(one) for one in made.signatures],
            "report_id": made.report_id,
            "revision": made.revision,
            "canonical_hash": made.canonical_hash,
        }
        key = new_id()
        await self._session.execute(
            insert(verification).values(
                id=key,
                document_sha256=made.document_sha256,
                request_id=request_id,
                made_at=at,
                made_by=str(by),
                valid=made.valid,
                verdict=verdict,
            )
        )
        return key


def _entry(row: Row[Any]) -> RegisterEntry:
    return RegisterEntry(
        unit_id=row.unit_id,
        kind=row.kind,
        year=row.year,
        number=row.number,
        report_id=row.report_id,
        request_id=row.request_id,
        state=EntryState(row.state),
        issued_on=row.issued_on,
        reason=row.reason,
    )
