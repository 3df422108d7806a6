"""Registrations as those see them who have a part in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from province_profile import ProvinceProfile

from catalog.application.commands.register_form import SEEN_BY, FormRegistrar
from catalog.application.ports import Files, OpenUnitOfWork
from catalog.application.whereabouts import Whereabouts
from catalog.domain.registration import Action, FormRegistration, Party, offered, waits_for
from catalog.domain.registration_errors import ACTIONS, STATES, RegistrationNotFound


@dataclass(frozen=True, slots=True)
class Seen:
    """One registration with the steps that this person may take now."""

    registration: FormRegistration
    may: tuple[Action, ...]
    waits_for: Party | None


@dataclass(frozen=True, slots=True)
class Registrations:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    registrar: FormRegistrar
    files: Files

    async def listed(self, actor: Actor) -> tuple[ProvinceProfile, list[Seen]]:
        """Newest first: those in which one of the person's units has a part."""
        someone = await self.whereabouts.of(actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        async with self.open_unit_of_work() as uow:
            every = await uow.registrations.of_province(someone.province_id)
        mine = await self._mine(actor)
        found = [await self._seen(one, profile, mine) for one in every]
        return profile, [one for one in found if one is not None]

    async def one(self, actor: Actor, registration_id: UUID) -> tuple[ProvinceProfile, Seen]:
        someone = await self.whereabouts.of(actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        async with self.open_unit_of_work() as uow:
            registration = await uow.registrations.get(someone.province_id, registration_id)
        seen = await self._seen(registration, profile, await self._mine(actor))
        if seen is None:
            raise RegistrationNotFound
        return profile, seen

    async def workbook(
        self, actor: Actor, registration_id: UUID
    ) -> tuple[FormRegistration, AsyncIterator[bytes]]:
        _, seen = await self.one(actor, registration_id)
        workbook = seen.registration.workbook
        return seen.registration, self.files.stream(workbook.sha256)

    async def tasks(self, actor: Actor) -> list[dict[str, Any]]:
        """Registrations whose next step is this person's."""
        _, found = await self.listed(actor)
        return [_task(one) for one in found if any(act is not Action.RETURN for act in one.may)]

    async def _mine(self, actor: Actor) -> dict[str, set[UUID]]:
        where = self.whereabouts.directory.places_where
        return {right: await where(actor, right) for right in dict.fromkeys(SEEN_BY)}

    async def _seen(
        self, registration: FormRegistration, profile: ProvinceProfile, mine: dict[str, set[UUID]]
    ) -> Seen | None:
        designers = await self.registrar.designer_unit(registration, profile)
        owners = mine["regime_owner"] | mine["province_admin"]
        holds = {
            Party.OWNER: registration.owner_unit_id in owners,
            Party.LEAD: registration.lead_unit_id in owners | mine["aggregate"],
            Party.DESIGNER: designers in mine[profile.registration.designer.right] | mine["province_admin"],
        }
        if not any(holds.values()):
            return None
        rules = profile.registration
        may = tuple(action for action, row in offered(registration.state, rules) if holds[row.party])
        return Seen(registration, may, waits_for(registration.state, rules))


def _task(seen: Seen) -> dict[str, Any]:
    registration = seen.registration
    last = registration.steps[-1]
    onward = next(act for act in seen.may if act is not Action.RETURN)
    return {
        "id": str(registration.id),
        "kind": "form_registration",
        "title": f"Đăng ký biểu mẫu “{registration.asked.form_name}”",
        "detail": f"Hồ sơ {STATES[registration.state]}; bước trước: {last.name}. Việc cần làm: {ACTIONS[onward]}",
        "action": onward.value,
        "link": f"/dang-ky/{registration.id}",
    }
