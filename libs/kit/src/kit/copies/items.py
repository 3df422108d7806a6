"""Where a copy's items are kept: by default in `copy_item`, tombstones included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.db.tables import KIT


@dataclass(frozen=True, slots=True)
class CopyItem:
    """`version` is the item's own, growing with each change; `payload` its whole state."""

    key: str
    version: int
    payload: Message | Mapping[str, Any]
    province_id: UUID | None = None
    deleted: bool = False


class Store(Protocol):
    async def put(self, session: AsyncSession, items: Sequence[CopyItem], *, force: bool) -> set[str]:
        """Keeps each item that is newer, or anyway with `force`; returns the keys of those kept."""
        ...

    async def bury_all_but(self, session: AsyncSession, seen: set[str]) -> None:
        """What a whole snapshot no longer holds becomes a tombstone."""
        ...


_AT_ONCE = 300


def payload_dict(payload: Message | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(payload, Message):
        return MessageToDict(payload, preserving_proto_field_name=False)
    return dict(payload)


async def upsert(
    session: AsyncSession,
    table: Table,
    rows: Sequence[dict[str, Any]],
    primary: Sequence[str],
    returned: str,
    *,
    force: bool,
) -> list[Any]:
    """Rows that are newer than what is there (all, with `force`), some hundred in one statement."""
    kept: list[Any] = []
    for start in range(0, len(rows), _AT_ONCE):
        statement = insert(table).values(rows[start : start + _AT_ONCE])
        told = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=list(primary),
            set_={name: told[name] for name in rows[0] if name not in primary},
            where=None if force else table.c.version < told.version,
        )
        kept += await session.scalars(statement.returning(table.c[returned]))
    return kept


class ItemStore:
    def __init__(self, name: str) -> None:
        self._name = name

    async def put(self, session: AsyncSession, items: Sequence[CopyItem], *, force: bool) -> set[str]:
        rows = [
            {
                "copy": self._name,
                "key": item.key,
                "version": item.version,
                "deleted": item.deleted,
                "province_id": item.province_id,
                "payload": payload_dict(item.payload),
            }
            for item in items
        ]
        return set(await upsert(session, KIT.copy_item, rows, ["copy", "key"], "key", force=force))

    async def bury_all_but(self, session: AsyncSession, seen: set[str]) -> None:
        table = KIT.copy_item
        known = await session.scalars(
            select(table.c.key).where(table.c.copy == self._name, table.c.deleted.is_(False))
        )
        gone = [key for key in known if key not in seen]
        if gone:
            await session.execute(
                update(table).where(table.c.copy == self._name, table.c.key.in_(gone)).values(deleted=True)
            )

    async def get(self, session: AsyncSession, key: str) -> dict[str, Any] | None:
        table = KIT.copy_item
        payload: dict[str, Any] | None = await session.scalar(
            select(table.c.payload).where(
                table.c.copy == self._name, table.c.key == key, table.c.deleted.is_(False)
            )
        )
        return payload

    async def all(self, session: AsyncSession, province_id: UUID | None = None) -> list[dict[str, Any]]:
        table = KIT.copy_item
        query = select(table.c.payload).where(table.c.copy == self._name, table.c.deleted.is_(False))
        if province_id is not None:
            query = query.where(table.c.province_id == province_id)
        return list(await session.scalars(query.order_by(table.c.key)))
