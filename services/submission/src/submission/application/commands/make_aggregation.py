"""The lead agency's aggregate of a period, made again from whatever is accepted now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from forms.aggregation import Source, aggregate
from forms.values import value_to_json
from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory
from kit.errors import Refused
from kit.ids import new_id

from submission.application.moving import carried, fallen_figure
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.published import PublishedForm
from submission.domain.aggregation import AggregatedForm, Aggregation, AggregationFacts, SourceRevision
from submission.domain.allocation import EVERYBODYS, Allocation
from submission.domain.assignment import RegimeFacts
from submission.domain.events import AggregationMade
from submission.domain.moving import UnitFallen

MAY_AGGREGATE = ("aggregate", "decide", "take_in", "regime_owner")


@dataclass(frozen=True, slots=True)
class MakeAggregation:
    regime_id: UUID
    period_key: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class MakeAggregationHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    clock: Clock

    async def __call__(self, command: MakeAggregation) -> Aggregation:
        async with self.open_unit_of_work() as uow:
            regime = await uow.catalog.regime(command.regime_id)
            await self.directory.require(command.actor, MAY_AGGREGATE, regime.lead_unit_id, regime.id)
            sources = await uow.sealed.accepted_of(regime.id, command.period_key)
            assigned = await uow.assignments.of_period(regime.id, command.period_key)
            if not sources:
                raise Refused(
                    "submission.aggregation.nothing_accepted",
                    f"Kỳ «{command.period_key}» chưa có báo cáo nào được cơ quan chủ trì duyệt.",
                    rule="Chỉ tổng hợp từ các báo cáo đã được cơ quan chủ trì duyệt.",
                    remedy="Duyệt các báo cáo đã nhận rồi tổng hợp.",
                )
            before = await uow.aggregations.of_period(regime.id, command.period_key)
            first = assigned[0]
            forms = [
                await aggregated(uow, regime.id, form, sources)
                for form in await targets(uow, regime, sources)
            ]
            facts = AggregationFacts(
                regime.code, regime.name, first.period.label, first.lead_unit.name, len(assigned)
            )
            made = self._made(before, regime, command, facts, sources, forms)
            await uow.aggregations.save(made)
            uow.outbox.add(
                AggregationMade(
                    made.id, made.province_id, made.regime_id, made.period_key, made.lead_unit_id,
                    len(sources), made.made_at,
                )
            )  # fmt: skip
            uow.audit.record(
                aggregate_kind="aggregation",
                aggregate_id=made.id,
                act="make",
                actor=command.actor,
                before={"version": before.version} if before else None,
                after={"version": made.version, "sources": len(sources)},
                province_id=made.province_id,
            )
            await uow.commit()
        return made

    def _made(
        self,
        before: Aggregation | None,
        regime: RegimeFacts,
        command: MakeAggregation,
        facts: AggregationFacts,
        sources: Sequence[SourceRevision],
        forms: Sequence[AggregatedForm],
    ) -> Aggregation:
        return Aggregation(
            id=before.id if before else new_id(),
            province_id=regime.province_id,
            regime_id=regime.id,
            period_key=command.period_key,
            lead_unit_id=regime.lead_unit_id,
            version=before.version + 1 if before else 1,
            made_at=self.clock(),
            made_by=str(command.actor),
            facts=facts,
            sources=tuple(replace(source, figures={}, sealed_at=None) for source in sources),
            forms=tuple(forms),
        )


async def targets(
    uow: UnitOfWork, regime: RegimeFacts, sources: Sequence[SourceRevision]
) -> Sequence[PublishedForm]:
    """For each form the regime's version, once anybody has reported in it; a period that was reported in an
    earlier version alone stays in that one, where nothing lacks a place."""
    versions = dict.fromkeys(version for source in sources for version in source.figures)
    used = [await uow.catalog.form(version) for version in versions]
    found: list[PublishedForm] = []
    for version_id in regime.form_version_ids:
        current = await uow.catalog.form(version_id)
        same = [form for form in used if form.form_id == current.form_id]
        found.append(max(same, key=lambda form: form.number, default=current))
    return found


async def aggregated(
    uow: UnitOfWork, regime_id: UUID, form: PublishedForm, sources: Sequence[SourceRevision]
) -> AggregatedForm:
    """Reports made in another version of the form are read as this version reads them."""
    carried_over: list[SourceRevision] = []
    fallen: list[UnitFallen] = []
    for source in sources:
        found = await carried(uow, form, source.figures)
        if found.of is None:
            continue
        carried_over.append(replace(source, figures={form.id: found.figures}))
        fallen += [
            UnitFallen(
                source.report_id, source.unit_id, source.unit_name, found.of.number, fallen_figure(each)
            )
            for each in found.fallen
        ]
    made = aggregate_form(form, carried_over, await uow.catalog.allocation(regime_id, form.id))
    return replace(made, fallen=tuple(fallen))


def aggregate_form(
    form: PublishedForm, sources: Sequence[SourceRevision], allocation: Allocation = EVERYBODYS
) -> AggregatedForm:
    """One form over all sources, each row from the units that answer for it; a nil report gives nothing."""
    given = [
        Source(
            str(source.report_id),
            source.unit_name,
            allocation.of_unit(source.unit_id, source.figures[form.id]),
            source.sealed_at,
        )
        for source in sources
        if form.id in source.figures
    ]
    made = aggregate(form.model, given)
    contributions: dict[str, Any] = {
        f"{key.row}/{key.column}": [
            {"report_id": each.source_id, "unit_name": each.source_name, "value": value_to_json(each.value)}
            for each in found
        ]
        for key, found in made.contributions.items()
    }
    return AggregatedForm(form.id, made.figures, made.computed, contributions, dict(made.row_sources))
