"""The login system follows what identity has committed: at once where it answers, else by a job."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from identity.application.apart import apart
from identity.application.ports import Login, Logins, OpenUnitOfWork
from identity.domain.accounts import Account, Credential
from identity.domain.errors import LoginTaken, LoginUnavailable
from identity.domain.events import AccountChanged

# The request that committed a row has this long to settle it before the job looks at it.
GRACE = timedelta(seconds=60)
AGAIN = timedelta(seconds=20)
_BATCH = 50
_JOB = Actor.system_job("credential-settler")


@dataclass(frozen=True, slots=True)
class Settler:
    open_unit_of_work: OpenUnitOfWork
    logins: Logins
    clock: Clock

    async def settle(self, account: Account, password: str | None, actor: Actor) -> Account:
        """Raises LoginUnavailable (the job goes on with it) or LoginTaken (a pending account is taken back)."""
        try:
            await self.logins.settle(Login(account, password))
        except LoginTaken as refusal:
            await apart(self._give_up(account, str(refusal), actor))
            raise
        return (await self.confirm([account.id], actor))[account.id]

    async def settle_many(self, logins: Sequence[Login], actor: Actor) -> dict[UUID, str]:
        """The reasons of those that were not settled; a job tries them again."""
        if not logins:
            return {}
        try:
            failed = await self.logins.settle_many(logins)
        except LoginUnavailable as refusal:
            failed = {login.account.id: refusal.message for login in logins}
        settled = [login.account.id for login in logins if login.account.id not in failed]
        await self.confirm(settled, actor)
        return failed

    async def confirm(self, account_ids: Collection[UUID], actor: Actor) -> dict[UUID, Account]:
        """Marks the logins as ready; an account that was pending comes into being now."""
        accounts: dict[UUID, Account] = {}
        async with self.open_unit_of_work() as uow:
            for account_id in sorted(account_ids):
                before = await uow.accounts.get(account_id, for_update=True)
                after = before.settled()
                accounts[account_id] = after
                if after == before:
                    continue
                await uow.accounts.save(after)
                if before.version == 0:
                    uow.events.add(AccountChanged(after))
                    uow.audit.record(
                        aggregate_kind="account",
                        aggregate_id=after.id,
                        act="account_opened",
                        actor=actor,
                        after=after.facts(),
                        province_id=after.province_id,
                    )
            await uow.commit()
        return accounts

    async def leave_to_job(self, account: Account) -> None:
        """No request follows this row, so the job needn't wait for one."""
        if account.credential is Credential.READY:
            return
        async with self.open_unit_of_work() as uow:
            await uow.accounts.try_again([account.id], self.clock(), "")
            await uow.commit()

    async def run_once(self) -> int:
        """The job: whatever the login system has not followed yet, oldest first. Returns how many it settled."""
        async with self.open_unit_of_work() as uow:
            waiting = await uow.accounts.unsettled(self.clock(), _BATCH)
            # Taken for this round: another replica does not try the same ones meanwhile.
            await uow.accounts.try_again([account.id for account in waiting], self.clock() + AGAIN, "")
            await uow.commit()
        settled: list[UUID] = []
        for account in waiting:
            try:
                await self.logins.settle(Login(account))
            except (LoginUnavailable, LoginTaken) as refusal:
                async with self.open_unit_of_work() as uow:
                    await uow.accounts.try_again([account.id], self.clock() + AGAIN, refusal.message)
                    await uow.commit()
                if isinstance(refusal, LoginUnavailable):
                    break
            else:
                settled.append(account.id)
        await self.confirm(settled, _JOB)
        return len(settled)

    async def _give_up(self, account: Account, reason: str, actor: Actor) -> None:
        async with self.open_unit_of_work() as uow:
            if account.version == 0 and not await uow.grants.of_account(account.id):
                await uow.accounts.forget(account.id)
            uow.audit.record(
                aggregate_kind="account",
                aggregate_id=account.id,
                act="login_refused",
                actor=actor,
                after={"username": account.username, "reason": reason},
                province_id=account.province_id,
            )
            await uow.commit()
