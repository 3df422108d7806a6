"""One account: opened so that it either exists everywhere or is finished by the settler job.

Repeating the command with the same username and holder means the same account, so a client that lost the answer
simply asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from identity.application.apart import apart
from identity.application.authorise import authority_of
from identity.application.passwords import a_temporary_password
from identity.application.ports import IdMaker, OpenUnitOfWork
from identity.application.settling import Settler
from identity.domain.accounts import Account, Credential
from identity.domain.errors import LoginUnavailable, UsernameTaken


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """`account_id` is given by the founding command line alone; without a unit it is the operator's."""

    username: str
    full_name: str
    unit_id: UUID | None
    actor: Actor
    position_title: str = ""
    email: str = ""
    temporary_password: str | None = None
    program: bool = False
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """The password is there only when the login was made now: it is shown once and kept nowhere."""

    account: Account
    created: bool
    temporary_password: str | None = None


@dataclass(frozen=True, slots=True)
class AccountOpener:
    open_unit_of_work: OpenUnitOfWork
    settler: Settler
    clock: Clock
    make_id: IdMaker

    async def __call__(self, command: OpenAccount) -> OpenedAccount:
        account, created = await apart(self.register(command))
        if account.credential is not Credential.PENDING:
            return OpenedAccount(account, created)
        password = command.temporary_password or a_temporary_password()
        try:
            account = await self.settler.settle(account, password, command.actor)
        except LoginUnavailable as refusal:
            raise LoginUnavailable(
                f"Đã ghi nhận tài khoản “{account.username}” nhưng hệ thống đăng nhập chưa trả lời, tài khoản chưa"
                " dùng được.",
                "Không cần tạo lại: hệ thống tự hoàn tất khi đăng nhập hoạt động trở lại; sau đó cấp lại mật khẩu"
                " để nhận mật khẩu tạm.",
            ) from refusal
        return OpenedAccount(account, created, password)

    async def register(self, command: OpenAccount) -> tuple[Account, bool]:
        """The row alone, pending; also the whole of founding a program's account, which has no login."""
        async with self.open_unit_of_work() as uow:
            authority = await authority_of(uow, command.actor, vietnam_day(self.clock()))
            unit = await uow.units.get(command.unit_id) if command.unit_id else None
            authority.open_account(unit)
            account = Account.open(
                command.account_id or self.make_id(),
                province_id=unit.province_id if unit else None,
                unit_id=unit.id if unit else None,
                username=command.username,
                full_name=command.full_name,
                position_title=command.position_title,
                email=command.email,
                program=command.program,
            )
            known = (await uow.accounts.by_usernames([account.username])).get(account.username)
            if known is not None:
                if not known.same_holder(account):
                    raise UsernameTaken(account.username)
                return known, False
            await uow.accounts.save(account)
            uow.audit.record(
                aggregate_kind="account",
                aggregate_id=account.id,
                act="account_requested",
                actor=command.actor,
                after=account.facts(),
                province_id=account.province_id,
            )
            await uow.commit()
        if account.program:
            account = (await self.settler.confirm([account.id], command.actor))[account.id]
        return account, True
