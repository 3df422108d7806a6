"""The directory's three tables, filled from identity's messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from google.protobuf.json_format import MessageToDict
from reporting.identity.v1 import identity_pb2 as pb
from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit.copies.items import CopyItem, upsert
from kit.db.tables import KIT

NAME = "directory"


def unit_item(unit: pb.Unit) -> CopyItem:
    return CopyItem(f"place:{unit.id}", unit.version, unit, deleted=unit.deleted)


def account_item(account: pb.Account) -> CopyItem:
    return CopyItem(f"account:{account.id}", account.version, account)


def grant_item(grant: pb.Grant) -> CopyItem:
    return CopyItem(f"grant:{grant.id}", grant.version, grant, deleted=grant.revoked)


class DirectoryStore:
    async def put(self, session: AsyncSession, items: Sequence[CopyItem], *, force: bool) -> set[str]:
        by_kind: dict[str, tuple[Table, list[dict[str, Any]]]] = {}
        for item in items:
            kind, _, key = item.key.partition(":")
            table, row = _row(item)
            by_kind.setdefault(kind, (table, []))[1].append({"id": UUID(key), **row})
        kept: set[str] = set()
        for kind, (table, rows) in by_kind.items():
            found = await upsert(session, table, rows, ["id"], "id", force=force)
            kept.update(f"{kind}:{key}" for key in found)
        return kept

    async def bury_all_but(self, session: AsyncSession, seen: set[str]) -> None:
        kinds = (
            ("place", KIT.directory_place),
            ("account", KIT.directory_account),
            ("grant", KIT.directory_grant),
        )
        for kind, table in kinds:
            known = await session.scalars(select(table.c.id).where(table.c.deleted.is_(False)))
            gone = [key for key in known if f"{kind}:{key}" not in seen]
            if gone:
                await session.execute(update(table).where(table.c.id.in_(gone)).values(deleted=True))

    async def bury_grants(self, session: AsyncSession, account_id: UUID, standing: set[UUID]) -> None:
        """The account's grants that identity no longer names are gone."""
        table = KIT.directory_grant
        gone = table.c.account_id == account_id
        if standing:
            gone &= table.c.id.not_in(standing)
        await session.execute(update(table).where(gone).values(deleted=True))


async def raise_watermark(session: AsyncSession, rights_version: int) -> None:
    table = KIT.copy_state
    await session.execute(
        update(table)
        .where(table.c.name == NAME)
        .values(watermark=func.greatest(table.c.watermark, rights_version))
    )


def _row(item: CopyItem) -> tuple[Table, dict[str, Any]]:
    message = item.payload
    common: dict[str, Any] = {"version": item.version, "deleted": item.deleted}
    if isinstance(message, pb.Unit):
        return KIT.directory_place, common | {
            "parent_id": _uuid(message.parent_id),
            "province_id": _uuid(message.province_id),
            "code": message.code,
            "name": message.name,
            "kind": pb.UnitKind.Name(message.kind).removeprefix("UNIT_KIND_").lower(),
            "level": message.level,
            "data": MessageToDict(message),
        }
    if isinstance(message, pb.Account):
        return KIT.directory_account, common | {
            "active": message.active,
            "place_id": _uuid(message.unit_id),
            "province_id": _uuid(message.province_id),
            "full_name": message.full_name,
            "email": message.email,
            "data": MessageToDict(message),
        }
    if isinstance(message, pb.Grant):
        return KIT.directory_grant, common | {
            "account_id": UUID(message.account_id),
            "right_name": message.right,
            "place_id": _uuid(message.unit_id),
            "with_lower": message.with_lower,
            "scope_id": _uuid(message.regime_id),
            "valid_from": day(message.valid_from_on),
            "valid_until": day(message.valid_to_on),
            "province_id": _uuid(message.province_id),
        }
    raise TypeError(f"{type(message).__name__} has no place in the directory")


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
