"""Entries of the shared catalogues are registered, changed, retired; removed only while nothing uses them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from catalog.application.entries import EntryKeeper
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import DESIGN_RIGHTS, Whereabouts
from catalog.domain.catalogue_errors import EntryInUse
from catalog.domain.shared import EntryKind, EntryTerms, SharedEntry


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    kind: EntryKind
    code: str
    terms: EntryTerms
    actor: Actor


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    entry_id: UUID
    expected_version: int
    terms: EntryTerms
    retired: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    entry_id: UUID
    expected_version: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class KeepEntriesHandler:
    """The catalogues are the whole province's, so the right is held over its root."""

    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    keeper: EntryKeeper
    clock: Clock
    make_id: Callable[[], UUID]

    async def register(self, command: RegisterEntry) -> SharedEntry:
        someone = await self.whereabouts.of(command.actor)
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, someone.province_id)
        await self.keeper.begun(someone.province_id)
        entry = SharedEntry.register(
            self.make_id(),
            province_id=someone.province_id,
            kind=command.kind,
            code=command.code,
            terms=command.terms,
            at=self.clock(),
        )
        async with self.open_unit_of_work() as uow:
            await uow.entries.add(entry, str(command.actor))
            _recorded(uow, entry, "register", command.actor, marks)
            await uow.commit()
        return entry

    async def change(self, command: ChangeEntry) -> SharedEntry:
        someone = await self.whereabouts.of(command.actor)
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, someone.province_id)
        async with self.open_unit_of_work() as uow:
            entry = await uow.entries.get(someone.province_id, command.entry_id, for_update=True)
            entry.expect(command.expected_version)
            before = _said(entry)
            used = bool(await uow.entries.used_by(entry.id))
            entry.change(command.terms, retired=command.retired, used=used, at=self.clock())
            await uow.entries.save(entry, str(command.actor))
            _recorded(uow, entry, "change", command.actor, marks, before)
            await uow.commit()
        return entry

    async def remove(self, command: RemoveEntry) -> None:
        someone = await self.whereabouts.of(command.actor)
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, someone.province_id)
        async with self.open_unit_of_work() as uow:
            entry = await uow.entries.get(someone.province_id, command.entry_id, for_update=True)
            entry.expect(command.expected_version)
            if used := await uow.entries.used_by(entry.id):
                raise EntryInUse(entry.terms.name, used)
            await uow.entries.remove(entry)
            _recorded(uow, entry, "remove", command.actor, marks)
            await uow.commit()


def _recorded(
    uow: UnitOfWork,
    entry: SharedEntry,
    act: str,
    actor: Actor,
    marks: dict[str, object],
    before: dict[str, Any] | None = None,
) -> None:
    uow.audit.record(
        aggregate_kind="shared_entry",
        aggregate_id=entry.id,
        act=act,
        actor=actor,
        before=before,
        after=_said(entry),
        province_id=entry.province_id,
        marks=marks,
    )


def _said(entry: SharedEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "code": entry.code,
        "name": entry.terms.name,
        "retired": entry.retired,
        "items": [f"{item.code} {item.name}" for item in entry.terms.items],
    }
