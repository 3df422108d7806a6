"""identity's repositories, login system and profiles in memory; the Postgres suite proves the first ones honest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from identity.application.ports import HeldLogin, Login
from identity.application.settling import GRACE
from identity.domain.accounts import Account, Credential
from identity.domain.errors import (
    AccountNotFound,
    GrantNotFound,
    LoginTaken,
    LoginUnavailable,
    UnitNotFound,
)
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit
from kit.testing import FakeUnitOfWork


class FakeUnits:
    def __init__(self) -> None:
        self.rows: dict[UUID, Unit] = {}
        self.history: list[Unit] = []

    async def find(self, unit_id: UUID) -> Unit | None:
        return self.rows.get(unit_id)

    async def get(self, unit_id: UUID) -> Unit:
        if unit_id not in self.rows:
            raise UnitNotFound
        return self.rows[unit_id]

    async def province_by_code(self, code: str) -> Unit | None:
        return next((u for u in self.rows.values() if u.code == code and u.parent_id is None), None)

    async def by_codes(self, province_id: UUID, codes: Collection[str]) -> dict[str, Unit]:
        return {u.code: u for u in self.rows.values() if u.province_id == province_id and u.code in codes}

    async def chain(self, unit_id: UUID | None) -> tuple[UUID, ...]:
        chain: list[UUID] = []
        while unit_id is not None:
            chain.append(unit_id)
            unit_id = self.rows[unit_id].parent_id
        return tuple(chain)

    async def save(self, *units: Unit, recorded_at: datetime) -> None:
        self.rows.update({unit.id: unit for unit in units})
        self.history.extend(units)


class FakeAccounts:
    def __init__(self, now: datetime) -> None:
        self.now = now
        self.rows: dict[UUID, Account] = {}
        self.next_at: dict[UUID, datetime] = {}
        self.errors: dict[UUID, str] = {}

    async def find(self, account_id: UUID) -> Account | None:
        return self.rows.get(account_id)

    async def get(self, account_id: UUID, *, for_update: bool = False) -> Account:
        if account_id not in self.rows:
            raise AccountNotFound
        return self.rows[account_id]

    async def by_usernames(self, usernames: Collection[str]) -> dict[str, Account]:
        return {a.username: a for a in self.rows.values() if a.username in usernames}

    async def save(self, *accounts: Account) -> None:
        for account in accounts:
            self.rows[account.id] = account
            self.next_at[account.id] = self.now + GRACE

    async def forget(self, account_id: UUID) -> None:
        if self.rows[account_id].version == 0:
            del self.rows[account_id]

    async def unsettled(self, now: datetime, limit: int) -> list[Account]:
        waiting = [a for a in self.rows.values() if a.credential is not Credential.READY]
        return [a for a in waiting if self.next_at[a.id] <= now][:limit]

    async def of_people(self) -> list[Account]:
        return [account for account in self.rows.values() if not account.program]

    async def try_again(self, account_ids: Collection[UUID], at: datetime, error: str) -> None:
        for account_id in account_ids:
            self.next_at[account_id] = at
            if error:
                self.errors[account_id] = error


class FakeGrants:
    def __init__(self) -> None:
        self.rows: dict[UUID, Grant] = {}

    async def get(self, account_id: UUID, grant_id: UUID) -> Grant:
        grant = self.rows.get(grant_id)
        if grant is None or grant.account_id != account_id or grant.revoked_at is not None:
            raise GrantNotFound
        return grant

    async def of_account(self, account_id: UUID) -> list[Grant]:
        return (await self.of_accounts([account_id])).get(account_id, [])

    async def of_accounts(self, account_ids: Collection[UUID]) -> dict[UUID, list[Grant]]:
        found: dict[UUID, list[Grant]] = {}
        for grant in self.rows.values():
            if grant.account_id in account_ids and grant.revoked_at is None:
                found.setdefault(grant.account_id, []).append(grant)
        return found

    async def has_administrator(self, province_id: UUID, on: date) -> bool:
        return any(
            g.right is Right.PROVINCE_ADMIN and g.unit_id == province_id and g.in_force(on)
            for g in self.rows.values()
        )

    async def save(self, *grants: Grant) -> None:
        self.rows.update({grant.id: grant for grant in grants})


class FakeIdentityWork(FakeUnitOfWork):
    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.units = FakeUnits()
        self.accounts = FakeAccounts(now)
        self.grants = FakeGrants()

    @property
    def events(self) -> Any:
        return self.outbox

    def later(self, by: timedelta) -> datetime:
        return self.accounts.now + by


class FakeLogins:
    """`down` plays a Keycloak that does not answer; `taken` are names that belong to someone else."""

    def __init__(self) -> None:
        self.logins: dict[str, Login] = {}
        self.signed_out: list[str] = []
        self.taken: set[str] = set()
        self.strange: dict[str, HeldLogin] = {}
        self.down = False

    async def settle(self, login: Login) -> None:
        self._answer()
        if login.account.username in self.taken:
            raise LoginTaken(login.account.username)
        self.logins[login.account.username] = login
        if login.account.locked_at is not None:
            self.signed_out.append(login.account.username)

    async def settle_many(self, logins: Sequence[Login]) -> dict[UUID, str]:
        failed: dict[UUID, str] = {}
        for login in logins:
            try:
                await self.settle(login)
            except (LoginTaken, LoginUnavailable) as refusal:
                failed[login.account.id] = refusal.message
        return failed

    async def held(self) -> list[HeldLogin]:
        self._answer()
        return [*(_held(login.account) for login in self.logins.values()), *self.strange.values()]

    async def close(self, username: str) -> None:
        self._answer()
        self.strange[username] = replace(self.strange[username], enabled=False)
        self.signed_out.append(username)

    async def set_temporary_password(self, account: Account, password: str) -> None:
        self._answer()
        self.logins[account.username] = Login(account, password)
        self.signed_out.append(account.username)

    def _answer(self) -> None:
        if self.down:
            raise LoginUnavailable("Hệ thống đăng nhập đang không trả lời.", "Thử lại sau ít phút.")


def _held(account: Account) -> HeldLogin:
    return HeldLogin(
        account.username, account.id, account.locked_at is None, account.full_name, account.email
    )


class FakeProfiles:
    def known(self) -> tuple[str, ...]:
        return ("mau-mot", "mau-hai")
