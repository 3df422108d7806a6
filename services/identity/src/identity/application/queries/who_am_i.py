"""GET /me: who the caller is, where, and with which rights today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from identity.application.authorise import authority_of
from identity.application.ports import OpenUnitOfWork
from identity.domain.accounts import Account
from identity.domain.authority import Authority
from identity.domain.errors import CallerUnknown
from identity.domain.grants import Grant
from identity.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Caller:
    authority: Authority
    account: Account
    unit: Unit | None
    province: Unit | None
    grants: tuple[Grant, ...]
    on: date


@dataclass(frozen=True, slots=True)
class WhoAmI:
    open_unit_of_work: OpenUnitOfWork
    clock: Clock

    async def __call__(self, actor: Actor) -> Caller:
        async with self.open_unit_of_work() as uow:
            today = vietnam_day(self.clock())
            authority = await authority_of(uow, actor, today)
            account = authority.account
            if account is None:
                raise CallerUnknown
            return Caller(
                authority,
                account,
                await uow.units.find(account.unit_id) if account.unit_id else None,
                await uow.units.find(account.province_id) if account.province_id else None,
                tuple(grant for grant in authority.grants if grant.in_force(today)),
                today,
            )
