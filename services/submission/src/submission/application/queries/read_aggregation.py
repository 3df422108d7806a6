"""The aggregate of a period: its figures, what each came from, and whether it is stale by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.compute import compute
from forms.model import FormModel
from forms.values import CellKey, Value, value_to_json
from kit.actor import Actor
from kit.errors import NotFound

from submission.application.commands.make_aggregation import aggregated, targets
from submission.application.moving import carried
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.standing import LEAD_READERS, Standings
from submission.domain.aggregation import Aggregation, SourceChange, SourceRevision, changes_since


@dataclass(frozen=True, slots=True)
class WouldChange:
    form_version_id: UUID
    key: CellKey
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class AggregationView:
    aggregation: Aggregation
    changes: Sequence[SourceChange]
    would_change: Sequence[WouldChange]
    models: Mapping[UUID, FormModel]

    @property
    def stale(self) -> bool:
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class ReadAggregation:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings

    async def view(self, actor: Actor, aggregation_id: UUID) -> AggregationView:
        async with self.open_unit_of_work() as uow:
            made = await uow.aggregations.get(aggregation_id)
            await self._require(actor, made)
            accepted = await uow.sealed.accepted_of(made.regime_id, made.period_key)
            changes = changes_since(made.sources, accepted)
            would = await self._would_change(uow, made, accepted) if changes else []
            ids = {*(part.form_version_id for part in made.forms), *(each.form_version_id for each in would)}
            models = {form: (await uow.catalog.form(form)).model for form in ids}
        return AggregationView(made, changes, would, models)

    async def of_period(self, actor: Actor, regime_id: UUID, period_key: str) -> UUID | None:
        async with self.open_unit_of_work() as uow:
            made = await uow.aggregations.of_period(regime_id, period_key)
            if made is not None:
                await self._require(actor, made)
            return made.id if made else None

    async def sources(self, actor: Actor, aggregation_id: UUID, row: str, column: str) -> Sequence[Any]:
        """What each unit gave to one cell; for a computed cell, what the form computes of each unit's own."""
        async with self.open_unit_of_work() as uow:
            made = await uow.aggregations.get(aggregation_id)
            await self._require(actor, made)
            for form in made.forms:
                found = form.contributions.get(f"{row}/{column}")
                if found is not None:
                    return [self._located(made, each) for each in found]
                if row in form.row_sources:
                    value = value_to_json(form.figures.get(row, column))
                    given = {"report_id": form.row_sources[row], "unit_name": "", "value": value}
                    return [self._located(made, given)]
            return await self._computed(uow, made, row, column)

    async def _computed(self, uow: UnitOfWork, made: Aggregation, row: str, column: str) -> Sequence[Any]:
        accepted = {s.report_id: s for s in await uow.sealed.accepted_of(made.regime_id, made.period_key)}
        found: list[Any] = []
        for part in made.forms:
            form = await uow.catalog.form(part.form_version_id)
            if CellKey(row, column) not in part.computed.cells:
                continue
            allocation = await uow.catalog.allocation(made.regime_id, form.id)
            for source in made.sources:
                now = accepted.get(source.report_id)
                there = await carried(uow, form, now.figures) if now is not None else None
                if now is None or there is None or there.of is None:
                    continue
                own = allocation.of_unit(now.unit_id, there.figures)
                value = compute(form.model, own).get(row, column)
                given = {"report_id": str(source.report_id), "value": value_to_json(value)}
                found.append({**self._located(made, given), "computed": True})
        return found

    def _located(self, made: Aggregation, given: dict[str, Any]) -> dict[str, Any]:
        source = next((s for s in made.sources if str(s.report_id) == given["report_id"]), None)
        return {
            "report_id": given["report_id"],
            "revision": source.revision if source else None,
            "unit_id": str(source.unit_id) if source else None,
            "unit_name": source.unit_name if source else given.get("unit_name", ""),
            "value": given["value"],
            "computed": False,
        }

    async def _would_change(
        self, uow: UnitOfWork, made: Aggregation, accepted: Sequence[SourceRevision]
    ) -> list[WouldChange]:
        """In the versions it would be made in now; what was made in an earlier one is read as these read it."""
        before = {part.form_version_id: part for part in made.forms}
        changed: list[WouldChange] = []
        for form in await targets(uow, await uow.catalog.regime(made.regime_id), accepted):
            now = await aggregated(uow, made.regime_id, form, accepted)
            was = await carried(uow, form, {version: part.figures for version, part in before.items()})
            part = before.get(form.id)
            computed = part.computed if part else compute(form.model, was.figures)
            for old, new in ((was.figures, now.figures), (computed, now.computed)):
                for key in sorted({*old.cells, *new.cells}):
                    if old.get(*key) != new.get(*key):
                        changed.append(WouldChange(form.id, key, old.get(*key), new.get(*key)))
        return changed

    async def _require(self, actor: Actor, made: Aggregation) -> None:
        reach = await self.standings.reach(actor)
        held = reach.places(LEAD_READERS)
        mine = {(made.lead_unit_id, None), (made.lead_unit_id, made.regime_id)}
        if reach.province_id != made.province_id or not mine & held:
            raise NotFound(
                "submission.aggregation.not_found",
                "Không tìm thấy bản tổng hợp này, hoặc bản này ngoài phạm vi của bạn.",
            )
