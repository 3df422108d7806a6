"""What the use cases need of the outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from kit.recording import Audit, Outbox

from identity.domain.accounts import Account
from identity.domain.grants import Grant
from identity.domain.units import Unit


class Units(Protocol):
    async def find(self, unit_id: UUID) -> Unit | None: ...
    async def get(self, unit_id: UUID) -> Unit:
        """Raises UnitNotFound."""
        ...

    async def province_by_code(self, code: str) -> Unit | None: ...
    async def by_codes(self, province_id: UUID, codes: Collection[str]) -> dict[str, Unit]: ...
    async def chain(self, unit_id: UUID | None) -> tuple[UUID, ...]:
        """The unit and every unit above it; nothing for None."""
        ...

    async def save(self, *units: Unit, recorded_at: datetime) -> None:
        """Inserts or updates, and adds each to the unit's history."""
        ...


class Accounts(Protocol):
    async def find(self, account_id: UUID) -> Account | None: ...
    async def get(self, account_id: UUID, *, for_update: bool = False) -> Account:
        """Raises AccountNotFound."""
        ...

    async def by_usernames(self, usernames: Collection[str]) -> dict[str, Account]: ...
    async def save(self, *accounts: Account) -> None: ...
    async def unsettled(self, now: datetime, limit: int) -> list[Account]:
        """Those the login system has not followed yet and whose next try has come; locked for this work."""
        ...

    async def of_people(self) -> list[Account]:
        """Every account that signs in by itself, of every province; programs have no login."""
        ...

    async def forget(self, account_id: UUID) -> None:
        """Takes back a pending account: no other service has heard of it."""
        ...

    async def try_again(self, account_ids: Collection[UUID], at: datetime, error: str) -> None: ...


class Grants(Protocol):
    async def get(self, account_id: UUID, grant_id: UUID) -> Grant:
        """Raises GrantNotFound."""
        ...

    async def of_account(self, account_id: UUID) -> list[Grant]:
        """Without the revoked."""
        ...

    async def of_accounts(self, account_ids: Collection[UUID]) -> dict[UUID, list[Grant]]: ...
    async def has_administrator(self, province_id: UUID, on: date) -> bool: ...
    async def save(self, *grants: Grant) -> None: ...


class UnitOfWork(Protocol):
    """Committing raises the rights version once for each event told."""

    @property
    def units(self) -> Units: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def events(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...
    async def commit(self) -> None: ...


OpenUnitOfWork: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
IdMaker: TypeAlias = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Login:
    """An account as the login system is to hold it; without a password it cannot sign in yet."""

    account: Account
    temporary_password: str | None = None


@dataclass(frozen=True, slots=True)
class HeldLogin:
    """A login as the login system holds it; `account_id` None where it names none."""

    username: str
    account_id: UUID | None
    enabled: bool
    full_name: str
    email: str


class Logins(Protocol):
    """The login system. Every method is safe to repeat; it raises LoginUnavailable or LoginTaken."""

    async def settle(self, login: Login) -> None:
        """Makes or updates the login; a locked one is disabled and signed out."""
        ...

    async def settle_many(self, logins: Sequence[Login]) -> dict[UUID, str]:
        """The same for many new ones at once; the reason for each account that was not settled."""
        ...

    async def held(self) -> list[HeldLogin]:
        """Every login there is, programs' own left out."""
        ...

    async def close(self, username: str) -> None:
        """Nobody signs in by it any more, and who was signed in no longer is."""
        ...

    async def set_temporary_password(self, account: Account, password: str) -> None:
        """Signs the account out everywhere and has it choose a new password at the next login."""
        ...


class Profiles(Protocol):
    def known(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Page:
    items: list[dict[str, Any]]
    next: str | None


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """`unit_ids` None: every unit of the province. `on`: the day in Vietnam a right must be in force."""

    unit_ids: Collection[UUID] | None
    on: date
    q: str = ""
    right: str | None = None
    state: str | None = None


class Reading(Protocol):
    """Queries that bypass the aggregates: lists, search, counts. All are of one province."""

    async def units(
        self,
        province_id: UUID | None,
        *,
        q: str,
        parent_id: UUID | None,
        kind: str | None,
        cursor: str | None,
        limit: int,
    ) -> Page: ...
    async def unit_versions(self, unit_id: UUID) -> list[dict[str, Any]]: ...
    async def below(self, unit_ids: Collection[UUID]) -> set[UUID]:
        """The units themselves with every unit below them."""
        ...

    async def accounts(
        self, province_id: UUID | None, wanted: AccountFilter, *, cursor: str | None, limit: int
    ) -> Page: ...
    async def unsettled_accounts(self, province_id: UUID) -> list[dict[str, Any]]: ...
    async def units_without_admin(self, province_id: UUID, on: Any) -> list[str]: ...


SnapshotItem: TypeAlias = Unit | Account | Grant | tuple[int, int, datetime]


class Snapshots(Protocol):
    def stream(self) -> AsyncIterator[SnapshotItem]:
        """All units, accounts, grants of one moment, then (epoch, rights version, moment)."""
        ...

    async def rights_version(self) -> tuple[int, int]:
        """Epoch and rights version as committed now."""
        ...
