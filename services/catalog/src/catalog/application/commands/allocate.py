"""The lead agency says which unit answers for which row of a form, and sees gaps and double allocation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.catalogue_ports import FormAllocation
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import REGIME_RIGHTS, Whereabouts
from catalog.domain.allocation import AllocatedRow, allocated, refuse_wrong
from catalog.domain.errors import FormVersionNotFound, RegimeNotFound, VersionStale
from catalog.domain.form import FormVersion
from catalog.domain.regime import RegimeState, ReportingRegime


@dataclass(frozen=True, slots=True)
class AllocateRows:
    regime_id: UUID
    form_version_id: UUID
    expected_version: int
    units_by_row: Mapping[str, tuple[UUID, ...]]
    """The whole form: a row left out is nobody's own, so that every unit may fill it."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class AllocatedForm:
    form_version: FormVersion
    rows: tuple[AllocatedRow, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Allocating:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock

    async def allocate(self, command: AllocateRows) -> AllocatedForm:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(someone.province_id, command.regime_id, for_update=True)
            marks = await self.whereabouts.require(someone, REGIME_RIGHTS, regime.owner_unit_id)
            if command.form_version_id not in regime.terms.form_version_ids:
                raise FormVersionNotFound
            form = await uow.forms.get_version(someone.province_id, command.form_version_id)
            before = (await uow.allocations.of_regime(regime.id)).get(form.id, FormAllocation({}))
            if before.version != command.expected_version:
                raise VersionStale(command.expected_version, before.version)
            refuse_wrong(form.model, command.units_by_row, regime.units)
            made = FormAllocation(
                {row: units for row, units in command.units_by_row.items() if units}, before.version + 1
            )
            await uow.allocations.put(regime.id, form.id, made, self.clock())
            regime.allocate(form.id, made.units_by_row)
            await uow.regimes.save(regime)
            uow.outbox.add(*regime.pull_events())
            uow.audit.record(
                aggregate_kind="allocation",
                aggregate_id=f"{regime.id}/{form.id}",
                act="allocate",
                actor=command.actor,
                before=_said(before),
                after=_said(made),
                province_id=regime.province_id,
                marks=marks,
            )
            await uow.commit()
        return AllocatedForm(form, allocated(form.model, made.units_by_row), made.version)

    async def of_regime(self, actor: Actor, regime_id: UUID) -> list[AllocatedForm]:
        """For everybody who sees the regime: a unit finds its own rows here."""
        someone = await self.whereabouts.of(actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(someone.province_id, regime_id)
            if regime.state is RegimeState.DRAFT:
                sight = await self.whereabouts.sight(someone)
                if regime.owner_unit_id not in sight.draft_units:
                    raise RegimeNotFound
            return await _forms(uow, regime)


async def _forms(uow: UnitOfWork, regime: ReportingRegime) -> list[AllocatedForm]:
    made = await uow.allocations.of_regime(regime.id)
    found: list[AllocatedForm] = []
    for id in regime.terms.form_version_ids:
        form = await uow.forms.get_version(regime.province_id, id)
        kept = made.get(id, FormAllocation({}))
        found.append(AllocatedForm(form, allocated(form.model, kept.units_by_row), kept.version))
    return found


def _said(made: FormAllocation) -> dict[str, list[str]]:
    return {row: [str(unit) for unit in units] for row, units in made.units_by_row.items()}
