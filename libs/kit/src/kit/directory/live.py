"""The directory of a running service: its copy, confirmed by heartbeat, by call, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from reporting.identity.v1 import events_pb2 as events
from reporting.identity.v1 import identity_pb2 as pb
from reporting.identity.v1.identity_pb2_grpc import IdentityServiceStub
from sqlalchemy import select

from kit.actor import Actor
from kit.bus.delivery import Delivery
from kit.clock import Clock, utc_now, vietnam_day
from kit.copies.copy import Copy, Watermark
from kit.copies.items import CopyItem
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.db.unit_of_work import SqlUnitOfWork
from kit.directory import queries
from kit.directory.freshness import Freshness
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
from kit.directory.store import (
    NAME,
    DirectoryStore,
    account_item,
    grant_item,
    raise_watermark,
    unit_item,
)
from kit.errors import DomainError, NotFound

GRACE_MINUTES = 15
_SUBJECTS = [
    "reporting.identity.unit.changed.v1",
    "reporting.identity.account.changed.v1",
    "reporting.identity.right.granted.v1",
    "reporting.identity.right.revoked.v1",
]


class LiveDirectory:
    def __init__(
        self,
        database: Database,
        channel: Any,
        *,
        system_rights: Mapping[str, Iterable[str]] | None = None,
        grace_minutes: int = GRACE_MINUTES,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._stub = IdentityServiceStub(channel)
        self.system_rights = {k: frozenset(v) for k, v in (system_rights or {}).items()}
        self._grace_minutes = grace_minutes
        self._clock = clock
        self._store = DirectoryStore()
        self.copy = Copy(
            NAME,
            peer="identity",
            subjects=_SUBJECTS,
            snapshot=self._snapshot,
            read=_read,
            store=self._store,
            after=_after,
        )
        self.freshness = Freshness(database, self.refill)

    async def refill(self) -> int:
        return await self.copy.refill(lambda: SqlUnitOfWork(self._database))

    async def account(self, account_id: UUID) -> DirectoryAccount:
        row = await self._account_row(account_id)
        if row is None and not self.freshness.fresh:
            # A copy that is behind may not have heard of somebody new.
            await self._confirm(account_id, "entry")
            row = await self._account_row(account_id)
        if row is None or row.deleted:
            raise NotFound("kit.directory.account_unknown", "Không có tài khoản này.")
        return queries.account_of(row.data, active=row.active)

    async def _account_row(self, account_id: UUID) -> Any:
        table = KIT.directory_account
        async with self._database.reading() as session:
            return (await session.execute(select(table).where(table.c.id == account_id))).one_or_none()

    async def place(self, place_id: UUID) -> DirectoryPlace:
        table = KIT.directory_place
        async with self._database.reading() as session:
            row = (await session.execute(select(table).where(table.c.id == place_id))).one_or_none()
        if row is None:
            raise NotFound("kit.directory.place_unknown", "Không có cơ quan, đơn vị này.")
        return queries.place_of(row._mapping)

    async def province_of(self, place_id: UUID) -> UUID:
        return (await self.place(place_id)).province_id

    async def profile_of(self, province_id: UUID) -> str:
        """The key of the profile its rules come from."""
        return (await self.place(province_id)).profile

    async def lower_places(self, place_id: UUID, *, itself: bool = False) -> list[DirectoryPlace]:
        async with self._database.reading() as session:
            found = await queries.places_below(session, place_id)
        return [place for place in found if itself or place.id != place_id]

    async def grants_of(self, account_id: UUID) -> list[DirectoryGrant]:
        table = KIT.directory_grant
        async with self._database.reading() as session:
            found = await session.execute(
                select(table).where(table.c.account_id == account_id, table.c.deleted.is_(False))
            )
            return [queries.grant_of(row._mapping) for row in found]

    async def holders(
        self, right: str, place_id: UUID, scope_id: UUID | None = None
    ) -> list[DirectoryAccount]:
        async with self._database.reading() as session:
            return await queries.holders(session, right, place_id, scope_id, self._today())

    async def places_where(self, actor: Actor, right: str | Iterable[str]) -> set[UUID]:
        if actor.account_id is None:
            return set()
        async with self._database.reading() as session:
            return await queries.places_where(session, actor.account_id, rights_of(right), self._today())

    async def may(
        self,
        actor: Actor,
        right: str,
        place_id: UUID,
        scope_id: UUID | None = None,
        on: date | None = None,
    ) -> bool:
        return await self._may(actor, (right,), place_id, scope_id, on or self._today())

    async def require(
        self,
        actor: Actor,
        right: str | Iterable[str],
        place_id: UUID,
        scope_id: UUID | None = None,
        *,
        weight: Weight = "entry",
    ) -> Permission:
        """Confirms a stale copy by a call; without an answer only entry-weight acts go on, marked."""
        rights = rights_of(right)
        marks: dict[str, Any] = {}
        if not self.freshness.fresh and actor.account_id is not None:
            marks = await self._confirm(actor.account_id, weight)
        if not await self._may(actor, rights, place_id, scope_id, self._today()):
            raise not_permitted(rights, await self._named(place_id))
        return Permission(marks)

    async def home_of(self, account_id: UUID) -> UUID | None:
        """The account's province as the copy knows it; none for an account it doesn't know."""
        row = await self._account_row(account_id)
        return None if row is None else queries.account_of(row.data, active=row.active).province_id

    async def is_locked(self, account_id: UUID) -> bool:
        """Known and no longer active. An account the copy does not know yet has no rights anyway."""
        table = KIT.directory_account
        async with self._database.sessions() as session:
            row = (
                await session.execute(select(table.c.active, table.c.deleted).where(table.c.id == account_id))
            ).one_or_none()
        return row is not None and (row.deleted or not row.active)

    async def _may(
        self, actor: Actor, rights: tuple[str, ...], place_id: UUID, scope: UUID | None, on: date
    ) -> bool:
        if actor.system is not None:
            return not self.system_rights.get(actor.system, frozenset()).isdisjoint(rights)
        assert actor.account_id is not None
        async with self._database.reading() as session:
            return await queries.may(session, actor.account_id, rights, place_id, scope, on)

    async def _confirm(self, account_id: UUID, weight: Weight) -> dict[str, Any]:
        try:
            told: pb.GetRightsResponse = await self._stub.GetRights(
                pb.GetRightsRequest(account_id=str(account_id)), timeout=2
            )
        except DomainError as error:
            if error.grpc_status != "UNAVAILABLE":
                raise
            age = self.freshness.age
            if weight == "decision" or age > self._grace_minutes * 60:
                raise rights_unconfirmed(self._grace_minutes) from error
            return {"rights_copy": "unconfirmed", "seconds": int(age)}
        await self._take_rights(account_id, told)
        return {}

    async def _take_rights(self, account_id: UUID, told: pb.GetRightsResponse) -> None:
        """What identity says now of this account replaces what the copy held of it.

        Kept at once: a command asks in the midst of its own transaction, and others ask about the same account.
        """
        async with SqlUnitOfWork(self._database, alone=True) as uow:
            await self.copy.hold(uow.session, shared=True)
            items = [grant_item(grant) for grant in told.grants]
            if told.HasField("account"):
                items.append(account_item(told.account))
            await self._store.put(uow.session, items, force=False)
            await self._store.bury_grants(uow.session, account_id, {UUID(grant.id) for grant in told.grants})
            await uow.commit()

    async def _named(self, place_id: UUID) -> DirectoryPlace | None:
        try:
            return await self.place(place_id)
        except NotFound:
            return None

    async def _snapshot(self) -> AsyncIterator[CopyItem | Watermark]:
        async for answer in self._stub.StreamSnapshot(pb.StreamSnapshotRequest(), timeout=120):
            match answer.WhichOneof("item"):
                case "unit":
                    yield unit_item(answer.unit)
                case "account":
                    yield account_item(answer.account)
                case "grant":
                    yield grant_item(answer.grant)
                case "watermark":
                    yield Watermark(answer.watermark.epoch, answer.watermark.rights_version)

    def _today(self) -> date:
        return vietnam_day(self._clock())


def _read(delivery: Delivery) -> CopyItem:
    match delivery.subject.split(".")[2]:
        case "unit":
            return unit_item(delivery.parse(events.UnitChanged).unit)
        case "account":
            return account_item(delivery.parse(events.AccountChanged).account)
        case _ if ".granted." in delivery.subject:
            return grant_item(delivery.parse(events.RightGranted).grant)
        case _:
            return grant_item(delivery.parse(events.RightRevoked).grant)


async def _after(delivery: Delivery, uow: Any) -> None:
    await raise_watermark(uow.session, int(delivery.payload.get("rightsVersion", 0)))
