"""The province's administrator announces a maintenance as early as the text demands, ends it, gives it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory import Directory
from kit.ids import new_id
from province_profile import Profiles, ProvinceProfile

from notify.application.commands.keep_inbox import person
from notify.application.ports import Calendar, OpenUnitOfWork, Text, Texts, UnitOfWork
from notify.domain.maintenance import Document, Maintenance, Notice, Plan
from notify.domain.maintenance_errors import Overlaps
from notify.domain.notice import WorkingTime, earliest_start

# Ten working hours never lie further ahead, whatever holidays come between.
_LOOKED_AHEAD = timedelta(days=60)
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class KeepMaintenance:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    profiles: Profiles
    calendar: Calendar
    texts: Texts
    clock: Clock

    async def announce(self, actor: Actor, plan: Plan) -> Maintenance:
        province_id, marks = await self._administrated(actor)
        account = await self.directory.account(person(actor))
        notice = await self._notice(province_id)
        async with self.open_unit_of_work() as uow:
            await uow.maintenances.lock_province(province_id)
            maintenance = Maintenance.announce(
                new_id(), province_id, plan, notice, at=self.clock(), by=account.id, by_name=account.full_name
            )
            for other in await uow.maintenances.open_ones(self.clock(), province_id):
                if plan.overlaps(other):
                    raise Overlaps(other.plan.title)
            await uow.maintenances.add(maintenance)
            await self._told(uow, maintenance, "announced", actor, marks)
        return maintenance

    async def end(self, actor: Actor, maintenance_id: UUID, version: int) -> Maintenance:
        province_id, marks = await self._administrated(actor)
        async with self.open_unit_of_work() as uow:
            maintenance = await uow.maintenances.get(province_id, maintenance_id)
            maintenance.expect(version)
            maintenance.end(self.clock())
            await uow.maintenances.save(maintenance)
            await self._told(uow, maintenance, "ended", actor, marks)
        return maintenance

    async def cancel(self, actor: Actor, maintenance_id: UUID, version: int, reason: str) -> Maintenance:
        province_id, marks = await self._administrated(actor)
        async with self.open_unit_of_work() as uow:
            maintenance = await uow.maintenances.get(province_id, maintenance_id)
            maintenance.expect(version)
            maintenance.cancel(reason, self.clock())
            await uow.maintenances.save(maintenance)
            await self._told(uow, maintenance, "cancelled", actor, marks)
        return maintenance

    async def record(
        self, actor: Actor, maintenance_id: UUID, version: int, document: Document
    ) -> Maintenance:
        province_id, marks = await self._administrated(actor)
        async with self.open_unit_of_work() as uow:
            maintenance = await uow.maintenances.get(province_id, maintenance_id)
            maintenance.expect(version)
            maintenance.record(document)
            await uow.maintenances.save(maintenance)
            await self._told(uow, maintenance, "document recorded", actor, marks)
        return maintenance

    async def all(self, actor: Actor) -> list[Maintenance]:
        province_id, _ = await self._administrated(actor)
        async with self.open_unit_of_work() as uow:
            return await uow.maintenances.of_province(province_id, _SHOWN)

    async def rule(self, actor: Actor) -> Notice:
        """What announcing now would mean."""
        province_id, _ = await self._administrated(actor)
        return await self._notice(province_id)

    async def draft(self, actor: Actor, maintenance_id: UUID) -> Text:
        """The notice to be issued through the e-document system or sent by official e-mail."""
        province_id, _ = await self._administrated(actor)
        profile = await self._profile(province_id)
        async with self.open_unit_of_work() as uow:
            maintenance = await uow.maintenances.get(province_id, maintenance_id)
        facts = {"maintenance": maintenance, "profile": profile, "today": vietnam_day(self.clock())}
        return self.texts.draft("maintenance_notice", facts)

    async def standing(self, actor: Actor) -> list[Maintenance]:
        """For everybody of the province: what is announced or under way."""
        account = await self.directory.account(person(actor))
        async with self.open_unit_of_work() as uow:
            return await uow.maintenances.open_ones(self.clock(), account.province_id)

    async def everywhere(self) -> list[tuple[Maintenance, str]]:
        """For the status page, which asks no account: with the province's name."""
        async with self.open_unit_of_work() as uow:
            found = await uow.maintenances.open_ones(self.clock())
        return [(one, (await self.directory.place(one.province_id)).name) for one in found]

    async def _notice(self, province_id: UUID) -> Notice:
        rules = (await self._profile(province_id)).operations
        now, rule = self.clock(), rules.maintenance_notice
        days = []
        if rule.counted == "working":
            today = vietnam_day(now)
            days = await self.calendar.working_days(province_id, today, today + _LOOKED_AHEAD)
        earliest = earliest_start(now, rule, WorkingTime(rules.working_hours, days))
        words = f"{rule.hours} giờ làm việc" if rule.counted == "working" else f"{rule.hours} giờ"
        return Notice(words, rule.reference, _whole_minute(earliest))

    async def _profile(self, province_id: UUID) -> ProvinceProfile:
        place = await self.directory.place(province_id)
        return self.profiles.in_force_on(place.profile, vietnam_day(self.clock()))

    async def _administrated(self, actor: Actor) -> tuple[UUID, Any]:
        province_id = (await self.directory.account(person(actor))).province_id
        permission = await self.directory.require(actor, "province_admin", province_id, weight="decision")
        return province_id, permission.marks or None

    async def _told(
        self, uow: UnitOfWork, maintenance: Maintenance, act: str, actor: Actor, marks: Any
    ) -> None:
        uow.outbox.add(*maintenance.pull_events())
        await uow.hints.tell_place(
            maintenance.province_id, "maintenance", maintenance.id, maintenance.version
        )
        plan, document = maintenance.plan, maintenance.document
        uow.audit.record(
            aggregate_kind="maintenance",
            aggregate_id=maintenance.id,
            act=act,
            actor=actor,
            after={
                "title": plan.title,
                "starts_at": plan.starts_at.isoformat(),
                "ends_at": maintenance.ends_at.isoformat(),
                "emergency_reason": plan.emergency_reason,
                "reason": maintenance.close_reason,
                "document": document.number if document else "",
            },
            province_id=maintenance.province_id,
            marks=marks,
        )
        await uow.commit()


def _whole_minute(moment: datetime) -> datetime:
    """What a person can type: the next whole minute."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
