"""What a new stack needs before anyone can sign in: its operator, and a province's first program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor

from identity.application.authorise import SETUP
from identity.application.commands.grant_rights import GrantRight, RightsKeeper
from identity.application.commands.open_account import AccountOpener, OpenAccount
from identity.application.commands.save_units import CreateProvince, UnitKeeper
from identity.application.settling import Settler
from identity.domain.accounts import Account
from identity.domain.rights import Right
from identity.domain.units import Unit

_ACTOR = Actor.system_job(SETUP)


@dataclass(frozen=True, slots=True)
class Program:
    """A client of the login system that acts as an account of its own."""

    name: str
    rights: Sequence[Right]
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StackFounder:
    """Every step is what the REST handlers do, under the name `system:setup`; all can be repeated."""

    units: UnitKeeper
    open_account: AccountOpener
    rights: RightsKeeper
    settler: Settler

    async def operator(self, username: str, full_name: str, account_id: UUID | None = None) -> Account:
        command = OpenAccount(username, full_name, None, _ACTOR, account_id=account_id)
        account, _ = await self.open_account.register(command)
        await self.rights.grant(GrantRight(account.id, Right.OPERATOR, None, _ACTOR))
        await self.settler.leave_to_job(account)
        return account

    async def province(
        self, code: str, name: str, profile: str, programs: Sequence[Program]
    ) -> tuple[Unit, dict[str, Account]]:
        saved = await self.units.create_province(CreateProvince(code, name, profile, _ACTOR))
        accounts: dict[str, Account] = {}
        for program in programs:
            account, _ = await self.open_account.register(
                OpenAccount(
                    program.name,
                    f"Chương trình {program.name}",
                    saved.unit.id,
                    _ACTOR,
                    program=True,
                    account_id=program.account_id,
                )
            )
            for right in program.rights:
                unit_id = None if right is Right.OPERATOR else saved.unit.id
                await self.rights.grant(
                    GrantRight(account.id, right, unit_id, _ACTOR, with_lower=unit_id is not None)
                )
            accounts[program.name] = account
        return saved.unit, accounts
