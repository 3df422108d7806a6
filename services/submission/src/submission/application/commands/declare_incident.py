"""The province's administrator declares an outage by a document; everybody of the province sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory import Directory
from kit.errors import NotPermitted
from kit.ids import new_id

from submission.application.ports import OpenUnitOfWork, Profiles
from submission.domain.incident import Declaration, Incident


@dataclass(frozen=True, slots=True)
class DeclareIncidentHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    profiles: Profiles
    clock: Clock

    async def __call__(self, actor: Actor, declaration: Declaration) -> Incident:
        if actor.account_id is None:
            raise NotPermitted(
                "submission.incident.no_person", "Chỉ tài khoản của tỉnh mới ghi nhận được sự cố."
            )
        account = await self.directory.account(actor.account_id)
        province = await self.directory.place(account.province_id)
        permission = await self.directory.require(actor, "province_admin", province.id, weight="decision")
        now = self.clock()
        declaration.check(now)
        profile = self.profiles.in_force_on(province.profile, vietnam_day(now))
        incident = Incident(
            new_id(), province.id, declaration, profile.operations.outage_fallback.reference, now,
            str(actor), account.full_name,
        )  # fmt: skip
        async with self.open_unit_of_work() as uow:
            await uow.incidents.add(incident)
            uow.audit.record(
                aggregate_kind="incident",
                aggregate_id=incident.id,
                act="declared",
                actor=actor,
                after={
                    "from_at": declaration.from_at.isoformat(),
                    "to_at": declaration.to_at.isoformat(),
                    "document": declaration.document_number,
                    "recorded": declaration.recorded,
                },
                province_id=province.id,
                marks=permission.marks,
            )
            await uow.commit()
        return incident

    async def of_province(self, actor: Actor) -> Sequence[Incident]:
        if actor.account_id is None:
            return ()
        account = await self.directory.account(actor.account_id)
        async with self.open_unit_of_work() as uow:
            return await uow.incidents.of_province(account.province_id)
