"""What the catalog tells: a form's registration went on, the days for announcing a regime run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.directory import Directory, DirectoryAccount

from notify.application.ports import UnitOfWork
from notify.application.writing import Writer
from notify.domain.message import Kind

OWNER_RIGHT = "regime_owner"


@dataclass(frozen=True, slots=True)
class RegistrationStep:
    event_id: UUID
    registration_id: UUID
    province_id: UUID
    form_name: str
    owner_unit_id: UUID
    next_unit_id: UUID | None
    """Where those are whose turn it is; none: nothing is left to do."""
    right: str
    action: str
    reason: str
    notice_number: str
    actor: str
    actor_name: str


@dataclass(frozen=True, slots=True)
class AnnouncementDays:
    event_id: UUID
    regime_id: UUID
    province_id: UUID
    regime_name: str
    last_on: date
    days_left: int
    article: str


@dataclass(frozen=True, slots=True)
class RegistrationMoved:
    """Told are those whose turn it is, and the owner; never the one who took the step."""

    writer: Writer
    directory: Directory

    async def __call__(self, step: RegistrationStep, uow: UnitOfWork) -> None:
        found = await self.directory.holders(OWNER_RIGHT, step.owner_unit_id)
        turn: list[DirectoryAccount] = []
        if step.next_unit_id is not None:
            turn = await self.directory.holders(step.right, step.next_unit_id)
        people = {one.id: one for one in [*turn, *found] if str(one.id) != step.actor and not one.program}
        whose = {one.id for one in turn}
        for person in people.values():
            await self.writer.tell(
                uow,
                Kind.REGISTRATION_MOVED,
                [person],
                {"step": step, "your_turn": person.id in whose},
                str(step.event_id),
                link=f"/dang-ky/{step.registration_id}",
                province_id=step.province_id,
            )


@dataclass(frozen=True, slots=True)
class AnnouncementDue:
    writer: Writer
    directory: Directory

    async def __call__(self, days: AnnouncementDays, uow: UnitOfWork) -> None:
        people = await self.directory.holders("province_admin", days.province_id)
        await self.writer.tell(
            uow,
            Kind.ANNOUNCEMENT_DUE,
            [one for one in people if not one.program],
            {"days": days},
            str(days.event_id),
            link="/ra-soat",
            province_id=days.province_id,
        )
