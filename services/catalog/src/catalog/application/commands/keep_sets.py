"""Sets of indicators are put together and changed as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import DESIGN_RIGHTS, Whereabouts
from catalog.domain.catalogue_errors import IndicatorsUnknown
from catalog.domain.indicator_set import IndicatorSet, SetTerms


@dataclass(frozen=True, slots=True)
class RegisterSet:
    code: str
    owner_unit_id: UUID | None
    terms: SetTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeSet:
    set_id: UUID
    expected_version: int
    terms: SetTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class KeepSetsHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock
    make_id: Callable[[], UUID]

    async def register(self, command: RegisterSet) -> IndicatorSet:
        someone = await self.whereabouts.of(command.actor)
        owner = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, owner)
        made = IndicatorSet.register(
            self.make_id(),
            province_id=someone.province_id,
            owner_unit_id=owner,
            code=command.code,
            terms=command.terms,
            at=self.clock(),
        )
        async with self.open_unit_of_work() as uow:
            await _refuse_unknown(uow, someone.province_id, command.terms)
            await uow.indicator_sets.add(made)
            _recorded(uow, made, "register", command.actor, marks)
            await uow.commit()
        return made

    async def change(self, command: ChangeSet) -> IndicatorSet:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            found = await uow.indicator_sets.get(someone.province_id, command.set_id, for_update=True)
            marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, found.owner_unit_id)
            found.expect(command.expected_version)
            await _refuse_unknown(uow, someone.province_id, command.terms, found.terms)
            found.change(command.terms, self.clock())
            await uow.indicator_sets.save(found)
            _recorded(uow, found, "change", command.actor, marks)
            await uow.commit()
        return found


async def _refuse_unknown(
    uow: UnitOfWork, province_id: UUID, terms: SetTerms, before: SetTerms | None = None
) -> None:
    """One merged away since may stay where it stood."""
    known = await uow.indicators.among(province_id, terms.indicator_ids)
    stayed = frozenset(before.indicator_ids if before else ())
    unknown = [
        str(id) for id in terms.indicator_ids if id not in known or not (known[id].usable or id in stayed)
    ]
    if unknown:
        raise IndicatorsUnknown("groups", unknown)


def _recorded(uow: UnitOfWork, found: IndicatorSet, act: str, actor: Actor, marks: dict[str, object]) -> None:
    uow.audit.record(
        aggregate_kind="indicator_set",
        aggregate_id=found.id,
        act=act,
        actor=actor,
        after={
            "code": found.code,
            "name": found.terms.name,
            "groups": {group.name: len(group.items) for group in found.terms.groups},
        },
        province_id=found.province_id,
        marks=marks,
    )
