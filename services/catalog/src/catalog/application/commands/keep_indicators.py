"""Indicators are registered, changed by draft versions, published from a day on, merged into one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory.records import Weight

from catalog.application.entries import EntryKeeper
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.references import entries_of, refuse_unknown_companions, refuse_unknown_entries
from catalog.application.whereabouts import DESIGN_RIGHTS, Someone, Whereabouts
from catalog.domain.catalogue_errors import IndicatorsUnknown
from catalog.domain.indicator import Indicator, IndicatorTerms


@dataclass(frozen=True, slots=True)
class RegisterIndicator:
    code: str
    owner_unit_id: UUID | None
    terms: IndicatorTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeIndicator:
    indicator_id: UUID
    expected_version: int
    terms: IndicatorTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class PublishIndicator:
    indicator_id: UUID
    expected_version: int
    valid_from: date | None
    """None: from today."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class MergeIndicator:
    indicator_id: UUID
    expected_version: int
    into_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class IndicatorKeeper:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    entries: EntryKeeper
    clock: Clock
    make_id: Callable[[], UUID]

    async def register(self, command: RegisterIndicator) -> Indicator:
        someone = await self.whereabouts.of(command.actor)
        owner = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, owner)
        await self.entries.begun(someone.province_id)
        indicator = Indicator.register(
            self.make_id(),
            self.make_id(),
            province_id=someone.province_id,
            owner_unit_id=owner,
            code=command.code,
            terms=command.terms,
            at=self.clock(),
        )
        async with self.open_unit_of_work() as uow:
            await refuse_unknown_entries(uow, someone.province_id, command.terms)
            await refuse_unknown_companions(uow, someone.province_id, command.terms)
            await uow.indicators.add(indicator)
            recorded(uow, indicator, "register", command.actor, marks)
            await uow.commit()
        return indicator

    async def change(self, command: ChangeIndicator) -> Indicator:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            indicator, marks = await self._load(uow, someone, command.indicator_id, command.expected_version)
            before = entries_of(indicator.latest.terms)
            await refuse_unknown_entries(uow, someone.province_id, command.terms, before)
            await refuse_unknown_companions(uow, someone.province_id, command.terms)
            indicator.change(command.terms, version_id=self.make_id(), at=self.clock())
            await uow.indicators.save(indicator)
            recorded(uow, indicator, "change", command.actor, marks)
            await uow.commit()
        return indicator

    async def publish(self, command: PublishIndicator) -> Indicator:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            indicator, marks = await self._load(
                uow, someone, command.indicator_id, command.expected_version, weight="decision"
            )
            indicator.publish(command.valid_from or vietnam_day(self.clock()), self.clock())
            await uow.indicators.save(indicator)
            uow.outbox.add(*indicator.pull_events())
            recorded(uow, indicator, "publish", command.actor, marks)
            await uow.commit()
        return indicator

    async def merge(self, command: MergeIndicator) -> Indicator:
        """Who may say that two are one holds the right over both."""
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            indicator, marks = await self._load(
                uow, someone, command.indicator_id, command.expected_version, weight="decision"
            )
            kept = (await uow.indicators.among(someone.province_id, [command.into_id])).get(command.into_id)
            if kept is None:
                raise IndicatorsUnknown("into", [str(command.into_id)])
            await self.whereabouts.require(someone, DESIGN_RIGHTS, kept.owner_unit_id, weight="decision")
            indicator.merge_into(kept)
            await uow.indicators.save(indicator)
            uow.outbox.add(*indicator.pull_events())
            recorded(uow, indicator, "merge", command.actor, marks)
            await uow.commit()
        return indicator

    async def _load(
        self,
        uow: UnitOfWork,
        someone: Someone,
        indicator_id: UUID,
        expected_version: int,
        *,
        weight: Weight = "entry",
    ) -> tuple[Indicator, dict[str, object]]:
        indicator = await uow.indicators.get(someone.province_id, indicator_id, for_update=True)
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, indicator.owner_unit_id, weight=weight)
        indicator.expect(expected_version)
        return indicator, marks


def recorded(uow: UnitOfWork, indicator: Indicator, act: str, actor: Actor, marks: dict[str, object]) -> None:
    latest = indicator.latest
    after: dict[str, Any] = {
        "code": indicator.code,
        "name": latest.terms.name,
        "number": latest.number,
        "valid_from": latest.valid_from and latest.valid_from.isoformat(),
        "rule": latest.terms.over_units.rule,
        "merged_into_id": indicator.merged_into_id and str(indicator.merged_into_id),
    }
    uow.audit.record(
        aggregate_kind="indicator",
        aggregate_id=indicator.id,
        act=act,
        actor=actor,
        after=after,
        province_id=indicator.province_id,
        marks=marks,
    )
