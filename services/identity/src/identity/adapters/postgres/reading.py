"""Lists for people: one page at a time, in Vietnamese order, searched without marks."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from kit.db import Database
from sqlalchemy import Select, and_, func, select, text, tuple_

from identity.adapters.postgres.tables import account, right_grant, unit, unit_version
from identity.application.ports import AccountFilter, Page
from identity.domain.accounts import Credential
from identity.domain.errors import Malformed
from identity.domain.rights import Right
from identity.domain.text import search_key
from identity.domain.units import UnitKind

_BELOW = text(
    """
    WITH RECURSIVE below AS (
        SELECT id FROM unit WHERE id = ANY(:ids)
        UNION
        SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id
    )
    SELECT id FROM below
    """
)
# An office is kept by the administrator of its agency.
_WITHOUT_ADMIN = text(
    """
    SELECT u.name FROM unit u
    WHERE u.province_id = :province AND u.kind NOT IN ('province', 'office') AND NOT EXISTS (
        SELECT 1 FROM right_grant g JOIN account a ON a.id = g.account_id
        WHERE g.unit_id = u.id AND g.right_name = 'unit_admin' AND g.revoked_at IS NULL
          AND g.valid_from_on <= :day AND (g.valid_to_on IS NULL OR g.valid_to_on >= :day)
          AND a.locked_at IS NULL)
    ORDER BY u.sort_key, u.id
    """
)


class PostgresReading:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def units(
        self,
        province_id: UUID | None,
        *,
        q: str,
        parent_id: UUID | None,
        kind: str | None,
        cursor: str | None,
        limit: int,
    ) -> Page:
        wanted = select(unit).order_by(unit.c.sort_key, unit.c.id)
        if province_id is not None:
            wanted = wanted.where(unit.c.province_id == province_id)
        if parent_id is not None:
            wanted = wanted.where(unit.c.parent_id == parent_id)
        if kind:
            wanted = wanted.where(unit.c.kind == kind)
        wanted = _matching(wanted, unit.c.search_key, q)
        rows, following = await self._page(wanted, unit, cursor, limit)
        items = [
            {
                "id": row["id"],
                "province_id": row["province_id"],
                "parent_id": row["parent_id"],
                "code": row["code"],
                "name": row["name"],
                "kind": row["kind"],
                "level": UnitKind(row["kind"]).level,
                "valid_from_on": row["valid_from_on"],
                "version": row["version"],
                "profile": row["profile"] or None,
            }
            for row in rows
        ]
        return Page(items, following)

    async def unit_versions(self, unit_id: UUID) -> list[dict[str, Any]]:
        wanted = (
            select(unit_version).where(unit_version.c.unit_id == unit_id).order_by(unit_version.c.version)
        )
        async with self._database.reading() as session:
            return [dict(row) for row in (await session.execute(wanted)).mappings()]

    async def below(self, unit_ids: Collection[UUID]) -> set[UUID]:
        async with self._database.reading() as session:
            return set((await session.scalars(_BELOW, {"ids": list(unit_ids)})).all())

    async def accounts(
        self, province_id: UUID | None, wanted: AccountFilter, *, cursor: str | None, limit: int
    ) -> Page:
        rights = (
            select(func.array_agg(func.distinct(right_grant.c.right_name)))
            .where(right_grant.c.account_id == account.c.id, right_grant.c.revoked_at.is_(None))
            .scalar_subquery()
        )
        query = (
            select(
                account,
                unit.c.name.label("unit_name"),
                unit.c.code.label("unit_code"),
                rights.label("rights"),
            )
            .outerjoin(unit, unit.c.id == account.c.unit_id)
            .order_by(account.c.sort_key, account.c.id)
        )
        if province_id is not None:
            query = query.where(account.c.province_id == province_id)
        if wanted.unit_ids is not None:
            query = query.where(account.c.unit_id.in_(wanted.unit_ids))
        if wanted.right is not None:
            query = query.where(_holds(wanted.right, wanted.on))
        if wanted.state is not None:
            query = query.where(_in_state(wanted.state))
        rows, following = await self._page(
            _matching(query, account.c.search_key, wanted.q), account, cursor, limit
        )
        return Page([_account_item(row) for row in rows], following)

    async def unsettled_accounts(self, province_id: UUID) -> list[dict[str, Any]]:
        wanted = (
            select(account.c.id, account.c.username, account.c.credential_error)
            .where(account.c.province_id == province_id, account.c.credential != Credential.READY.value)
            .order_by(account.c.credential_next_at)
            .limit(50)
        )
        async with self._database.reading() as session:
            return [
                {"id": row.id, "username": row.username, "error": row.credential_error}
                for row in await session.execute(wanted)
            ]

    async def units_without_admin(self, province_id: UUID, on: date) -> list[str]:
        async with self._database.reading() as session:
            found = await session.scalars(_WITHOUT_ADMIN, {"province": province_id, "day": on})
            return list(found)

    async def _page(
        self, query: Select[Any], table: Any, cursor: str | None, limit: int
    ) -> tuple[list[dict[str, Any]], str | None]:
        if cursor:
            after = _read_cursor(cursor)
            query = query.where(tuple_(table.c.sort_key, table.c.id) > tuple_(*after))
        async with self._database.reading() as session:
            rows = [dict(row) for row in (await session.execute(query.limit(limit + 1))).mappings()]
        if len(rows) <= limit:
            return rows, None
        return rows[:limit], _write_cursor(rows[limit - 1])


def _account_item(row: dict[str, Any]) -> dict[str, Any]:
    pending = row["credential"] == Credential.PENDING.value
    state = "locked" if row["locked_at"] else "pending" if pending else "active"
    return {
        "id": row["id"],
        "username": row["username"],
        "full_name": row["full_name"],
        "position_title": row["position_title"],
        "email": row["email"],
        "unit_id": row["unit_id"],
        "unit_name": row["unit_name"],
        "unit_code": row["unit_code"],
        "program": row["program"],
        "state": state,
        "rights": sorted(row["rights"] or []),
        "version": row["version"],
    }


def _holds(right: str, on: date) -> Any:
    try:
        named = Right(right)
    except ValueError:
        raise Malformed("right", f"Không có quyền tên “{right[:60]}”.") from None
    return (
        select(right_grant.c.id)
        .where(
            right_grant.c.account_id == account.c.id,
            right_grant.c.right_name == named.value,
            right_grant.c.revoked_at.is_(None),
            right_grant.c.valid_from_on <= on,
            func.coalesce(right_grant.c.valid_to_on, on) >= on,
        )
        .exists()
    )


def _in_state(state: str) -> Any:
    pending = account.c.credential == Credential.PENDING.value
    states = {
        "locked": account.c.locked_at.is_not(None),
        "pending": and_(account.c.locked_at.is_(None), pending),
        "active": and_(account.c.locked_at.is_(None), ~pending),
    }
    if state not in states:
        raise Malformed("state", "Trạng thái là active, locked hoặc pending.")
    return states[state]


def _matching(query: Select[Any], column: Any, q: str) -> Select[Any]:
    """Every word somewhere in the key, in any order."""
    for word in search_key(q).split():
        query = query.where(column.contains(word, autoescape=True))
    return query


def _write_cursor(row: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([row["sort_key"], str(row["id"])]).encode()).decode()


def _read_cursor(cursor: str) -> tuple[str, UUID]:
    try:
        key, last = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return str(key), UUID(last)
    except (ValueError, TypeError, binascii.Error):
        raise Malformed("cursor", "Con trỏ trang không hợp lệ.", "Bắt đầu lại từ trang đầu.") from None
