"""Whose authority a command runs under, loaded with the same unit of work that will act on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kit.actor import Actor

from identity.application.ports import UnitOfWork
from identity.domain.authority import Authority
from identity.domain.errors import CallerUnknown

SETUP = "setup"


async def authority_over(uow: UnitOfWork, actor: Actor, on: date, province_id: UUID) -> Authority:
    """The same, and the operator's while the province has no administrator of its own."""
    authority = await authority_of(uow, actor, on)
    if not authority.operator:
        return authority
    return authority.founding(province_id, await uow.grants.has_administrator(province_id, on))


async def authority_of(uow: UnitOfWork, actor: Actor, on: date) -> Authority:
    """Raises CallerUnknown for a locked or unknown account, and for any system job but the founding one."""
    if actor.account_id is None:
        if actor.system != SETUP:
            raise CallerUnknown
        return Authority(None, (), on, setup=True)
    account = await uow.accounts.find(actor.account_id)
    if account is None or not account.active:
        raise CallerUnknown
    return Authority(account, tuple(await uow.grants.of_account(account.id)), on)
