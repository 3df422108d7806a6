"""Rights given and taken away; repeating either changes nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from identity.application.authorise import authority_of
from identity.application.ports import IdMaker, OpenUnitOfWork, UnitOfWork
from identity.domain.accounts import Account
from identity.domain.events import RightGranted, RightRevoked
from identity.domain.grants import Grant
from identity.domain.rights import Right
from identity.domain.units import Unit


@dataclass(frozen=True, slots=True)
class GrantRight:
    account_id: UUID
    right: Right
    unit_id: UUID | None
    actor: Actor
    with_lower: bool = False
    regime_id: UUID | None = None
    valid_from_on: date | None = None
    valid_to_on: date | None = None


@dataclass(frozen=True, slots=True)
class RevokeRight:
    account_id: UUID
    grant_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class RightsKeeper:
    open_unit_of_work: OpenUnitOfWork
    clock: Clock
    make_id: IdMaker

    async def grant(self, command: GrantRight) -> Grant:
        async with self.open_unit_of_work() as uow:
            today = vietnam_day(self.clock())
            account = await uow.accounts.get(command.account_id, for_update=True)
            unit = await self._authorised(uow, command.right, account, command.unit_id, command.actor, today)
            grant = Grant.give(
                self.make_id(),
                account.id,
                right=command.right,
                unit=unit,
                with_lower=command.with_lower,
                regime_id=command.regime_id,
                valid_from_on=command.valid_from_on or today,
                valid_to_on=command.valid_to_on,
            )
            for held in await uow.grants.of_account(account.id):
                if held.scope == grant.scope and held.valid_to_on == grant.valid_to_on:
                    return held
            await uow.grants.save(grant)
            uow.events.add(RightGranted(grant))
            self._audit(uow, "right_granted", command.actor, account, after=grant.facts())
            await uow.commit()
        return grant

    async def revoke(self, command: RevokeRight) -> None:
        async with self.open_unit_of_work() as uow:
            today = vietnam_day(self.clock())
            account = await uow.accounts.get(command.account_id, for_update=True)
            grant = await uow.grants.get(account.id, command.grant_id)
            await self._authorised(uow, grant.right, account, grant.unit_id, command.actor, today)
            revoked = grant.revoked(self.clock())
            await uow.grants.save(revoked)
            uow.events.add(RightRevoked(revoked))
            self._audit(uow, "right_revoked", command.actor, account, before=grant.facts())
            await uow.commit()

    async def _authorised(
        self,
        uow: UnitOfWork,
        right: Right,
        account: Account,
        unit_id: UUID | None,
        actor: Actor,
        today: date,
    ) -> Unit | None:
        authority = await authority_of(uow, actor, today)
        unit = await uow.units.get(unit_id) if unit_id else None
        authority.grant(
            right,
            account,
            unit,
            await uow.units.chain(unit_id),
            await uow.units.chain(account.unit_id),
        )
        return unit

    def _audit(
        self,
        uow: UnitOfWork,
        act: str,
        actor: Actor,
        account: Account,
        *,
        before: dict[str, object] | None = None,
        after: dict[str, object] | None = None,
    ) -> None:
        uow.audit.record(
            aggregate_kind="account",
            aggregate_id=account.id,
            act=act,
            actor=actor,
            before=before,
            after=after,
            province_id=account.province_id,
        )
