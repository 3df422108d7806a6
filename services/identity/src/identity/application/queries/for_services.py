"""What other services ask: a whole copy, or the rights of one account when their copy is stale."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from identity.application.ports import OpenUnitOfWork, SnapshotItem, Snapshots
from identity.domain.accounts import Account
from identity.domain.errors import AccountNotFound
from identity.domain.grants import Grant


@dataclass(frozen=True, slots=True)
class ForServices:
    open_unit_of_work: OpenUnitOfWork
    snapshots: Snapshots

    def snapshot(self) -> AsyncIterator[SnapshotItem]:
        return self.snapshots.stream()

    async def rights(self, account_id: UUID) -> tuple[Account, list[Grant], int]:
        """The version is read first: what follows is at least as new."""
        _, version = await self.snapshots.rights_version()
        async with self.open_unit_of_work() as uow:
            account = await uow.accounts.find(account_id)
            if account is None or account.version == 0:
                raise AccountNotFound
            return account, await uow.grants.of_account(account_id), version
