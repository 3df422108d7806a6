"""A copy is filled by a snapshot, kept by events, and filled again when its owner begins a new epoch."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from kit.bus import Delivery
from kit.copies import Copy, CopyItem, Watermark
from kit.db import Database, SqlUnitOfWork
from kit.ids import new_id

from tests.kit.building import a_struct


class Owner:
    def __init__(self) -> None:
        self.epoch = 1
        self.items = {"a": (1, "first"), "b": (1, "first")}
        self.asked = 0
        self.breaks_off = False

    async def snapshot(self) -> AsyncIterator[CopyItem | Watermark]:
        self.asked += 1
        for key, (version, name) in self.items.items():
            yield CopyItem(key, version, a_struct(name=name))
        if not self.breaks_off:
            yield Watermark(self.epoch)


def _read(delivery: Delivery) -> CopyItem:
    told = delivery.parse(Struct)
    return CopyItem(str(told["key"]), int(told["version"]), a_struct(name=told["name"]))


class Following:
    def __init__(self, database: Database) -> None:
        self.database, self.owner, self.applied = database, Owner(), list[str]()
        self.copy = Copy(
            "things",
            peer="owner",
            subjects=["reporting.owner.thing.changed.v1"],
            snapshot=self.owner.snapshot,
            read=_read,
            apply=self._apply,
        )

    async def _apply(self, item: CopyItem, uow: Any) -> None:
        self.applied.append(f"{item.key}{item.version}")

    def open(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.database)

    async def hear(self, key: str, version: int, name: str, epoch: int = 1) -> None:
        delivery = Delivery(
            event_id=new_id(),
            subject="reporting.owner.thing.changed.v1",
            aggregate_id=new_id(),
            version=version,
            epoch=epoch,
            province_id=None,
            at=datetime.now(UTC),
            payload={"key": key, "version": version, "name": name},
        )
        async with self.open() as uow:
            await self.copy.consumer("kit", self.open).handler(delivery, uow)
            await uow.commit()

    async def names(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        async with self.database.reading() as session:
            for key in "abc":
                message = await self.copy.message(session, key, Struct)
                found[key] = str(message["name"]) if message is not None else None
        return found


@pytest.fixture
async def following(database: Database) -> Following:
    following = Following(database)
    await following.copy.fill_if_empty(following.open)
    return following


async def test_only_a_newer_version_is_applied(following: Following) -> None:
    await following.hear("a", 3, "third")
    await following.hear("a", 2, "second")
    await following.hear("c", 1, "new")

    assert await following.names() == {"a": "third", "b": "first", "c": "new"}
    assert following.applied == ["a1", "b1", "a3", "c1"]


async def test_a_filled_copy_is_not_filled_again(following: Following) -> None:
    await following.copy.fill_if_empty(following.open)

    assert following.owner.asked == 1


async def test_what_a_snapshot_no_longer_holds_is_gone(following: Following) -> None:
    del following.owner.items["b"]

    await following.copy.refill(following.open)

    assert await following.names() == {"a": "first", "b": None, "c": None}


async def test_a_refill_does_not_undo_a_newer_event_of_the_same_epoch(following: Following) -> None:
    await following.hear("a", 5, "fifth")

    await following.copy.refill(following.open)

    assert (await following.names())["a"] == "fifth"


async def test_an_owner_restored_from_a_backup_is_believed(following: Following) -> None:
    await following.hear("a", 5, "lost by the restore")
    following.owner.epoch, following.owner.items = 2, {"a": (2, "restored")}

    await following.hear("a", 3, "after the restore", epoch=2)

    assert await following.names() == {"a": "after the restore", "b": None, "c": None}


async def test_a_snapshot_that_breaks_off_changes_nothing(following: Following) -> None:
    following.owner.items, following.owner.breaks_off = {"a": (9, "half")}, True

    with pytest.raises(ConnectionError):
        await following.copy.refill(following.open)

    assert await following.names() == {"a": "first", "b": "first", "c": None}
