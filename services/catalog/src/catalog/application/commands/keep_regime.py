"""A regime is drafted, changed, published with everything it needs, and closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory.records import Weight
from province_profile import ProvinceProfile

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.unit_choice import UnitChooser
from catalog.application.whereabouts import REGIME_RIGHTS, Someone, Whereabouts
from catalog.domain.errors import AccountsOutside, FormVersionsNotPublished
from catalog.domain.regime import RegimeTerms, ReportingRegime
from catalog.domain.regime_checks import missing
from catalog.domain.schedule import refuse_later_than_the_limit


@dataclass(frozen=True, slots=True)
class DraftRegime:
    code: str
    owner_unit_id: UUID | None
    terms: RegimeTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeRegime:
    regime_id: UUID
    expected_version: int
    terms: RegimeTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class MoveRegime:
    """Publish or close."""

    regime_id: UUID
    expected_version: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class RegimeKeeper:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    chooser: UnitChooser
    calendars: CalendarKeeper
    clock: Clock
    make_id: Callable[[], UUID]

    async def draft(self, command: DraftRegime) -> ReportingRegime:
        someone = await self.whereabouts.of(command.actor)
        owner = command.owner_unit_id or command.terms.lead_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, REGIME_RIGHTS, owner)
        profile = await self.whereabouts.profile_today(someone.province_id)
        chosen = await self.chooser.choose(someone.province_id, owner, command.terms, profile)
        await self._accounts_inside(someone, command.terms)
        id = self.make_id()
        regime = ReportingRegime.draft(
            id,
            province_id=someone.province_id,
            owner_unit_id=owner,
            code=command.code.strip() or f"CD-{str(id)[-8:].upper()}",
            terms=command.terms,
            at=self.clock(),
            under=profile,
            units=chosen.units,
        )
        async with self.open_unit_of_work() as uow:
            await self._forms_published(uow, someone, command.terms)
            await uow.regimes.add(regime)
            _recorded(uow, regime, "draft", command.actor, marks)
            await uow.commit()
        return regime

    async def change(self, command: ChangeRegime) -> ReportingRegime:
        someone = await self.whereabouts.of(command.actor)
        await self._accounts_inside(someone, command.terms)
        async with self.open_unit_of_work() as uow:
            regime, profile, marks = await self._load(
                uow, someone, command.regime_id, command.expected_version
            )
            await self._forms_published(uow, someone, command.terms)
            chosen = await self.chooser.choose(
                someone.province_id, regime.owner_unit_id, command.terms, profile
            )
            regime.change(command.terms, under=profile, units=chosen.units)
            await uow.regimes.save(regime)
            _recorded(uow, regime, "change", command.actor, marks)
            await uow.commit()
        return regime

    async def publish(self, command: MoveRegime) -> ReportingRegime:
        someone = await self.whereabouts.of(command.actor)
        today = vietnam_day(self.clock())
        calendar = await self.calendars.covering(someone.province_id, range(today.year - 1, today.year + 3))
        async with self.open_unit_of_work() as uow:
            regime, profile, marks = await self._load(
                uow, someone, command.regime_id, command.expected_version, weight="decision"
            )
            chosen = await self.chooser.choose(
                someone.province_id, regime.owner_unit_id, regime.terms, profile
            )
            lacking = list(missing(regime, chosen.owner, profile))
            regime.publish(self.clock(), under=profile, units=chosen.units, missing=lacking)
            refuse_later_than_the_limit(regime.terms, profile, calendar, today.year)
            await uow.regimes.save(regime)
            uow.outbox.add(*regime.pull_events())
            _recorded(uow, regime, "publish", command.actor, marks)
            await uow.commit()
        return regime

    async def close(self, command: MoveRegime) -> ReportingRegime:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            regime, _, marks = await self._load(
                uow, someone, command.regime_id, command.expected_version, weight="decision"
            )
            regime.close(self.clock())
            await uow.regimes.save(regime)
            uow.outbox.add(*regime.pull_events())
            _recorded(uow, regime, "close", command.actor, marks)
            await uow.commit()
        return regime

    async def _load(
        self,
        uow: UnitOfWork,
        someone: Someone,
        regime_id: UUID,
        expected_version: int,
        *,
        weight: Weight = "entry",
    ) -> tuple[ReportingRegime, ProvinceProfile, dict[str, object]]:
        regime = await uow.regimes.get(someone.province_id, regime_id, for_update=True)
        marks = await self.whereabouts.require(someone, REGIME_RIGHTS, regime.owner_unit_id, weight=weight)
        regime.expect(expected_version)
        return regime, await self.whereabouts.profile_today(someone.province_id), marks

    async def _accounts_inside(self, someone: Someone, terms: RegimeTerms) -> None:
        for field in ("receiver_account_ids", "approver_account_ids"):
            for account_id in getattr(terms, field):
                account = await self.whereabouts.directory.account(account_id)
                if account.province_id != someone.province_id:
                    raise AccountsOutside(field, [str(account_id)])

    async def _forms_published(self, uow: UnitOfWork, someone: Someone, terms: RegimeTerms) -> None:
        known = await uow.forms.published_among(someone.province_id, terms.form_version_ids)
        unknown = [str(version) for version in terms.form_version_ids if version not in known]
        if unknown:
            raise FormVersionsNotPublished(unknown)


def _recorded(
    uow: UnitOfWork, regime: ReportingRegime, act: str, actor: Actor, marks: dict[str, object]
) -> None:
    after: dict[str, Any] = {
        "code": regime.code,
        "name": regime.terms.name,
        "state": regime.state,
        "legal_basis": regime.terms.basis,
        "lead_unit_id": regime.terms.lead_unit_id and str(regime.terms.lead_unit_id),
        "reporting_units": len(regime.units),
        "deadlines": [rule.due.model_dump(mode="json") for rule in regime.terms.deadlines],
    }
    uow.audit.record(
        aggregate_kind="regime",
        aggregate_id=regime.id,
        act=act,
        actor=actor,
        after=after,
        province_id=regime.province_id,
        marks=marks,
    )
