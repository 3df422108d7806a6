"""Reading a person's messages: newest first, by a cursor that stays right while new ones come."""

from __future__ import annotations

from uuid import UUID

from kit.db import Database
from kit.errors import InvalidInput, Place
from kit.text import folded
from sqlalchemy import select

from notify.adapters.postgres.messages import message_of, unread_of
from notify.adapters.postgres.tables import message as table
from notify.application.ports import MessagePage
from notify.domain.message import Message


class PostgresInbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, account_id: UUID, *, unread: bool, cursor: str | None, limit: int) -> MessagePage:
        query = select(table).where(table.c.account_id == account_id)
        if unread:
            query = query.where(table.c.read_at.is_(None))
        if cursor is not None:
            query = query.where(table.c.id < _key(cursor))
        async with self._database.reading() as session:
            found = await session.execute(query.order_by(table.c.id.desc()).limit(limit + 1))
            messages = [message_of(row) for row in found]
            number = await unread_of(session, account_id)
        further = str(messages[limit - 1].id) if len(messages) > limit else None
        return MessagePage(messages[:limit], further, number)

    async def search(self, account_id: UUID, words: str, limit: int) -> list[Message]:
        query = select(table).where(table.c.account_id == account_id)
        for word in folded(words).split()[:8]:
            query = query.where(table.c.search_key.contains(word, autoescape=True))
        async with self._database.reading() as session:
            found = await session.execute(query.order_by(table.c.id.desc()).limit(limit))
            return [message_of(row) for row in found]


def _key(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise InvalidInput(
            "notify.message.bad_cursor", "Vị trí trang không hợp lệ.", places=[Place(field="cursor")]
        ) from None
