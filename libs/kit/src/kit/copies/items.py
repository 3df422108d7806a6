"""Where a copy's items are kept: by default in `copy_item`, tombstones included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from sqlalchemy import select, update
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
    async def put(self, session: AsyncSession, item: CopyItem, *, force: bool) -> bool:
        """Keeps the item if it is newer, or anyway with `force`; True if it was kept."""
        ...

    async def bury_all_but(self, session: AsyncSession, seen: set[str]) -> None:
        """What a whole snapshot no longer holds becomes a tombstone."""
        ...


def payload_dict(payload: Message | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(payload, Message):
        return MessageToDict(payload, preserving_proto_field_name=False)
    return dict(payload)


class ItemStore:
    def __init__(self, name: str) -> None:
        self._name = name

    async def put(self, session: AsyncSession, item: CopyItem, *, force: bool) -> bool:
        table = KIT.copy_item
        row = {
            "version": item.version,
            "deleted": item.deleted,
            "province_id": item.province_id,
            "payload": payload_dict(item.payload),
        }
        statement = insert(table).values(copy=self._name, key=item.key, **row)
        statement = statement.on_conflict_do_update(
            index_elements=["copy", "key"],
            set_=row,
            where=None if force else table.c.version < item.version,
        )
        return await session.scalar(statement.returning(table.c.version)) is not None

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
