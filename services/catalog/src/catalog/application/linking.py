"""Links between forms kept right when one of the two gets another version, or when the designer draws them anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from catalog.application.ports import UnitOfWork
from catalog.domain.form import Form, FormLink, FormVersion
from catalog.domain.form_links import carried_links, lost_sources


async def take_over_links(uow: UnitOfWork, form: Form, before: FormVersion, new: FormVersion) -> None:
    """A new draft reads the form's links by what its rows say; what has no place, here or at the forms that take
    figures from this one, is named to the designer. Versions in use keep theirs."""
    carried = carried_links(form.links, before.model, new.model)
    new.remark(carried.remarks())
    new.links = carried.kept
    published = await uow.forms.latest_published(form.province_id, form.id)
    if published is not None and published.id != before.id:
        # A draft that was a mistake loses no link of the version in use.
        filled = {(link.row, link.column) for link in new.links}
        again = carried_links(published.links, published.model, new.model).kept
        new.links += tuple(link for link in again if (link.row, link.column) not in filled)
    form.reread(new.links)
    await uow.forms.save(form)
    for code, links in (await uow.forms.filled_from(form.id)).items():
        sources = {(link.from_version_id, link.from_row, link.from_column): link for link in links}
        for anchor in (await _versions(uow, form.province_id, links)).values():
            read_in = [link for (version, *_), link in sources.items() if version == anchor.id]
            new.remark(lost_sources(code, read_in, anchor.model, new.model))


async def relink_versions(uow: UnitOfWork, form: Form, newest: FormVersion) -> None:
    """All versions learn the links drawn now, each in its own ids. What an older one fills in and the newest no longer
    has, keeps what filled it."""
    if newest.told == 0:
        newest.links = form.links
        await uow.forms.save_version(newest)
    for version in await uow.forms.told_versions(form.id):
        if version.id == newest.id:
            version.relink(form.links)
        else:
            gone = carried_links(version.links, version.model, newest.model).left
            drawn = carried_links(form.links, newest.model, version.model).kept
            version.relink((*drawn, *(link for link, _ in gone)))
        await uow.forms.save_version(version)
        uow.outbox.add(*version.pull_events())


async def anchored(uow: UnitOfWork, province_id: UUID, links: Sequence[FormLink]) -> Sequence[FormLink]:
    """A link drawn now names the newest published version of its source; one drawn earlier keeps the one it named."""
    latest = {
        id: await uow.forms.latest_published(province_id, id)
        for id in {link.from_form_id for link in links if link.from_version_id is None}
    }
    return [
        link
        if link.from_version_id or (source := latest[link.from_form_id]) is None
        else replace(link, from_version_id=source.id)
        for link in links
    ]


async def source_versions(
    uow: UnitOfWork, province_id: UUID, links: Sequence[FormLink]
) -> dict[UUID, FormVersion]:
    """The published versions that links name, by id."""
    found = await _versions(uow, province_id, links)
    return {id: version for id, version in found.items() if version.public}


async def _versions(uow: UnitOfWork, province_id: UUID, links: Sequence[FormLink]) -> dict[UUID, FormVersion]:
    named = {link.from_version_id for link in links if link.from_version_id is not None}
    return await uow.forms.versions_among(province_id, named) if named else {}
