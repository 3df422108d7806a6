"""Messages and preferences in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kit.text import folded
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from notify.adapters.postgres.tables import message as table
from notify.adapters.postgres.tables import preference as preferences
from notify.domain.errors import MessageUnknown
from notify.domain.message import Kind, MailState, Message, Preference


class PostgresMessages:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, message: Message) -> bool:
        statement = (
            insert(table)
            .values(row_of(message))
            .on_conflict_do_nothing(index_elements=["account_id", "cause"])
            .returning(table.c.id)
        )
        return await self._session.scalar(statement) is not None

    async def get(self, message_id: UUID, account_id: UUID) -> Message:
        row = (
            await self._session.execute(
                select(table).where(table.c.id == message_id, table.c.account_id == account_id)
            )
        ).one_or_none()
        if row is None:
            raise MessageUnknown(message_id)
        return message_of(row)

    async def mark_read(self, message_id: UUID, account_id: UUID, at: datetime) -> None:
        await self._session.execute(
            update(table)
            .where(
                table.c.id == message_id,
                table.c.account_id == account_id,
                table.c.read_at.is_(None),
            )
            .values(read_at=at)
        )

    async def mark_all_read(self, account_id: UUID, at: datetime) -> int:
        done = await self._session.execute(
            update(table)
            .where(table.c.account_id == account_id, table.c.read_at.is_(None))
            .values(read_at=at)
            .returning(table.c.id)
        )
        return len(done.all())

    async def mail_due(self, now: datetime, limit: int) -> list[Message]:
        found = await self._session.execute(
            select(table)
            .where(table.c.mail == MailState.WANTED.value, table.c.mail_next_at <= now)
            .order_by(table.c.mail_next_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [message_of(row) for row in found]

    async def save_mail(self, message: Message, error: str = "") -> None:
        await self._session.execute(
            update(table)
            .where(table.c.id == message.id)
            .values(
                mail=message.mail.value,
                mail_tries=message.mail_tries,
                mail_next_at=message.mail_next_at,
                mail_error=error,
            )
        )


class PostgresPreferences:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, account_id: UUID) -> Preference:
        row = (
            await self._session.execute(select(preferences).where(preferences.c.account_id == account_id))
        ).one_or_none()
        if row is None:
            return Preference(account_id)
        return Preference(account_id, row.mail, frozenset(Kind(kind) for kind in row.mail_off))

    async def save(self, preference: Preference) -> None:
        row: dict[str, Any] = {
            "mail": preference.mail,
            "mail_off": sorted(kind.value for kind in preference.mail_off),
        }
        statement = insert(preferences).values(account_id=preference.account_id, **row)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=row))


def row_of(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "account_id": message.account_id,
        "province_id": message.province_id,
        "cause": message.cause,
        "kind": message.kind.value,
        "title": message.title,
        "body": message.body,
        "link": message.link,
        "report_id": message.report_id,
        "unit_name": message.unit_name,
        "due_at": message.due_at,
        "created_at": message.created_at,
        "read_at": message.read_at,
        "search_key": folded(f"{message.title} {message.unit_name} {message.body}"),
        "mail": message.mail.value,
        "mail_tries": message.mail_tries,
        "mail_next_at": message.mail_next_at,
    }


def message_of(row: Any) -> Message:
    return Message(
        id=row.id,
        account_id=row.account_id,
        province_id=row.province_id,
        cause=row.cause,
        kind=Kind(row.kind),
        title=row.title,
        body=row.body,
        link=row.link,
        created_at=row.created_at,
        report_id=row.report_id,
        unit_name=row.unit_name,
        due_at=row.due_at,
        read_at=row.read_at,
        mail=MailState(row.mail),
        mail_tries=row.mail_tries,
        mail_next_at=row.mail_next_at,
    )


async def unread_of(session: AsyncSession, account_id: UUID) -> int:
    query = select(func.count()).where(table.c.account_id == account_id, table.c.read_at.is_(None))
    return int(await session.scalar(query) or 0)
