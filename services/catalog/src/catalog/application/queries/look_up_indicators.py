"""Shared catalogues, indicators and sets, each within what the caller may see; out as a table and as SDMX."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kit.actor import Actor

from catalog.application.catalogue_ports import Structures, WriteStructures, WriteTable
from catalog.application.entries import EntryKeeper
from catalog.application.indicator_table import COLUMNS, row_of
from catalog.application.ports import OpenUnitOfWork
from catalog.application.reading_ports import Found, IndicatorFilter, IndicatorReading, Sight
from catalog.application.whereabouts import Whereabouts
from catalog.domain.catalogue_errors import IndicatorNotFound
from catalog.domain.indicator import Indicator, IndicatorVersion
from catalog.domain.indicator_set import IndicatorSet
from catalog.domain.shared import EntryKind, SharedEntry

PAIRS = 100


@dataclass(frozen=True, slots=True)
class IndicatorSeen:
    """An indicator with the versions that the person may see, and what stands around it."""

    indicator: Indicator
    versions: tuple[IndicatorVersion, ...]
    """Newest first."""
    alike: list[dict[str, Any]]
    forms: list[dict[str, Any]]
    entries: Mapping[UUID, SharedEntry]
    named: Mapping[UUID, dict[str, Any]] = field(default_factory=dict)
    """Summaries of the indicators it names: weights, numerators, the one it was merged into."""


@dataclass(frozen=True, slots=True)
class LookUpIndicators:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    reading: IndicatorReading
    keeper: EntryKeeper
    write_xlsx: WriteTable
    write_csv: WriteTable
    write_structures: WriteStructures

    async def entries(
        self, actor: Actor, kind: EntryKind, *, q: str, retired: bool | None, cursor: str | None, limit: int
    ) -> Found:
        sight = await self._sight(actor)
        await self.keeper.begun(sight.province_id)
        return await self.reading.entries(sight, kind=kind, q=q, retired=retired, cursor=cursor, limit=limit)

    async def entry(
        self, actor: Actor, entry_id: UUID
    ) -> tuple[SharedEntry, list[str], list[Mapping[str, Any]]]:
        """The entry, the codes of indicators that use it, and every state it was in, newest first."""
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            entry = await uow.entries.get(sight.province_id, entry_id)
            return entry, await uow.entries.used_by(entry.id), await uow.entries.versions(entry.id)

    async def indicators(
        self, actor: Actor, wanted: IndicatorFilter, *, cursor: str | None, limit: int
    ) -> Found:
        return await self.reading.indicators(await self._sight(actor), wanted, cursor=cursor, limit=limit)

    async def indicator(self, actor: Actor, indicator_id: UUID) -> IndicatorSeen:
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            indicator = await uow.indicators.get(sight.province_id, indicator_id)
            entries = {entry.id: entry for entry in await uow.entries.all_of(sight.province_id)}
        mine = indicator.owner_unit_id in sight.draft_units
        seen = tuple(one for one in reversed(indicator.versions) if one.published or mine)
        if not seen:
            raise IndicatorNotFound
        named = {id for one in seen for id in one.terms.over_units.companions}
        if indicator.merged_into_id is not None:
            named.add(indicator.merged_into_id)
        return IndicatorSeen(
            indicator,
            seen,
            await self.reading.alike(sight, seen[0].terms.name, besides=indicator.id),
            await self.reading.forms_with(sight, indicator.id),
            entries,
            await self.reading.summaries(sight, list(named)),
        )

    async def alike(self, actor: Actor, name: str) -> list[dict[str, Any]]:
        """Before an indicator is registered: those that may be the same one."""
        return await self.reading.alike(await self._sight(actor), name, limit=10)

    async def pairs_alike(self, actor: Actor) -> list[tuple[dict[str, Any], dict[str, Any], float]]:
        sight = await self._sight(actor)
        pairs = await self.reading.pairs_alike(sight, limit=PAIRS)
        known = await self.reading.summaries(sight, [id for one, other, _ in pairs for id in (one, other)])
        return [(known[one], known[other], likeness) for one, other, likeness in pairs]

    async def table(self, actor: Actor, *, as_xlsx: bool) -> bytes:
        """Published indicators, and drafts that the person may see; those merged away are left out."""
        sight = await self._sight(actor)
        units = {
            place.id: place.code
            for place in await self.whereabouts.directory.lower_places(sight.province_id, itself=True)
        }
        async with self.open_unit_of_work() as uow:
            indicators = await uow.indicators.all_of(sight.province_id)
            entries = {entry.id: entry for entry in await uow.entries.all_of(sight.province_id)}
        codes = {one.id: one.code for one in indicators}
        rows = [
            row_of(one, shown, entries, codes, units)
            for one in indicators
            if one.merged_into_id is None
            and (shown := one.shown(with_draft=one.owner_unit_id in sight.draft_units)) is not None
        ]
        return await asyncio.to_thread(self.write_xlsx if as_xlsx else self.write_csv, COLUMNS, rows)

    async def structures(self, actor: Actor, set_id: UUID | None = None) -> bytes:
        """Of the whole catalogue, or of the indicators of one set, which then stands beside as a hierarchy."""
        sight = await self._sight(actor)
        await self.keeper.begun(sight.province_id)
        province = await self.whereabouts.directory.place(sight.province_id)
        async with self.open_unit_of_work() as uow:
            chosen = None if set_id is None else await uow.indicator_sets.get(sight.province_id, set_id)
            wanted = None if chosen is None else frozenset(chosen.terms.indicator_ids)
            indicators = [
                one
                for one in await uow.indicators.all_of(sight.province_id)
                if one.usable and (wanted is None or one.id in wanted)
            ]
            entries = await uow.entries.all_of(sight.province_id)
        told = Structures(province.code, province.name, indicators, entries, chosen)
        return await asyncio.to_thread(self.write_structures, told)

    async def sets(self, actor: Actor, *, q: str, cursor: str | None, limit: int) -> Found:
        return await self.reading.sets(await self._sight(actor), q=q, cursor=cursor, limit=limit)

    async def set(self, actor: Actor, set_id: UUID) -> tuple[IndicatorSet, dict[UUID, dict[str, Any]]]:
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            found = await uow.indicator_sets.get(sight.province_id, set_id)
        return found, await self.reading.summaries(sight, found.terms.indicator_ids)

    async def _sight(self, actor: Actor) -> Sight:
        return await self.whereabouts.sight(await self.whereabouts.of(actor))
