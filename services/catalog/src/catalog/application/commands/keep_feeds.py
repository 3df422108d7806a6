"""Addresses of a unit's deadline feed: made by whoever works for the unit, shown once, revoked at any time."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import UNIT_RIGHTS, Whereabouts
from catalog.domain.errors import FeedNotFound
from catalog.domain.feed import CalendarFeed, hash_of


@dataclass(frozen=True, slots=True)
class FeedKeeper:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock
    make_id: Callable[[], UUID]

    async def make(self, actor: Actor, unit_id: UUID) -> tuple[CalendarFeed, str]:
        """The feed and its secret, which is told this once and not kept."""
        someone = await self.whereabouts.of(actor)
        marks = await self.whereabouts.require(someone, UNIT_RIGHTS, unit_id)
        assert actor.account_id is not None
        secret = secrets.token_urlsafe(32)
        feed = CalendarFeed(
            self.make_id(), someone.province_id, unit_id, hash_of(secret), actor.account_id, self.clock()
        )
        async with self.open_unit_of_work() as uow:
            await uow.feeds.add(feed)
            uow.audit.record(
                aggregate_kind="calendar_feed",
                aggregate_id=feed.id,
                act="make",
                actor=actor,
                after={"unit_id": str(unit_id)},
                province_id=feed.province_id,
                marks=marks,
            )
            await uow.commit()
        return feed, secret

    async def of_unit(self, actor: Actor, unit_id: UUID) -> list[CalendarFeed]:
        someone = await self.whereabouts.of(actor)
        await self.whereabouts.require(someone, UNIT_RIGHTS, unit_id)
        async with self.open_unit_of_work() as uow:
            return await uow.feeds.of_unit(someone.province_id, unit_id)

    async def revoke(self, actor: Actor, feed_id: UUID) -> None:
        """By anyone who could make one for the unit: a lost address is closed by whoever notices."""
        someone = await self.whereabouts.of(actor)
        async with self.open_unit_of_work() as uow:
            feed = await uow.feeds.get(someone.province_id, feed_id)
            if feed is None:
                raise FeedNotFound
            marks = await self.whereabouts.require(someone, UNIT_RIGHTS, feed.unit_id)
            await uow.feeds.save(feed.revoked(self.clock()))
            uow.audit.record(
                aggregate_kind="calendar_feed",
                aggregate_id=feed.id,
                act="revoke",
                actor=actor,
                province_id=feed.province_id,
                marks=marks,
            )
            await uow.commit()
