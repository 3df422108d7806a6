"""One change of a form's version: found behind the caller's wall, judged, saved, recorded, all or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from kit.directory.records import Weight

from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import DESIGN_RIGHTS, Someone, Whereabouts
from catalog.domain.form import FormVersion


class OfVersion(Protocol):
    """A command that names the version it changes, as its caller saw it last."""

    @property
    def form_version_id(self) -> UUID: ...

    @property
    def expected_version(self) -> int: ...


@dataclass(slots=True)
class VersionChange:
    """What the act does within; `before` and `after` are what the record will say of it."""

    uow: UnitOfWork
    version: FormVersion
    before: Any = None
    after: Any = None


@asynccontextmanager
async def changing_version(
    open_unit_of_work: OpenUnitOfWork,
    whereabouts: Whereabouts,
    someone: Someone,
    command: OfVersion,
    act: str,
    *,
    weight: Weight = "entry",
) -> AsyncIterator[VersionChange]:
    """Needs a right of design at the version's owner; nothing is kept if the act raises."""
    async with open_unit_of_work() as uow:
        version = await uow.forms.get_version(someone.province_id, command.form_version_id, for_update=True)
        marks = await whereabouts.require(someone, DESIGN_RIGHTS, version.owner_unit_id, weight=weight)
        version.expect(command.expected_version)
        change = VersionChange(uow, version)
        yield change
        await uow.forms.save_version(version)
        uow.outbox.add(*version.pull_events())
        uow.audit.record(
            aggregate_kind="form_version",
            aggregate_id=version.id,
            act=act,
            actor=someone.actor,
            before=change.before,
            after=change.after,
            province_id=version.province_id,
            marks=marks,
        )
        await uow.commit()
