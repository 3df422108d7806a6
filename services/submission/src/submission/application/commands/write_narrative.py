"""The narrative by the outline's sections, each with a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.legacy import refuse_legacy
from kit.actor import Actor
from kit.clock import Clock

from submission.application.commands.enter_figures import begin_entry, save_entry
from submission.application.legacy_text import legacy_in_sections
from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings
from submission.domain.entry import Draft, Road
from submission.domain.errors import not_in_report
from submission.domain.report import Report
from submission.domain.saving import Entered, Entry, SectionChange


@dataclass(frozen=True, slots=True)
class WriteNarrative:
    report_id: UUID
    actor: Actor
    sections: Sequence[SectionChange]
    road: Road = Road.GRID


@dataclass(frozen=True, slots=True)
class WriteNarrativeHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: WriteNarrative) -> tuple[Report, Draft, Entered]:
        async with self.open_unit_of_work() as uow:
            report, draft = await begin_entry(
                uow, self.standings, command.report_id, command.actor, self.clock
            )
            outlined = {section.id for section in report.assignment.outline}
            for section in command.sections:
                if section.id not in outlined:
                    raise not_in_report(f"mục đề cương «{section.id}»")
            refuse_legacy(
                legacy_in_sections((section.id, section.text) for section in command.sections),
                await self.standings.unicode_source(report.assignment),
            )
            entry = Entry(draft, str(command.actor), self.clock(), command.road)
            entry.sections(command.sections)
            entered = entry.done()
            await save_entry(uow, report, entered, command.actor)
        return report, draft, entered
