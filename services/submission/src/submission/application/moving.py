"""Figures of one version of a form read in another: for a report that moves, an aggregate, a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from forms.merged import Merged
from forms.model import FormModel
from forms.moving import Fallen, Moved, Moving
from forms.values import Figures

from submission.application.ports import UnitOfWork
from submission.application.published import PublishedForm
from submission.domain.assignment import Assignment
from submission.domain.entry import Draft
from submission.domain.moving import FallenFigure


@dataclass(frozen=True, slots=True)
class WaitingMove:
    """A form of a report whose regime names a newer version by now."""

    before: PublishedForm
    after: PublishedForm
    moving: Moving
    figures: Figures
    moved: Moved


@dataclass(frozen=True, slots=True)
class Carried:
    """The figures of one form as a version of it reads them."""

    figures: Figures
    fallen: tuple[Fallen, ...] = ()
    of: PublishedForm | None = None
    """The version they were entered in; None: nothing was entered."""


_Key = tuple[UUID, UUID, frozenset[tuple[str, str]]]
_MOVINGS: dict[_Key, Moving] = {}
_MOST_MOVINGS = 256


async def moving_of(uow: UnitOfWork, before: Version, after: Version) -> Moving:
    return moving_between(before, after, await uow.catalog.merged_indicators())


class Version(Protocol):
    """A published version of a form, whole or as another one reads it."""

    @property
    def id(self) -> UUID: ...

    @property
    def model(self) -> FormModel: ...


def moving_between(before: Version, after: Version, merged: Merged) -> Moving:
    """Published versions never change: what is the same in two of them is worked out once for each state of the mergers."""
    key = (before.id, after.id, frozenset(merged.items()))
    known = _MOVINGS.get(key)
    if known is None:
        if len(_MOVINGS) >= _MOST_MOVINGS:
            _MOVINGS.clear()
        known = _MOVINGS[key] = Moving(before.model, after.model, merged)
    return known


async def waiting_moves(uow: UnitOfWork, assignment: Assignment, draft: Draft) -> Sequence[WaitingMove]:
    """In the order of the report's forms; none while the regime names the versions the report has."""
    regime = await uow.catalog.regime(assignment.regime_id)
    if set(regime.form_version_ids) == set(assignment.form_version_ids):
        return ()
    current = [await uow.catalog.form(form) for form in regime.form_version_ids]
    found: list[WaitingMove] = []
    for version_id in assignment.form_version_ids:
        before = await uow.catalog.form(version_id)
        after = next((form for form in current if form.form_id == before.form_id), before)
        if after.number > before.number:
            moving, figures = await moving_of(uow, before, after), draft.filing(before.id).figures()
            found.append(WaitingMove(before, after, moving, figures, moving(figures)))
    return found


async def version_in(
    uow: UnitOfWork, form: PublishedForm, by_version: Mapping[UUID, Figures]
) -> PublishedForm | None:
    """The version of this form that the figures were entered in."""
    if form.id in by_version:
        return form
    for version_id in by_version:
        other = await uow.catalog.form(version_id)
        if other.form_id == form.form_id:
            return other
    return None


async def carried(uow: UnitOfWork, form: PublishedForm, by_version: Mapping[UUID, Figures]) -> Carried:
    """As this version reads them, whichever version of the same form they were entered in."""
    entered_in = await version_in(uow, form, by_version)
    if entered_in is None:
        return Carried(Figures())
    if entered_in.id == form.id:
        return Carried(by_version[form.id], of=form)
    moving = await moving_of(uow, entered_in, form)
    moved = moving(by_version[entered_in.id])
    return Carried(moved.kept, moved.fallen, entered_in)


def fallen_figure(fallen: Fallen) -> FallenFigure:
    name = fallen.name
    return FallenFigure(
        *fallen.key, name.sheet, name.in_words(), fallen.value, fallen.reason.value, fallen.words
    )
