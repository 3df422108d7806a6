"""Rights come from the service's own copy; how they are confirmed decides what may go on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from kit.actor import Actor
from kit.bus import Delivery
from kit.db import KIT, Database, SqlUnitOfWork
from kit.db.deferral import Deferral
from kit.directory.live import LiveDirectory
from kit.errors import NotPermitted, Unavailable
from kit.ids import new_id
from reporting.identity.v1 import events_pb2 as events
from reporting.identity.v1 import identity_pb2 as pb
from sqlalchemy import select

PROVINCE, COMMUNE, OFFICE = new_id(), new_id(), new_id()
CLERK, LEADER = new_id(), new_id()


class Identity:
    """Plays identity behind the channel."""

    def __init__(self) -> None:
        self.reachable = True
        self.epoch = 1
        self.rights_version = 10
        self.units = [
            _unit(PROVINCE, None, "T", pb.UNIT_KIND_PROVINCE),
            _unit(COMMUNE, PROVINCE, "X1", pb.UNIT_KIND_COMMUNE),
            _unit(OFFICE, COMMUNE, "X1.1", pb.UNIT_KIND_OFFICE),
        ]
        self.accounts = [
            pb.Account(id=str(i), unit_id=str(COMMUNE), province_id=str(PROVINCE), active=True, version=1)
            for i in (CLERK, LEADER)
        ]
        self.grants = [_grant(CLERK, "entry", COMMUNE, True), _grant(LEADER, "approve", PROVINCE, False)]

    def unary_unary(self, method: str, **_: Any) -> Any:
        async def get_rights(request: pb.GetRightsRequest, **_: Any) -> pb.GetRightsResponse:
            if not self.reachable:
                raise Unavailable("kit.peer.unavailable", "x")
            return pb.GetRightsResponse(
                account=next(a for a in self.accounts if a.id == request.account_id),
                grants=[g for g in self.grants if g.account_id == request.account_id],
                rights_version=self.rights_version,
            )

        return get_rights

    def unary_stream(self, method: str, **_: Any) -> Any:
        async def stream(request: Any, **_: Any) -> AsyncIterator[pb.StreamSnapshotResponse]:
            for unit in self.units:
                yield pb.StreamSnapshotResponse(unit=unit)
            for account in self.accounts:
                yield pb.StreamSnapshotResponse(account=account)
            for grant in self.grants:
                yield pb.StreamSnapshotResponse(grant=grant)
            mark = pb.Watermark(epoch=self.epoch, rights_version=self.rights_version)
            yield pb.StreamSnapshotResponse(watermark=mark)

        return stream

    def beat(self) -> bytes:
        return events.RightsHeartbeat(
            epoch=self.epoch, rights_version=self.rights_version
        ).SerializeToString()


def _unit(unit_id: UUID, parent: UUID | None, code: str, kind: pb.UnitKind) -> pb.Unit:
    return pb.Unit(
        id=str(unit_id),
        parent_id=str(parent or ""),
        province_id=str(PROVINCE),
        code=code,
        name=f"Đơn vị {code}",
        kind=kind,
        version=1,
    )


def _grant(account: UUID, right: str, unit: UUID, lower: bool, **more: Any) -> pb.Grant:
    return pb.Grant(
        id=str(new_id()),
        account_id=str(account),
        right=right,
        unit_id=str(unit),
        with_lower=lower,
        version=1,
        **more,
    )


@pytest.fixture
def identity() -> Identity:
    return Identity()


@pytest.fixture
async def directory(database: Database, identity: Identity) -> LiveDirectory:
    directory = LiveDirectory(database, identity, system_rights={"opener": {"entry"}})
    await directory.refill()
    await directory.freshness.compare(identity.beat())
    return directory


async def _deliver(directory: LiveDirectory, database: Database, kind: str, payload: Message) -> None:
    consumer = directory.copy.consumer("kit", lambda: SqlUnitOfWork(database))
    delivery = Delivery(
        event_id=new_id(),
        subject=f"reporting.identity.{kind}.v1",
        aggregate_id=new_id(),
        version=2,
        epoch=1,
        province_id=PROVINCE,
        at=datetime.now(UTC),
        payload=MessageToDict(payload),
    )
    async with SqlUnitOfWork(database) as uow:
        await consumer.handler(delivery, uow)
        await uow.commit()


async def test_a_grant_covers_its_place_and_lower_ones_if_it_says_so(directory: LiveDirectory) -> None:
    clerk, leader = Actor.account(CLERK), Actor.account(LEADER)

    assert await directory.may(clerk, "entry", COMMUNE)
    assert await directory.may(clerk, "entry", OFFICE)
    assert not await directory.may(clerk, "entry", PROVINCE)
    assert not await directory.may(leader, "approve", COMMUNE)
    assert await directory.may(Actor.system_job("opener"), "entry", COMMUNE)
    assert not await directory.may(Actor.system_job("opener"), "approve", COMMUNE)
    assert await directory.places_where(clerk, "entry") == {COMMUNE, OFFICE}
    assert [a.id for a in await directory.holders("entry", OFFICE)] == [CLERK]
    assert [p.code for p in await directory.lower_places(PROVINCE)] == ["X1", "X1.1"]


async def test_a_grant_ends_with_its_last_day(
    directory: LiveDirectory, identity: Identity, database: Database
) -> None:
    ended = _grant(CLERK, "approve", COMMUNE, False, valid_to_on="2020-01-01")
    scoped = _grant(CLERK, "send", COMMUNE, False, regime_id=str(PROVINCE))
    for grant in (ended, scoped):
        await _deliver(directory, database, "right.granted", events.RightGranted(grant=grant))
    clerk = Actor.account(CLERK)

    assert not await directory.may(clerk, "approve", COMMUNE)
    assert not await directory.may(clerk, "send", COMMUNE)
    assert await directory.may(clerk, "send", COMMUNE, PROVINCE)


async def test_a_revoked_right_is_refused_and_an_older_event_does_not_bring_it_back(
    directory: LiveDirectory, identity: Identity, database: Database
) -> None:
    grant = identity.grants[0]
    revoked = pb.Grant()
    revoked.CopyFrom(grant)
    revoked.revoked, revoked.version = True, 2
    await _deliver(
        directory, database, "right.revoked", events.RightRevoked(grant=revoked, rights_version=11)
    )
    await _deliver(directory, database, "right.granted", events.RightGranted(grant=grant))

    with pytest.raises(NotPermitted, match="entry"):
        await directory.require(Actor.account(CLERK), "entry", COMMUNE)


async def test_a_locked_account_holds_nothing(
    directory: LiveDirectory, identity: Identity, database: Database
) -> None:
    locked = pb.Account()
    locked.CopyFrom(identity.accounts[0])
    locked.active, locked.version = False, 2
    await _deliver(directory, database, "account.changed", events.AccountChanged(account=locked))

    assert await directory.is_locked(CLERK)
    assert not await directory.may(Actor.account(CLERK), "entry", COMMUNE)


async def test_a_copy_behind_the_heartbeat_is_confirmed_by_a_call(
    directory: LiveDirectory, identity: Identity
) -> None:
    identity.grants, identity.rights_version = identity.grants[1:], 11
    directory.freshness._confirmed_at -= 60

    await directory.freshness.compare(identity.beat())

    with pytest.raises(NotPermitted):
        await directory.require(Actor.account(CLERK), "entry", COMMUNE)


async def test_what_a_call_confirms_is_kept_at_once_though_the_command_asks_in_its_own_transaction(
    directory: LiveDirectory, identity: Identity, database: Database
) -> None:
    clerk = Actor.account(CLERK)
    identity.accounts[0].version = identity.grants[0].version = 2
    directory.freshness._confirmed_at -= 60

    with Deferral() as request:
        async with SqlUnitOfWork(database) as command:
            await directory.require(clerk, "entry", COMMUNE)
            await command.commit()
        assert request.session is not None
        await request.session.close()
    async with database.sessions() as other:
        kept = await other.scalar(
            select(KIT.directory_account.c.version).where(KIT.directory_account.c.id == CLERK)
        )

    assert kept == 2


async def test_without_identity_entering_goes_on_marked_and_deciding_is_refused_in_words(
    directory: LiveDirectory, identity: Identity
) -> None:
    identity.reachable = False
    directory.freshness._confirmed_at -= 60

    permission = await directory.require(Actor.account(CLERK), "entry", COMMUNE)
    with pytest.raises(Unavailable, match="Chưa xác nhận được quyền"):
        await directory.require(Actor.account(LEADER), "approve", PROVINCE, weight="decision")

    assert permission.marks["rights_copy"] == "unconfirmed"


async def test_after_fifteen_minutes_entering_is_refused_too(
    directory: LiveDirectory, identity: Identity
) -> None:
    identity.reachable = False
    directory.freshness._confirmed_at -= 16 * 60

    with pytest.raises(Unavailable):
        await directory.require(Actor.account(CLERK), "entry", COMMUNE)


async def test_a_new_epoch_of_identity_replaces_the_whole_copy(
    directory: LiveDirectory, identity: Identity, database: Database
) -> None:
    identity.epoch, identity.rights_version = 2, 3
    identity.grants = [_grant(CLERK, "check", COMMUNE, False)]
    identity.units[1].name, identity.units[1].version = "Tên cũ", 0

    await directory.refill()

    assert not await directory.may(Actor.account(CLERK), "entry", COMMUNE)
    assert await directory.may(Actor.account(CLERK), "check", COMMUNE)
    assert (await directory.place(COMMUNE)).name == "Tên cũ"
