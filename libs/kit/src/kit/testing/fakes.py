"""Fakes, not patches: the same shapes as the real ones, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from kit.actor import Actor
from kit.audit.record import AuditEntry
from kit.clock import Clock, utc_now, vietnam_day
from kit.directory.records import (
    DirectoryAccount,
    DirectoryGrant,
    DirectoryPlace,
    Permission,
    Weight,
    not_permitted,
    rights_of,
    rights_unconfirmed,
)
from kit.errors import NotFound


class FakeOutbox:
    def __init__(self) -> None:
        self.pending: list[Any] = []
        self.events: list[Any] = []

    def add(self, *events: Any) -> None:
        self.pending.extend(events)


class FakeAudit:
    def __init__(self) -> None:
        self.pending: list[AuditEntry] = []
        self.entries: list[AuditEntry] = []

    def record(
        self,
        *,
        aggregate_kind: str,
        aggregate_id: UUID | str,
        act: str,
        actor: Actor,
        before: Any = None,
        after: Any = None,
        province_id: UUID | None = None,
        marks: Mapping[str, Any] | None = None,
    ) -> None:
        self.pending.append(
            AuditEntry(aggregate_kind, str(aggregate_id), act, actor, before, after, province_id, marks)
        )


class FakeUnitOfWork:
    """Subclass it with in-memory repositories; pass the instance where a factory is wanted."""

    def __init__(self) -> None:
        self.outbox = FakeOutbox()
        self.audit = FakeAudit()
        self.commits = 0

    def __call__(self) -> Self:
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.rollback()

    async def commit(self) -> None:
        self.outbox.events.extend(self.outbox.pending)
        self.audit.entries.extend(self.audit.pending)
        self.outbox.pending.clear()
        self.audit.pending.clear()
        self.commits += 1

    async def rollback(self) -> None:
        self.outbox.pending.clear()
        self.audit.pending.clear()


class FakeDirectory:
    """Places, accounts and grants in memory; `fresh=False` plays a copy that cannot be confirmed."""

    def __init__(
        self,
        *items: DirectoryPlace | DirectoryAccount | DirectoryGrant,
        system_rights: Mapping[str, Iterable[str]] | None = None,
        clock: Clock = utc_now,
        fresh: bool = True,
    ) -> None:
        self.places = {i.id: i for i in items if isinstance(i, DirectoryPlace)}
        self.accounts = {i.id: i for i in items if isinstance(i, DirectoryAccount)}
        self.grants = [i for i in items if isinstance(i, DirectoryGrant)]
        self.system_rights = {k: set(v) for k, v in (system_rights or {}).items()}
        self.clock = clock
        self.fresh = fresh

    async def account(self, account_id: UUID) -> DirectoryAccount:
        try:
            return self.accounts[account_id]
        except KeyError:
            raise NotFound("kit.directory.account_unknown", "Không có tài khoản này.") from None

    async def place(self, place_id: UUID) -> DirectoryPlace:
        try:
            return self.places[place_id]
        except KeyError:
            raise NotFound("kit.directory.place_unknown", "Không có cơ quan, đơn vị này.") from None

    async def province_of(self, place_id: UUID) -> UUID:
        return (await self.place(place_id)).province_id

    async def lower_places(self, place_id: UUID, *, itself: bool = False) -> list[DirectoryPlace]:
        below = [p for p in self.places.values() if place_id in self._above(p.id)]
        own = [self.places[place_id]] if itself and place_id in self.places else []
        return sorted(own + below, key=lambda p: p.code)

    async def grants_of(self, account_id: UUID) -> list[DirectoryGrant]:
        return [g for g in self.grants if g.account_id == account_id]

    async def may(
        self,
        actor: Actor,
        right: str,
        place_id: UUID,
        scope_id: UUID | None = None,
        on: date | None = None,
    ) -> bool:
        if actor.system is not None:
            return right in self.system_rights.get(actor.system, set())
        account = self.accounts.get(actor.account_id) if actor.account_id else None
        if account is not None and not account.active:
            return False
        day = on or vietnam_day(self.clock())
        return any(
            g.account_id == actor.account_id
            and g.right == right
            and g.in_force(day)
            and (g.scope_id is None or g.scope_id == scope_id)
            and self._covers(g, place_id)
            for g in self.grants
        )

    async def require(
        self,
        actor: Actor,
        right: str | Iterable[str],
        place_id: UUID,
        scope_id: UUID | None = None,
        *,
        weight: Weight = "entry",
    ) -> Permission:
        rights = rights_of(right)
        if not any([await self.may(actor, one, place_id, scope_id) for one in rights]):
            raise not_permitted(rights, self.places.get(place_id))
        if self.fresh:
            return Permission()
        if weight == "decision":
            raise rights_unconfirmed(15)
        return Permission({"rights_copy": "unconfirmed"})

    async def holders(
        self, right: str, place_id: UUID, scope_id: UUID | None = None
    ) -> list[DirectoryAccount]:
        return [
            account
            for account in self.accounts.values()
            if await self.may(Actor.account(account.id), right, place_id, scope_id)
        ]

    async def places_where(self, actor: Actor, right: str | Iterable[str]) -> set[UUID]:
        rights = rights_of(right)
        return {
            place_id
            for place_id in self.places
            if any([await self.may(actor, one, place_id) for one in rights])
        }

    def _covers(self, grant: DirectoryGrant, place_id: UUID) -> bool:
        if grant.place_id is None or grant.place_id == place_id:
            return True
        return grant.with_lower and grant.place_id in self._above(place_id)

    def _above(self, place_id: UUID) -> set[UUID]:
        above: set[UUID] = set()
        place = self.places.get(place_id)
        while place is not None and place.parent_id is not None and place.parent_id not in above:
            above.add(place.parent_id)
            place = self.places.get(place.parent_id)
        return above
