"""Takes over figures that the system has already, one cell or all, and keeps where each came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.values import Blank, CellKey
from kit.actor import Actor
from kit.clock import Clock

from submission.application.allocating import closed_rows
from submission.application.checking import KnownOfForm
from submission.application.commands.enter_figures import (
    Saved,
    begin_entry,
    check_entered,
    form_in,
    save_entry,
)
from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings
from submission.domain.entry import FilingDraft, Road
from submission.domain.errors import nothing_known
from submission.domain.saving import CellChange, Entry


@dataclass(frozen=True, slots=True)
class TakeKnown:
    report_id: UUID
    form_version_id: UUID
    actor: Actor
    cells: Sequence[tuple[CellKey, int]] = ()
    """Named by the person, with the version seen: taken even over another figure. None named: every blank cell."""


@dataclass(frozen=True, slots=True)
class TakeKnownHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: TakeKnown) -> Saved:
        async with self.open_unit_of_work() as uow:
            report, draft = await begin_entry(
                uow, self.standings, command.report_id, command.actor, self.clock
            )
            form = await form_in(uow, report, command.form_version_id)
            filing = draft.filing(form.id)
            closed = await closed_rows(uow, self.standings, report.assignment, form)
            found = (await check_entered(uow, report, draft, form)).known
            known = {key: each for key, each in found.items() if key.row not in closed.whose}
            changes = [*_named(known, command.cells)] if command.cells else [*_blank(known, filing)]
            entry = Entry(draft, str(command.actor), self.clock(), Road.TAKEN)
            entry.cells(form.id, changes)
            entered = entry.done()
            checked = await check_entered(uow, report, draft, form)
            await save_entry(uow, report, entered, command.actor)
        return Saved(report, draft, entered, checked, touched=tuple(change.key for change in changes))


def _named(known: KnownOfForm, cells: Sequence[tuple[CellKey, int]]) -> Iterator[CellChange]:
    for key, expected in cells:
        if key not in known:
            raise nothing_known(key)
        best = known[key][0]
        yield CellChange(key, best.value, expected, origin=best.place)


def _blank(known: KnownOfForm, filing: FilingDraft) -> Iterator[CellChange]:
    for key, found in known.items():
        if isinstance(filing.value_of(key), Blank):
            yield CellChange(key, found[0].value, filing.version_of(key), origin=found[0].place)
