"""Lists of units and accounts, within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor

from identity.application.ports import AccountFilter, OpenUnitOfWork, Page, Reading
from identity.application.queries.who_am_i import Caller, WhoAmI
from identity.domain.accounts import Account
from identity.domain.errors import AccountNotFound
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit, UnitKind

LONGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class LookUp:
    """`province_id` is the caller's own, or the one an operator names."""

    open_unit_of_work: OpenUnitOfWork
    reading: Reading
    who_am_i: WhoAmI

    async def units(
        self,
        actor: Actor,
        *,
        province_id: UUID | None = None,
        q: str = "",
        parent_id: UUID | None = None,
        kind: str | None = None,
        cursor: str | None = None,
        limit: int = 200,
    ) -> Page:
        caller = await self.who_am_i(actor)
        return await self.reading.units(
            self._province(caller, province_id),
            q=q,
            parent_id=parent_id,
            kind=kind,
            cursor=cursor,
            limit=min(limit, LONGEST_PAGE),
        )

    async def unit(self, actor: Actor, unit_id: UUID) -> tuple[Unit, list[dict[str, Any]]]:
        caller = await self.who_am_i(actor)
        async with self.open_unit_of_work() as uow:
            unit = await uow.units.get(unit_id)
        caller.authority.see_province(unit.province_id)
        return unit, await self.reading.unit_versions(unit.id)

    async def provinces(self, actor: Actor) -> Page:
        caller = await self.who_am_i(actor)
        own = None if caller.authority.operator else caller.account.province_id
        return await self.reading.units(
            own, q="", parent_id=None, kind=UnitKind.PROVINCE.value, cursor=None, limit=LONGEST_PAGE
        )

    async def accounts(
        self,
        actor: Actor,
        *,
        province_id: UUID | None = None,
        unit_id: UUID | None = None,
        right: str | None = None,
        q: str = "",
        state: str | None = None,
        cursor: str | None = None,
        limit: int = 200,
    ) -> Page:
        caller = await self.who_am_i(actor)
        visible = await self.visible_units(caller)
        if unit_id is not None:
            visible = {unit_id} if visible is None else visible & {unit_id}
        return await self.reading.accounts(
            self._province(caller, province_id),
            AccountFilter(visible, caller.on, q, right, state),
            cursor=cursor,
            limit=min(limit, LONGEST_PAGE),
        )

    async def account(self, actor: Actor, account_id: UUID) -> tuple[Account, Unit | None, list[Grant]]:
        caller = await self.who_am_i(actor)
        visible = await self.visible_units(caller)
        async with self.open_unit_of_work() as uow:
            account = await uow.accounts.get(account_id)
            mine = account.province_id == caller.account.province_id or caller.authority.operator
            if not mine or (visible is not None and account.unit_id not in visible):
                raise AccountNotFound
            unit = await uow.units.find(account.unit_id) if account.unit_id else None
            return account, unit, await uow.grants.of_account(account.id)

    async def visible_units(self, caller: Caller) -> set[UUID] | None:
        """Units whose accounts the caller may see; None is every unit of the province.

        An administrator's and an auditor's province; otherwise the units one administers, and one's own agency
        with its offices and lower units.
        """
        province_id = caller.account.province_id
        if caller.authority.operator or (
            province_id is not None and caller.authority.sees_every_account(province_id)
        ):
            return None
        roots = {
            grant.unit_id
            for grant in caller.grants
            if grant.right is Right.UNIT_ADMIN and grant.unit_id is not None
        }
        async with self.open_unit_of_work() as uow:
            for unit_id in await uow.units.chain(caller.account.unit_id):
                roots.add(unit_id)
                if (await uow.units.get(unit_id)).kind is not UnitKind.OFFICE:
                    break
        return await self.reading.below(roots)

    def _province(self, caller: Caller, wanted: UUID | None) -> UUID | None:
        if caller.authority.operator:
            return wanted or caller.account.province_id
        if wanted is not None:
            caller.authority.see_province(wanted)
        return caller.account.province_id
