"""A published regime takes a newer published version of a form it uses: a version itself never changes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.catalogue_ports import FormAllocation
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import REGIME_RIGHTS, Whereabouts
from catalog.domain.allocation import CarriedAllocation, carried
from catalog.domain.events import RegimeFormTaken
from catalog.domain.form import FormVersion, FormVersionState
from catalog.domain.regime import RegimeState, ReportingRegime
from catalog.domain.regime_errors import FormNotUsed, TakesNoVersion, VersionNotNewer, VersionNotYetPublished


@dataclass(frozen=True, slots=True)
class TakeVersion:
    regime_id: UUID
    expected_version: int
    form_version_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class VersionTaken:
    regime: ReportingRegime
    before: FormVersion
    after: FormVersion
    allocation: CarriedAllocation


@dataclass(frozen=True, slots=True)
class TakeVersionHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock

    async def __call__(self, command: TakeVersion) -> VersionTaken:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(someone.province_id, command.regime_id, for_update=True)
            marks = await self.whereabouts.require(
                someone, REGIME_RIGHTS, regime.owner_unit_id, weight="decision"
            )
            regime.expect(command.expected_version)
            if regime.state is not RegimeState.PUBLISHED:
                raise TakesNoVersion(regime.terms.name)
            after = await uow.forms.get_version(someone.province_id, command.form_version_id)
            if after.state is not FormVersionState.PUBLISHED:
                raise VersionNotYetPublished(after.number)
            before = await _used(uow, regime, after)
            allocation = await self._carry(uow, regime, before, after)
            regime.take_version(before.id, after.id, allocation.kept)
            await uow.regimes.save(regime)
            taken = RegimeFormTaken(regime, after.form_id, before.id, after.id, str(command.actor))
            uow.outbox.add(*regime.pull_events(), taken)
            uow.audit.record(
                aggregate_kind="regime",
                aggregate_id=regime.id,
                act="take_version",
                actor=command.actor,
                before={"form_version_id": str(before.id), "number": before.number},
                after={
                    "form_version_id": str(after.id),
                    "number": after.number,
                    "form": after.code,
                    "rows_allocated": len(allocation.kept),
                    "rows_fallen": {
                        row.row_id: [str(unit) for unit in row.unit_ids] for row in allocation.fallen
                    },
                },
                province_id=regime.province_id,
                marks=marks,
            )
            await uow.commit()
        return VersionTaken(regime, before, after, allocation)

    async def _carry(
        self, uow: UnitOfWork, regime: ReportingRegime, before: FormVersion, after: FormVersion
    ) -> CarriedAllocation:
        made = await uow.allocations.of_regime(regime.id)
        allocation = carried(before.model, after.model, made.get(before.id, FormAllocation({})).units_by_row)
        if allocation.kept:
            version = made.get(after.id, FormAllocation({})).version + 1
            kept = FormAllocation(allocation.kept, version)
            await uow.allocations.put(regime.id, after.id, kept, self.clock())
        return allocation


async def _used(uow: UnitOfWork, regime: ReportingRegime, after: FormVersion) -> FormVersion:
    """The version of the same form that the regime uses now."""
    named = await uow.forms.versions_among(regime.province_id, regime.terms.form_version_ids)
    used = next((each for each in named.values() if each.form_id == after.form_id), None)
    if used is None:
        raise FormNotUsed(after.code, regime.terms.name)
    if after.number <= used.number:
        raise VersionNotNewer(after.code, after.number, used.number)
    return used
