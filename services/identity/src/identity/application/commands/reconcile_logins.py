"""After the login system went back to an earlier day: its logins are held against our accounts, and mended.

Ours is what holds. A login that is missing is made again, without a password: its holder gets a new one by a reset. One
that says something else (open though locked, another name) is brought to what we hold. One that belongs to no account
of ours is closed, since nobody answers for it; it isn't deleted, so that an auditor can look at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from identity.application.ports import HeldLogin, Login, Logins, OpenUnitOfWork
from identity.domain.accounts import Account, Credential


@dataclass(slots=True)
class LoginDifferences:
    """User names. `failed`: not mended, and why."""

    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    same: int = 0

    @property
    def none(self) -> bool:
        return not (self.missing or self.differing or self.strange)


@dataclass(frozen=True, slots=True)
class LoginReconciler:
    open_unit_of_work: OpenUnitOfWork
    logins: Logins

    async def __call__(self, *, mend: bool) -> LoginDifferences:
        async with self.open_unit_of_work() as uow:
            accounts = {account.username: account for account in await uow.accounts.of_people()}
        held = {login.username: login for login in await self.logins.held()}
        found = LoginDifferences()
        wrong: list[Account] = []
        for username, account in sorted(accounts.items()):
            if account.credential is Credential.PENDING:
                # The settler's own work: it makes the login as soon as it can.
                continue
            login = held.get(username)
            if login is not None and login.account_id != account.id:
                # The name is taken by a login of somebody else: closed below, never taken over.
                found.failed[username] = "the login of this name belongs to another account"
            elif login is None:
                found.missing.append(username)
                wrong.append(account)
            elif _differs(login, account):
                found.differing.append(username)
                wrong.append(account)
            else:
                found.same += 1
        ours = {account.id for account in accounts.values()}
        found.strange = sorted(
            name for name, login in held.items() if login.account_id not in ours and login.enabled
        )
        if mend:
            await self._mend(found, wrong)
        return found

    async def _mend(self, found: LoginDifferences, wrong: list[Account]) -> None:
        if wrong:
            names = {account.id: account.username for account in wrong}
            failed = await self.logins.settle_many([Login(account) for account in wrong])
            found.failed |= {names[account_id]: why for account_id, why in failed.items()}
        for username in found.strange:
            await self.logins.close(username)


def _differs(login: HeldLogin, account: Account) -> bool:
    return (
        login.enabled != (account.locked_at is None)
        or login.full_name != account.full_name
        or login.email != account.email
    )
