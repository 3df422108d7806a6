"""Who corrects a returned report marks each place it was returned for as dealt with, or takes the mark away."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from forms.text import nfc
from kit.actor import Actor
from kit.clock import Clock

from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings
from submission.domain.acts import Settled, last_return
from submission.domain.errors import PinClosed, not_in_report
from submission.domain.states import Action
from submission.domain.workflow import next_state


@dataclass(frozen=True, slots=True)
class SettlePlace:
    report_id: UUID
    act: int
    """The act that returned the report, by its number in the history."""
    place: int
    done: bool
    actor: Actor
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SettlePlaceHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: SettlePlace) -> None:
        """Open to whoever may enter figures now; the report itself doesn't move by it."""
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.get(command.report_id)
            rules = await self.standings.rules(report.assignment)
            acting = await self.standings.acting(command.actor, report.assignment, rules)
            next_state(report.state, Action.ENTER, report.situation(acting, rules))
            marks = await self.standings.confirm(command.actor, Action.ENTER, report, rules)
            returned = last_return(await uow.reports.acts(report.id))
            if returned is None or returned.sequence != command.act:
                raise PinClosed()
            if command.place >= len(returned.pinned):
                raise not_in_report(f"chỗ cần sửa số {command.place + 1} trong lần trả lại này")
            answer = nfc(command.answer).strip()
            settled = Settled(
                command.act, command.place, command.done, answer, acting.who, acting.name, self.clock()
            )
            await uow.reports.settle(report.id, settled)
            uow.audit.record(
                aggregate_kind="report",
                aggregate_id=report.id,
                act="settle_place",
                actor=command.actor,
                after={"act": command.act, "place": command.place, "done": command.done, "answer": answer},
                province_id=report.assignment.province_id,
                marks=marks,
            )
            await uow.commit()
