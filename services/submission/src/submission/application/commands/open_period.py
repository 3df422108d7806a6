"""Opens a period: one assignment for each unit, with the deadline catalog computed and the article beside it.

Run by the scheduler as often as it likes, and by hand: what is assigned already is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory import Directory
from kit.errors import DomainError, NotFound, Refused
from kit.ids import new_id

from submission.application.ports import CatalogService, OpenedPeriod, OpenUnitOfWork, Profiles, UnitOfWork
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.assignment import (
    Assignment,
    RegimeFacts,
    UnitAsItWas,
    deadline_for,
    due_to_open,
    units_still_to_assign,
    year_named,
)
from submission.domain.report import Report

log = structlog.get_logger(__name__)

OPENER = Actor.system_job("period-opener")
MAY_OPEN = ("regime_owner", "aggregate", "decide", "take_in", "province_admin")
LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    regime_id: UUID
    period_key: str
    actor: Actor
    release: bool = True


@dataclass(frozen=True, slots=True)
class PeriodOpened:
    regime: RegimeFacts
    period: OpenedPeriod
    assigned: int
    already: int
    released: bool
    without_deadline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenPeriodHandler:
    open_unit_of_work: OpenUnitOfWork
    catalog: CatalogService
    directory: Directory
    standings: Standings
    clock: Clock

    async def __call__(self, command: OpenPeriod) -> PeriodOpened:
        """By hand, by the lead agency: what was prepared is released in the same act."""
        async with self.open_unit_of_work() as uow:
            regime = await uow.catalog.regime(command.regime_id)
        await self.directory.require(command.actor, MAY_OPEN, regime.lead_unit_id, regime.id)
        if not regime.open:
            raise Refused(
                "submission.period.regime_closed",
                f"Chế độ báo cáo «{regime.name}» đã đóng nên không mở kỳ mới.",
                remedy="Chọn một chế độ báo cáo còn hiệu lực.",
            )
        period = await self.period_of(regime, command.period_key)
        return await self.assign(regime, period, command.actor, release=command.release)

    async def assign(
        self, regime: RegimeFacts, opened: OpenedPeriod, actor: Actor, *, release: bool
    ) -> PeriodOpened:
        """Assigns what is missing, in one transaction."""
        name = await self.standings.name_of(actor)
        without: list[str] = []
        assigned = 0
        async with self.open_unit_of_work() as uow:
            done = await uow.assignments.units_assigned(regime.id, opened.period.key)
            missing = units_still_to_assign(regime, opened.period, done)
            lead = await self.unit_as_it_is(regime.lead_unit_id)
            for unit_id in missing:
                unit = await self.unit_as_it_is(unit_id)
                assignment = self.assignment(regime, opened, unit, lead, release=release)
                if assignment is None:
                    without.append(unit.name)
                    continue
                report = Report.assign(new_id(), assignment, self.clock(), str(actor), name)
                if await uow.reports.add(report):
                    assigned += 1
                    uow.outbox.add(*told_by(report))
            if release:
                await self._release(uow, regime, opened.period.key, actor, name)
            if assigned or release:
                self._record(uow, regime, opened, actor, assigned)
            await uow.commit()
        return PeriodOpened(regime, opened, assigned, len(done), release, tuple(without))

    async def _release(
        self, uow: UnitOfWork, regime: RegimeFacts, period_key: str, actor: Actor, name: str
    ) -> None:
        """Gives out what was prepared before: its units are told now."""
        now = self.clock()
        waiting = [
            each for each in await uow.assignments.of_period(regime.id, period_key) if not each.released
        ]
        if not waiting:
            return
        reports = {
            report.assignment.id: report for report in await uow.reports.of_period(regime.id, period_key)
        }
        for each in waiting:
            released = each.release(now)
            await uow.assignments.save(released)
            report = reports.get(each.id)
            if report is not None:
                report.released(released, str(actor), name, now)
                uow.outbox.add(*told_by(report))

    def assignment(
        self,
        regime: RegimeFacts,
        opened: OpenedPeriod,
        unit: UnitAsItWas,
        lead: UnitAsItWas,
        *,
        release: bool,
    ) -> Assignment | None:
        deadline = deadline_for(unit.level, opened.deadlines)
        if deadline is None:
            return None
        now = self.clock()
        return Assignment(
            id=new_id(), province_id=regime.province_id, regime_id=regime.id, regime_code=regime.code,
            regime_name=regime.name, legal_basis=regime.legal_basis, period=opened.period, unit=unit,
            lead_unit=lead, deadline=deadline, form_version_ids=regime.form_version_ids,
            outline=regime.outline, signing=regime.signing, nil_allowed=regime.nil_allowed, opened_at=now,
            released_at=now if release else None, receivers=regime.receivers, deciders=regime.deciders,
        )  # fmt: skip

    async def unit_as_it_is(self, unit_id: UUID) -> UnitAsItWas:
        place = await self.directory.place(unit_id)
        return UnitAsItWas(place.id, place.name, place.code, place.level)

    async def period_of(self, regime: RegimeFacts, key: str) -> OpenedPeriod:
        year = year_named(key) or vietnam_day(self.clock()).year
        found = await self.catalog.periods(regime.id, date(year - 1, 1, 1), date(year + 1, 12, 31))
        for each in found:
            if each.period.key == key:
                return each
        raise NotFound(
            "submission.period.not_found",
            f"Chế độ báo cáo «{regime.name}» không có kỳ «{key}».",
            remedy="Chọn một kỳ trong danh sách kỳ của chế độ.",
            details={"known": [each.period.key for each in found][-24:]},
        )

    def _record(
        self, uow: UnitOfWork, regime: RegimeFacts, opened: OpenedPeriod, actor: Actor, assigned: int
    ) -> None:
        uow.audit.record(
            aggregate_kind="period",
            aggregate_id=f"{regime.id}/{opened.period.key}",
            act="open",
            actor=actor,
            after={"assigned": assigned, "period": opened.period.key},
            province_id=regime.province_id,
        )


@dataclass(frozen=True, slots=True)
class PeriodOpener:
    """The scheduler's job. A regime that cannot be opened now does not keep the others waiting."""

    open_unit_of_work: OpenUnitOfWork
    catalog: CatalogService
    handler: OpenPeriodHandler
    directory: Directory
    profiles: Profiles
    clock: Clock

    async def __call__(self) -> None:
        async with self.open_unit_of_work() as uow:
            regimes = await uow.catalog.regimes_that_open_themselves()
        for regime in regimes:
            try:
                await self._open_due(regime)
            except DomainError as refusal:
                log.warning(
                    "period_not_opened", regime=str(regime.id), code=refusal.code, why=refusal.message
                )

    async def _open_due(self, regime: RegimeFacts) -> None:
        now = self.clock()
        today = vietnam_day(now)
        first = max(regime.starts_on or today - timedelta(days=31), today - LOOK_BACK)
        periods = await self.catalog.periods(regime.id, first, today)
        due = [each for each in periods if due_to_open(each.period, regime, now, today)]
        for each in due:
            if not await self._missing(regime, each):
                continue
            released = await self._released_at_once(regime, each)
            await self.handler.assign(regime, each, OPENER, release=released)

    async def _missing(self, regime: RegimeFacts, opened: OpenedPeriod) -> Sequence[UUID]:
        async with self.open_unit_of_work() as uow:
            done = await uow.assignments.units_assigned(regime.id, opened.period.key)
        return units_still_to_assign(regime, opened.period, done)

    async def _released_at_once(self, regime: RegimeFacts, opened: OpenedPeriod) -> bool:
        """Where the profile says that the lead agency releases, only the regime itself may say otherwise."""
        province = await self.directory.place(regime.province_id)
        profile = self.profiles.for_period(province.profile, opened.period.last_day)
        return regime.assigns_itself or profile.assignment.mode == "automatic"
