"""What the copy answers, by SQL: the same rows for all replicas, nothing kept in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# ruff: noqa: S608 (the pieces put together below are constants)
from kit.directory.records import DirectoryAccount, DirectoryGrant, DirectoryPlace
from kit.directory.store import day

_ABOVE = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM directory_place WHERE id = :place
        UNION
        SELECT p.id, p.parent_id FROM directory_place p JOIN above a ON p.id = a.parent_id
    )
"""
_IN_FORCE = """
    NOT g.deleted AND g.right_name = ANY(:rights)
    AND (g.valid_from IS NULL OR g.valid_from <= :day)
    AND (g.valid_until IS NULL OR g.valid_until >= :day)
"""
_COVERS = """
    AND (g.place_id = :place OR (g.with_lower AND g.place_id IN (SELECT id FROM above)))
    AND (g.scope_id IS NULL OR g.scope_id = CAST(:scope AS uuid))
"""
_MAY = text(
    _ABOVE
    + "SELECT EXISTS (SELECT 1 FROM directory_grant g "
    + "JOIN directory_account a ON a.id = g.account_id "
    + "WHERE a.active AND NOT a.deleted AND g.account_id = :account AND "
    + _IN_FORCE
    + _COVERS
    + ")"
)
_HOLDERS = text(
    _ABOVE
    + "SELECT DISTINCT a.id, a.data, a.active FROM directory_grant g "
    + "JOIN directory_account a ON a.id = g.account_id "
    + "WHERE a.active AND NOT a.deleted AND "
    + _IN_FORCE
    + _COVERS
    + " ORDER BY a.id"
)
_LOWER = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM directory_place WHERE id = ANY(CAST(:places AS uuid[]))
        UNION
        SELECT p.id FROM directory_place p JOIN below b ON p.parent_id = b.id
    )
"""
_PLACES_BELOW = text(
    _LOWER + "SELECT p.* FROM directory_place p JOIN below USING (id) WHERE NOT p.deleted ORDER BY p.code"
)
_WHERE = text(
    "SELECT g.place_id, g.with_lower FROM directory_grant g "
    "JOIN directory_account a ON a.id = g.account_id "
    "WHERE a.active AND NOT a.deleted AND g.account_id = :account AND " + _IN_FORCE
)
_IDS_BELOW = text(_LOWER + "SELECT p.id FROM directory_place p JOIN below USING (id)")


async def may(
    session: AsyncSession,
    account: UUID,
    rights: Iterable[str],
    place: UUID,
    scope: UUID | None,
    on: date,
) -> bool:
    found = await session.scalar(
        _MAY,
        {
            "account": account,
            "rights": list(rights),
            "place": place,
            "scope": scope,
            "day": on,
        },
    )
    return bool(found)


async def holders(
    session: AsyncSession, right: str, place: UUID, scope: UUID | None, on: date
) -> list[DirectoryAccount]:
    found = await session.execute(_HOLDERS, {"rights": [right], "place": place, "scope": scope, "day": on})
    return [account_of(row.data, active=row.active) for row in found]


async def places_below(session: AsyncSession, place: UUID) -> list[DirectoryPlace]:
    found = await session.execute(_PLACES_BELOW, {"places": [place]})
    return [place_of(row._mapping) for row in found]


async def places_where(session: AsyncSession, account: UUID, rights: Iterable[str], on: date) -> set[UUID]:
    grants = (await session.execute(_WHERE, {"account": account, "rights": list(rights), "day": on})).all()
    exact = {grant.place_id for grant in grants if grant.place_id}
    tops = [grant.place_id for grant in grants if grant.with_lower and grant.place_id]
    if not tops:
        return exact
    below = await session.scalars(_IDS_BELOW, {"places": tops})
    return exact | set(below)


def place_of(row: Any) -> DirectoryPlace:
    data = row["data"]
    return DirectoryPlace(
        id=row["id"],
        province_id=row["province_id"] or row["id"],
        parent_id=row["parent_id"],
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        level=row["level"],
        valid_from=day(data.get("validFromOn", "")),
        valid_to=day(data.get("validToOn", "")),
        profile=data.get("profile", ""),
    )


def account_of(data: dict[str, Any], *, active: bool) -> DirectoryAccount:
    return DirectoryAccount(
        id=UUID(data["id"]),
        province_id=UUID(data["provinceId"]) if data.get("provinceId") else UUID(int=0),
        place_id=UUID(data["unitId"]) if data.get("unitId") else None,
        username=data.get("username", ""),
        full_name=data.get("fullName", ""),
        position_title=data.get("positionTitle", ""),
        email=data.get("email", ""),
        active=active,
        program=data.get("program", False),
    )


def grant_of(row: Any) -> DirectoryGrant:
    return DirectoryGrant(
        id=row["id"],
        account_id=row["account_id"],
        right=row["right_name"],
        place_id=row["place_id"],
        with_lower=row["with_lower"],
        scope_id=row["scope_id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_until"],
        province_id=row["province_id"],
    )
