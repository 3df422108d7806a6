"""The published forms that a form refers to, and those that these read in turn."""

from __future__ import annotations

from forms.model import FormModel
from forms.publishing import Neighbours

from catalog.application.ports import UnitOfWork
from catalog.domain.form import FormVersion


async def neighbours_of(uow: UnitOfWork, version: FormVersion, model: FormModel) -> Neighbours:
    """``model``: that of the version, or what it would be with the rules on trial."""
    asked: set[str] = {version.code}
    found: dict[str, FormModel] = {}
    wanted = model.plan.forms_named - asked
    while wanted:
        asked |= wanted
        newly = await uow.forms.newest_published(version.province_id, wanted)
        found |= newly
        wanted = frozenset(code for each in newly.values() for code in each.plan.forms_read) - asked
    return Neighbours(version.code, found)
