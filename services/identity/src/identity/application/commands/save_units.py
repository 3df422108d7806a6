"""Provinces and units: founded, changed, loaded in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from identity.application.authorise import authority_of, authority_over
from identity.application.ports import IdMaker, OpenUnitOfWork, Profiles, UnitOfWork
from identity.domain.errors import CodeTaken, Malformed, ProfileUnknown, UnitNotFound, VersionMoved
from identity.domain.events import UnitChanged
from identity.domain.units import Unit, UnitKind

LARGEST_IMPORT = 2000


@dataclass(frozen=True, slots=True)
class CreateProvince:
    code: str
    name: str
    profile: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`parent_code` empty: right under the province."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str = ""


@dataclass(frozen=True, slots=True)
class ImportUnits:
    province_id: UUID
    rows: Sequence[UnitRow]
    actor: Actor


@dataclass(frozen=True, slots=True)
class CreateUnit:
    parent_id: UUID
    code: str
    name: str
    kind: UnitKind
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeUnit:
    unit_id: UUID
    expected_version: int
    name: str | None
    kind: UnitKind | None
    parent_id: UUID | None
    from_on: date | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class SavedUnit:
    unit: Unit
    outcome: str


@dataclass(frozen=True, slots=True)
class UnitKeeper:
    """Every change of a unit is told, audited and added to its history."""

    open_unit_of_work: OpenUnitOfWork
    profiles: Profiles
    clock: Clock
    make_id: IdMaker

    async def create_province(self, command: CreateProvince) -> SavedUnit:
        async with self.open_unit_of_work() as uow:
            authority = await authority_of(uow, command.actor, vietnam_day(self.clock()))
            authority.require_operator("lập tỉnh trên hệ thống")
            if command.profile not in self.profiles.known():
                raise ProfileUnknown(command.profile, self.profiles.known())
            found = await uow.units.province_by_code(command.code)
            if found is not None:
                if (found.name, found.profile) != (command.name, command.profile):
                    raise CodeTaken(command.code)
                return SavedUnit(found, "unchanged")
            province = Unit.found_province(
                self.make_id(),
                code=command.code,
                name=command.name,
                profile=command.profile,
                on=authority.on,
            )
            await self._keep(uow, command.actor, [(None, province)])
            await uow.commit()
        return SavedUnit(province, "created")

    async def create(self, command: CreateUnit) -> SavedUnit:
        async with self.open_unit_of_work() as uow:
            authority = await authority_of(uow, command.actor, vietnam_day(self.clock()))
            parent = await uow.units.get(command.parent_id)
            authority.require_province_admin(parent.province_id, "lập đơn vị")
            if await uow.units.by_codes(parent.province_id, [command.code]):
                raise CodeTaken(command.code)
            unit = Unit.found(
                self.make_id(),
                parent,
                code=command.code,
                name=command.name,
                kind=command.kind,
                on=authority.on,
            )
            await self._keep(uow, command.actor, [(None, unit)])
            await uow.commit()
        return SavedUnit(unit, "created")

    async def change(self, command: ChangeUnit) -> SavedUnit:
        async with self.open_unit_of_work() as uow:
            authority = await authority_of(uow, command.actor, vietnam_day(self.clock()))
            unit = await uow.units.get(command.unit_id)
            authority.require_province_admin(unit.province_id, "sửa đơn vị")
            if unit.version != command.expected_version:
                raise VersionMoved("Đơn vị")
            parent_id = command.parent_id or unit.parent_id
            parent = await uow.units.get(parent_id) if parent_id else None
            if parent is not None:
                authority.see_province(parent.province_id)
                if parent.province_id != unit.province_id or unit.id in await uow.units.chain(parent.id):
                    raise UnitNotFound
            changed = unit.changed(
                name=command.name or unit.name,
                kind=command.kind or unit.kind,
                parent=parent,
                from_on=command.from_on or authority.on,
                today=authority.on,
            )
            if changed == unit:
                return SavedUnit(unit, "unchanged")
            await self._keep(uow, command.actor, [(unit, changed)])
            await uow.commit()
        return SavedUnit(changed, "changed")

    async def load(self, command: ImportUnits) -> list[SavedUnit]:
        """All rows or none. A row may name a parent that stands earlier in the same list."""
        if len(command.rows) > LARGEST_IMPORT:
            raise Malformed("items", f"Mỗi lần nạp tối đa {LARGEST_IMPORT} đơn vị.", "Chia thành nhiều lần.")
        async with self.open_unit_of_work() as uow:
            today = vietnam_day(self.clock())
            authority = await authority_over(uow, command.actor, today, command.province_id)
            authority.require_province_admin(command.province_id, "nạp danh sách đơn vị")
            province = await uow.units.get(command.province_id)
            codes = {row.code for row in command.rows} | {row.parent_code for row in command.rows}
            known = await uow.units.by_codes(province.id, codes)
            results: list[SavedUnit] = []
            changes: list[tuple[Unit | None, Unit]] = []
            for number, row in enumerate(command.rows, 1):
                parent = known.get(row.parent_code) if row.parent_code else province
                if parent is None:
                    raise Malformed(
                        f"items[{number - 1}].parent_code",
                        f"Dòng {number}: không có đơn vị cấp trên mang mã “{row.parent_code}”.",
                        "Đặt đơn vị cấp trên ở dòng phía trên, hoặc sửa mã.",
                    )
                before = known.get(row.code)
                after = self._row(row, before, parent, authority.on)
                known[row.code] = after
                outcome = "created" if before is None else "unchanged" if after == before else "changed"
                results.append(SavedUnit(after, outcome))
                if outcome != "unchanged":
                    changes.append((before, after))
            await self._keep(uow, command.actor, changes)
            await uow.commit()
        return results

    def _row(self, row: UnitRow, before: Unit | None, parent: Unit, on: date) -> Unit:
        if before is None:
            return Unit.found(self.make_id(), parent, code=row.code, name=row.name, kind=row.kind, on=on)
        return before.changed(name=row.name, kind=row.kind, parent=parent, from_on=on, today=on)

    async def _keep(self, uow: UnitOfWork, actor: Actor, changes: Sequence[tuple[Unit | None, Unit]]) -> None:
        await uow.units.save(*(after for _, after in changes), recorded_at=self.clock())
        for before, after in changes:
            uow.events.add(UnitChanged(after))
            uow.audit.record(
                aggregate_kind="unit",
                aggregate_id=after.id,
                act="unit_founded" if before is None else "unit_changed",
                actor=actor,
                before=before.facts() if before else None,
                after=after.facts(),
                province_id=after.province_id,
            )
