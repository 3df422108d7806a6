"""To the leader: all errors mended, warnings explained, nothing newer than what the person saw; then sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock

from submission.application.checking import Checked, before, check_draft, forms_of
from submission.application.known import with_known
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.sealing import seal
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain import errors
from submission.domain.entry import Draft
from submission.domain.report import Report
from submission.domain.states import Action
from submission.domain.workflow import next_state


@dataclass(frozen=True, slots=True)
class SubmitReport:
    report_id: UUID
    expected_version: int
    actor: Actor
    last_edit: int | None = None
    """The last edit the person saw; None: whatever stands there now."""
    to_account_id: UUID | None = None
    explanations: Mapping[str, str] = field(default_factory=dict)
    nil: bool = False


@dataclass(frozen=True, slots=True)
class SubmitReportHandler:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def __call__(self, command: SubmitReport) -> Report:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.get(command.report_id)
            report.expect(command.expected_version)
            rules = await self.standings.rules(report.assignment)
            acting = await self.standings.acting(command.actor, report.assignment, rules)
            action = Action.SUBMIT_NIL if command.nil else Action.SUBMIT
            next_state(report.state, action, report.situation(acting, rules))
            marks = await self.standings.confirm(command.actor, action, report, rules)
            forms = await forms_of(uow, report.assignment)
            draft, checked = Draft(), Checked(())
            if not command.nil:
                draft, checked = await self._draft(uow, report, command, forms)
            state_before = report.state
            at = self.clock()
            number = report.revision + 1 if report.revisions.working.sealed else report.revision
            sealed, content = seal(
                report, number, forms, draft, checked.to_seal, command.explanations, nil=command.nil, at=at
            )
            to = str(command.to_account_id) if command.to_account_id else ""
            report.submit(acting, rules, sealed, to_account_id=to, nil=command.nil)
            await uow.reports.save(report)
            await uow.sealed.put(report.id, report.revision, content)
            uow.outbox.add(*told_by(report))
            uow.audit.record(
                aggregate_kind="report",
                aggregate_id=report.id,
                act=action.value,
                actor=command.actor,
                before={"state": state_before},
                after={"state": report.state, "revision": report.revision, "hash": sealed.canonical_hash},
                province_id=report.assignment.province_id,
                marks=marks,
            )
            await uow.commit()
        return report

    async def _draft(
        self, uow: UnitOfWork, report: Report, command: SubmitReport, forms: Sequence[PublishedForm]
    ) -> tuple[Draft, Checked]:
        draft = await uow.drafts.load(report.id, report.revision)
        if command.last_edit is not None:
            newer = draft.edited_since(command.last_edit, other_than=str(command.actor))
            if newer:
                raise errors.NewerEdits(command.last_edit, draft.last_edit, newer)
        if draft.empty(report.assignment.form_version_ids):
            raise errors.NothingEntered(report.assignment.nil_allowed)
        past = await before(uow, report.assignment, forms)
        checked = await with_known(uow, report, check_draft(report.assignment, forms, draft, past))
        if checked.errors:
            raise errors.FiguresHaveErrors(checked.errors)
        unexplained = checked.unexplained(command.explanations)
        if unexplained:
            raise errors.WarningsUnexplained(unexplained)
        return draft, checked
