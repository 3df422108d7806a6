"""An account in use: locked, unlocked, changed, given a new password."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from identity.application.apart import apart
from identity.application.authorise import authority_of
from identity.application.passwords import a_temporary_password
from identity.application.ports import OpenUnitOfWork, UnitOfWork
from identity.application.settling import Settler
from identity.domain.accounts import Account, Credential
from identity.domain.authority import Authority
from identity.domain.errors import LoginUnavailable, NoPassword, OwnLock, UnitNotFound, VersionMoved
from identity.domain.events import AccountChanged
from identity.domain.units import Unit


@dataclass(frozen=True, slots=True)
class LockAccount:
    account_id: UUID
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class UnlockAccount:
    account_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeAccount:
    account_id: UUID
    expected_version: int
    actor: Actor
    full_name: str | None = None
    position_title: str | None = None
    email: str | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReissuePassword:
    account_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class AccountKeeper:
    """A lock holds in every service within seconds by its event, whether or not the login system answers."""

    open_unit_of_work: OpenUnitOfWork
    settler: Settler
    clock: Clock

    async def lock(self, command: LockAccount) -> Account:
        return await self._follow(await apart(self._lock(command)), command.actor)

    async def unlock(self, command: UnlockAccount) -> Account:
        return await self._follow(await apart(self._unlock(command)), command.actor)

    async def change(self, command: ChangeAccount) -> Account:
        return await self._follow(await apart(self._change(command)), command.actor)

    async def reissue_password(self, command: ReissuePassword) -> tuple[Account, str]:
        account = await apart(self._reissue(command))
        password = a_temporary_password()
        await self.settler.logins.set_temporary_password(account, password)
        return account, password

    async def _lock(self, command: LockAccount) -> Account:
        async with self.open_unit_of_work() as uow:
            account, _, authority = await self._load(uow, command.account_id, command.actor, "khóa tài khoản")
            if authority.account is not None and authority.account.id == account.id:
                raise OwnLock
            locked = account.locked(self.clock(), command.reason)
            await self._keep(uow, "account_locked", command.actor, account, locked)
        return locked

    async def _unlock(self, command: UnlockAccount) -> Account:
        async with self.open_unit_of_work() as uow:
            account, _, _ = await self._load(uow, command.account_id, command.actor, "mở khóa tài khoản")
            unlocked = account.unlocked()
            await self._keep(uow, "account_unlocked", command.actor, account, unlocked)
        return unlocked

    async def _change(self, command: ChangeAccount) -> Account:
        async with self.open_unit_of_work() as uow:
            account, _, _ = await self._load(uow, command.account_id, command.actor, "sửa tài khoản")
            if account.version != command.expected_version:
                raise VersionMoved("Tài khoản")
            if command.unit_id is not None:
                unit = await uow.units.get(command.unit_id)
                if unit.province_id != account.province_id:
                    raise UnitNotFound
            changed = account.changed(
                full_name=account.full_name if command.full_name is None else command.full_name,
                position_title=(
                    account.position_title if command.position_title is None else command.position_title
                ),
                email=account.email if command.email is None else command.email,
                unit_id=command.unit_id or account.unit_id,
            )
            if changed != account:
                await self._keep(uow, "account_changed", command.actor, account, changed)
        return changed

    async def _reissue(self, command: ReissuePassword) -> Account:
        async with self.open_unit_of_work() as uow:
            authority = await authority_of(uow, command.actor, vietnam_day(self.clock()))
            account = await uow.accounts.get(command.account_id)
            unit = await uow.units.get(account.unit_id) if account.unit_id else None
            authority.reissue_password(
                account,
                await uow.grants.of_account(account.id),
                unit,
                await uow.units.chain(account.unit_id),
            )
            if account.program:
                raise NoPassword
            if account.credential is Credential.PENDING:
                raise LoginUnavailable(
                    f"Tài khoản “{account.username}” chưa được lập xong ở hệ thống đăng nhập.",
                    "Đợi ít phút rồi thực hiện lại.",
                )
            uow.audit.record(
                aggregate_kind="account",
                aggregate_id=account.id,
                act="password_reissued",
                actor=command.actor,
                province_id=account.province_id,
            )
            await uow.commit()
        return account

    async def _load(
        self, uow: UnitOfWork, account_id: UUID, actor: Actor, what: str
    ) -> tuple[Account, Unit | None, Authority]:
        authority = await authority_of(uow, actor, vietnam_day(self.clock()))
        account = await uow.accounts.get(account_id, for_update=True)
        unit = await uow.units.get(account.unit_id) if account.unit_id else None
        authority.keep_account(account, unit, what)
        return account, unit, authority

    async def _keep(self, uow: UnitOfWork, act: str, actor: Actor, before: Account, after: Account) -> None:
        await uow.accounts.save(after)
        if after.version:
            uow.events.add(AccountChanged(after))
        uow.audit.record(
            aggregate_kind="account",
            aggregate_id=after.id,
            act=act,
            actor=actor,
            before=before.facts(),
            after=after.facts(),
            province_id=after.province_id,
        )
        await uow.commit()

    async def _follow(self, account: Account, actor: Actor) -> Account:
        """The login system at once where it answers; where not, the job brings it up to date."""
        if account.credential is Credential.BEHIND:
            with contextlib.suppress(LoginUnavailable):
                return await self.settler.settle(account, None, actor)
        return account
