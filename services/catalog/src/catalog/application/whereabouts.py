"""Who is asking, and which province they are of: the wall that no query or right crosses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.directory.records import Directory, Weight
from kit.errors import NotFound, NotPermitted
from province_profile import ProvinceProfile

from catalog.application.ports import Profiles
from catalog.application.reading_ports import Sight
from catalog.domain.periods import ReportingPeriod

DESIGN_RIGHTS = ("form_designer", "province_admin")
REGIME_RIGHTS = ("regime_owner", "province_admin")
# Whoever works on a unit's reports, or watches over them, may see what the unit owes.
UNIT_RIGHTS = (
    "entry", "check", "approve_figures", "approve", "sign", "issue", "send", "monitor", "unit_admin",
    "province_admin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    actor: Actor
    province_id: UUID
    unit_id: UUID | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    directory: Directory
    profiles: Profiles
    clock: Clock

    async def of(self, actor: Actor) -> Someone:
        if actor.account_id is None:
            raise _of_no_province()
        account = await self.directory.account(actor.account_id)
        if account.province_id is None:
            raise _of_no_province()
        return Someone(actor, account.province_id, account.place_id)

    async def wall_of(self, actor: Actor) -> UUID | None:
        """The province an RPC may look into: its person's own; none for a service's own job."""
        return None if actor.account_id is None else (await self.of(actor)).province_id

    async def require(
        self, someone: Someone, rights: Iterable[str], unit_id: UUID, *, weight: Weight = "entry"
    ) -> dict[str, object]:
        """What must be marked in the audit record. A unit of another province does not exist here."""
        if await self.province_of(unit_id) != someone.province_id:
            raise NotFound("catalog.unit.not_found", "Không có cơ quan, đơn vị này trong tỉnh của đồng chí.")
        permission = await self.directory.require(someone.actor, tuple(rights), unit_id, weight=weight)
        return dict(permission.marks)

    async def may_any(self, actor: Actor, rights: Iterable[str], unit_id: UUID) -> bool:
        for right in rights:
            if await self.directory.may(actor, right, unit_id):
                return True
        return False

    async def province_of(self, unit_id: UUID) -> UUID:
        return await self.directory.province_of(unit_id)

    async def sight(self, someone: Someone) -> Sight:
        units = await self.directory.places_where(someone.actor, (*DESIGN_RIGHTS, "regime_owner"))
        return Sight(someone.province_id, frozenset(units))

    async def profile_key(self, province_id: UUID) -> str:
        return (await self.directory.place(province_id)).profile

    async def profile_today(self, province_id: UUID) -> ProvinceProfile:
        """Rules not tied to a period follow the profile of the moment."""
        return self.profiles.in_force_on(await self.profile_key(province_id), vietnam_day(self.clock()))

    def under_their_rules(
        self, key: str, periods: Iterable[ReportingPeriod]
    ) -> Iterator[tuple[ReportingPeriod, ProvinceProfile]]:
        """Each period with the profile in force on its last day."""
        for period in periods:
            yield period, self.profiles.for_period(key, period.last_day)


def _of_no_province() -> NotPermitted:
    return NotPermitted(
        "catalog.caller.of_no_province",
        "Tài khoản không thuộc tỉnh nào nên không dùng được biểu mẫu và chế độ báo cáo.",
        remedy="Đăng nhập bằng tài khoản của một cơ quan trong tỉnh.",
    )
