"""The province's administrator lets another system hear what happens to reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory
from kit.ids import new_id

from notify.application.commands.keep_inbox import person
from notify.application.ports import OpenUnitOfWork
from notify.domain.errors import SubscriberNameTaken, SubscriberUnknown
from notify.domain.subscriber import Subscriber, checked_events, checked_name


@dataclass(frozen=True, slots=True)
class KeepSubscribers:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    clock: Clock

    async def add(self, actor: Actor, name: str, events: list[str]) -> Subscriber:
        province_id = await self._province(actor)
        permission = await self._require(actor, province_id)
        subscriber = Subscriber(
            new_id(), province_id, checked_name(name), checked_events(events), self.clock()
        )
        async with self.open_unit_of_work() as uow:
            if await uow.subscribers.name_taken(name):
                raise SubscriberNameTaken(name)
            await uow.subscribers.add(subscriber)
            uow.audit.record(
                aggregate_kind="subscriber",
                aggregate_id=subscriber.id,
                act="added",
                actor=actor,
                after={"name": name, "events": sorted(one.value for one in subscriber.events)},
                province_id=province_id,
                marks=permission,
            )
            await uow.commit()
        return subscriber

    async def remove(self, actor: Actor, subscriber_id: UUID) -> None:
        province_id = await self._province(actor)
        permission = await self._require(actor, province_id)
        async with self.open_unit_of_work() as uow:
            subscriber = await uow.subscribers.get(subscriber_id)
            if subscriber.province_id != province_id:
                raise SubscriberUnknown(subscriber_id)
            await uow.subscribers.remove(subscriber_id, self.clock())
            uow.audit.record(
                aggregate_kind="subscriber",
                aggregate_id=subscriber.id,
                act="removed",
                actor=actor,
                before={"name": subscriber.name},
                province_id=province_id,
                marks=permission,
            )
            await uow.commit()

    async def of_province(self, actor: Actor) -> list[Subscriber]:
        province_id = await self._province(actor)
        await self._require(actor, province_id)
        async with self.open_unit_of_work() as uow:
            return await uow.subscribers.of_province(province_id)

    async def _province(self, actor: Actor) -> UUID:
        return (await self.directory.account(person(actor))).province_id

    async def _require(self, actor: Actor, province_id: UUID) -> Any:
        permission = await self.directory.require(actor, "province_admin", province_id, weight="decision")
        return permission.marks or None
