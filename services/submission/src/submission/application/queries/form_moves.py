"""Before a report moves to newer versions of its forms: what would be kept, what has no place, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.errors import DomainError

from submission.application.moving import WaitingMove, waiting_moves
from submission.application.ports import OpenUnitOfWork
from submission.application.standing import Standings
from submission.domain.moving import MovedForm
from submission.domain.states import Action
from submission.domain.workflow import why_not


@dataclass(frozen=True, slots=True)
class FormMoves:
    waiting: Sequence[WaitingMove]
    last_edit: int
    why_not: DomainError | None
    """Why this person can't move the report now; None: nothing stands in the way."""
    done: Sequence[MovedForm]
    """The first move first."""


@dataclass(frozen=True, slots=True)
class PreviewFormMoves:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings

    async def __call__(self, actor: Actor, report_id: UUID) -> FormMoves:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            rules = await self.standings.rules(report.assignment)
            sight, acting = await self.standings.both(actor, report.assignment, rules)
            sight.require_figures(report)
            draft = await uow.drafts.load(report.id, report.revision)
            waiting = () if report.imported else await waiting_moves(uow, report.assignment, draft)
            done = await uow.form_moves.of_report(report.id)
        refusal = why_not(report.state, Action.ENTER, report.situation(acting, rules)) if waiting else None
        return FormMoves(waiting, draft.last_edit, refusal, done)
