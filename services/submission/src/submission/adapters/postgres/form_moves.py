"""Moves of reports to newer versions of their forms; they only grow."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from submission.adapters.postgres.form_move_table import form_move as table
from submission.domain.moving import FallenFigure, MovedForm

_SAME = [name for name in MovedForm.__dataclass_fields__ if name not in ("fallen", "at")]


class PostgresFormMoves:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, moved: MovedForm) -> None:
        row = {name: getattr(moved, name) for name in _SAME}
        row |= {"fallen": [each.to_json() for each in moved.fallen], "moved_at": moved.at}
        await self._session.execute(insert(table).values(row))

    async def of_report(self, report_id: UUID) -> Sequence[MovedForm]:
        query = select(table).where(table.c.report_id == report_id)
        found = await self._session.execute(query.order_by(table.c.moved_at, table.c.to_version_id))
        return [
            MovedForm(
                **{name: row[name] for name in _SAME},
                fallen=tuple(FallenFigure.from_json(each) for each in row["fallen"]),
                at=row["moved_at"],
            )
            for row in found.mappings()
        ]
