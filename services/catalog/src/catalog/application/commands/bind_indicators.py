"""The designer says which indicator a row, column or cell of a draft form gives the figure of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.binding import Binding
from forms.indicators import BoundIndicator
from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from catalog.application.changing_version import changing_version
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.references import bound
from catalog.application.whereabouts import Whereabouts
from catalog.domain.form import FormVersion


@dataclass(frozen=True, slots=True)
class BindIndicators:
    form_version_id: UUID
    expected_version: int
    bindings: Sequence[Binding]
    actor: Actor


@dataclass(frozen=True, slots=True)
class BindIndicatorsHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock

    async def __call__(self, command: BindIndicators) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        changing = changing_version(
            self.open_unit_of_work, self.whereabouts, someone, command, "bind_indicators"
        )
        async with changing as change:
            named = {one.indicator_id for one in command.bindings if one.indicator_id is not None}
            known = await meanings(change.uow, someone.province_id, named, self.clock)
            change.version.bind(command.bindings, known)
            change.after = {"bindings": [one.model_dump(mode="json") for one in command.bindings]}
        return change.version


async def meanings(
    uow: UnitOfWork, province_id: UUID, ids: Collection[str], clock: Clock
) -> dict[str, BoundIndicator]:
    """What each usable indicator means today, by id; one whose first version is valid later: what it will mean."""
    if not ids:
        return {}
    entries = {entry.id: entry for entry in await uow.entries.all_of(province_id)}
    found = await uow.indicators.among(province_id, [UUID(id) for id in ids])
    told: dict[str, BoundIndicator] = {}
    for indicator in found.values():
        version = indicator.in_force_on(vietnam_day(clock())) or indicator.published
        if indicator.usable and version is not None:
            told[str(indicator.id)] = bound(indicator, version, entries)
    return told
