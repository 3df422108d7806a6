"""The published forms that a form refers to, and those that these read in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from forms.carrying import Carrying
from forms.model import FormModel
from forms.publishing import Neighbours

from catalog.application.ports import UnitOfWork
from catalog.domain.form import FormVersion


@dataclass(frozen=True, slots=True)
class Around:
    """The newest published version of each, by code."""

    code: str
    versions: Mapping[str, FormVersion]

    @property
    def forms(self) -> Neighbours:
        return Neighbours(self.code, {code: each.model for code, each in self.versions.items()})

    def read_by(self, model: FormModel) -> dict[str, UUID]:
        return {code: self.versions[code].id for code in model.plan.forms_named if code in self.versions}


async def neighbours_of(uow: UnitOfWork, version: FormVersion, model: FormModel) -> Around:
    """``model``: that of the version, or what it would be with the rules on trial."""
    asked: set[str] = {version.code}
    found: dict[str, FormVersion] = {}
    wanted = model.plan.forms_named - asked
    while wanted:
        asked |= wanted
        newly = await uow.forms.newest_published(version.province_id, wanted)
        found |= newly
        wanted = frozenset(code for each in newly.values() for code in each.model.plan.forms_read) - asked
    return Around(version.code, found)


async def others_carried(uow: UnitOfWork, version: FormVersion) -> Mapping[str, Carrying]:
    """The forms that a version reads, each from the one it was written for to the newest, where these differ."""
    newest = await uow.forms.newest_published(version.province_id, version.reads)
    found: dict[str, Carrying] = {}
    for code, read in version.reads.items():
        if code in newest and newest[code].id != read:
            before = await uow.forms.get_version(version.province_id, read)
            found[code] = Carrying(before.model, newest[code].model)
    return found
