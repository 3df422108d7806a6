"""Units, accounts and grants behind the ports of the use cases."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity.adapters.postgres import rows
from identity.adapters.postgres.tables import account, right_grant, unit, unit_version
from identity.application.settling import GRACE
from identity.domain.accounts import Account, Credential
from identity.domain.errors import (
    AccountNotFound,
    CodeTaken,
    GrantNotFound,
    UnitNotFound,
    UsernameTaken,
)
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit

_CHAIN = text(
    """
    WITH RECURSIVE above AS (
        SELECT id, parent_id, 0 AS depth FROM unit WHERE id = :id
        UNION ALL
        SELECT u.id, u.parent_id, depth + 1 FROM unit u JOIN above a ON u.id = a.parent_id
    )
    SELECT id FROM above ORDER BY depth
    """
)


class PostgresUnits:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, unit_id: UUID) -> Unit | None:
        row = (await self._session.execute(select(unit).where(unit.c.id == unit_id))).one_or_none()
        return rows.to_unit(row) if row else None

    async def get(self, unit_id: UUID) -> Unit:
        found = await self.find(unit_id)
        if found is None:
            raise UnitNotFound
        return found

    async def province_by_code(self, code: str) -> Unit | None:
        wanted = select(unit).where(unit.c.code == code, unit.c.parent_id.is_(None))
        row = (await self._session.execute(wanted)).one_or_none()
        return rows.to_unit(row) if row else None

    async def by_codes(self, province_id: UUID, codes: Collection[str]) -> dict[str, Unit]:
        wanted = select(unit).where(unit.c.province_id == province_id, unit.c.code.in_(codes))
        return {row.code: rows.to_unit(row) for row in await self._session.execute(wanted)}

    async def chain(self, unit_id: UUID | None) -> tuple[UUID, ...]:
        if unit_id is None:
            return ()
        return tuple((await self._session.scalars(_CHAIN, {"id": unit_id})).all())

    async def save(self, *units: Unit, recorded_at: datetime) -> None:
        if not units:
            return
        try:
            await self._session.execute(_upsert(unit), [rows.unit_row(one) for one in units])
        except IntegrityError as taken:
            raise CodeTaken(units[0].code if len(units) == 1 else "…") from taken
        await self._session.execute(
            insert(unit_version),
            [
                {
                    "unit_id": one.id,
                    "version": one.version,
                    "parent_id": one.parent_id,
                    "name": one.name,
                    "kind": one.kind.value,
                    "valid_from_on": one.valid_from_on,
                    "recorded_at": recorded_at,
                }
                for one in units
            ],
        )


class PostgresAccounts:
    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def find(self, account_id: UUID) -> Account | None:
        wanted = select(account).where(account.c.id == account_id)
        row = (await self._session.execute(wanted)).one_or_none()
        return rows.to_account(row) if row else None

    async def get(self, account_id: UUID, *, for_update: bool = False) -> Account:
        wanted = select(account).where(account.c.id == account_id)
        if for_update:
            wanted = wanted.with_for_update()
        row = (await self._session.execute(wanted)).one_or_none()
        if row is None:
            raise AccountNotFound
        return rows.to_account(row)

    async def by_usernames(self, usernames: Collection[str]) -> dict[str, Account]:
        wanted = select(account).where(account.c.username.in_(usernames))
        return {row.username: rows.to_account(row) for row in await self._session.execute(wanted)}

    async def save(self, *accounts: Account) -> None:
        if not accounts:
            return
        # Whoever changed the account has a moment to tell the login system before the job does.
        late = {Credential.PENDING: self._now + GRACE, Credential.BEHIND: self._now + GRACE}
        values = [
            {**rows.account_row(one), "credential_next_at": late.get(one.credential)} for one in accounts
        ]
        try:
            await self._session.execute(_upsert(account), values)
        except IntegrityError as taken:
            raise UsernameTaken(accounts[0].username if len(accounts) == 1 else "…") from taken

    async def forget(self, account_id: UUID) -> None:
        await self._session.execute(delete(account).where(account.c.id == account_id, account.c.version == 0))

    async def unsettled(self, now: datetime, limit: int) -> list[Account]:
        wanted = (
            select(account)
            .where(account.c.credential != Credential.READY.value, account.c.credential_next_at <= now)
            .order_by(account.c.credential_next_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [rows.to_account(row) for row in await self._session.execute(wanted)]

    async def of_people(self) -> list[Account]:
        wanted = select(account).where(account.c.program.is_(False)).order_by(account.c.username)
        return [rows.to_account(row) for row in await self._session.execute(wanted)]

    async def try_again(self, account_ids: Collection[UUID], at: datetime, error: str) -> None:
        values: dict[str, Any] = {"credential_next_at": at}
        if error:
            values |= {"credential_error": error, "credential_tries": account.c.credential_tries + 1}
        await self._session.execute(update(account).where(account.c.id.in_(account_ids)).values(values))


class PostgresGrants:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, account_id: UUID, grant_id: UUID) -> Grant:
        wanted = select(right_grant).where(
            right_grant.c.id == grant_id, right_grant.c.account_id == account_id
        )
        row = (await self._session.execute(wanted.with_for_update())).one_or_none()
        if row is None or row.revoked_at is not None:
            raise GrantNotFound
        return rows.to_grant(row)

    async def of_account(self, account_id: UUID) -> list[Grant]:
        return (await self.of_accounts([account_id])).get(account_id, [])

    async def of_accounts(self, account_ids: Collection[UUID]) -> dict[UUID, list[Grant]]:
        wanted = (
            select(right_grant)
            .where(right_grant.c.account_id.in_(account_ids), right_grant.c.revoked_at.is_(None))
            .order_by(right_grant.c.id)
        )
        found: dict[UUID, list[Grant]] = {}
        for row in await self._session.execute(wanted):
            found.setdefault(row.account_id, []).append(rows.to_grant(row))
        return found

    async def has_administrator(self, province_id: UUID, on: date) -> bool:
        wanted = select(right_grant).where(
            right_grant.c.unit_id == province_id,
            right_grant.c.right_name == Right.PROVINCE_ADMIN.value,
            right_grant.c.revoked_at.is_(None),
        )
        return any(rows.to_grant(row).in_force(on) for row in await self._session.execute(wanted))

    async def save(self, *grants: Grant) -> None:
        if grants:
            await self._session.execute(_upsert(right_grant), [rows.grant_row(one) for one in grants])


def _upsert(table: Any) -> Any:
    statement = insert(table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in ("id", "credential_tries", "credential_error")
    }
    return statement.on_conflict_do_update(index_elements=[table.c.id], set_=changed)
