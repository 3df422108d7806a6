"""One unit's answer to one assignment, and the only place where its state is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from submission.domain import errors, workflow
from submission.domain.acts import ACT_NOTES, Act, Moments, PinnedCell, Receipt, Sealed
from submission.domain.assignment import Assignment
from submission.domain.events import HAPPENED, FormRenewed, Happened, ReportEvent
from submission.domain.incident import FallbackDocument
from submission.domain.punctuality import Punctuality, arrived_late, judge
from submission.domain.revisions import Revisions, first_revision
from submission.domain.rules import Rules
from submission.domain.states import Action, State
from submission.domain.workflow import Acting, Situation


@dataclass(frozen=True, slots=True)
class Signature:
    """What signing has told about the working revision."""

    number: str = ""
    issued_on: str = ""
    document_sha256: str = ""


@dataclass(slots=True)
class Report:
    id: UUID
    assignment: Assignment
    state: State
    version: int
    revisions: Revisions
    moments: Moments = field(default_factory=Moments)
    signature: Signature = Signature()
    enterers: frozenset[str] = frozenset()
    """Accounts that entered something of the working revision."""
    imported: bool = False
    last_act: Act | None = None
    new_acts: list[Act] = field(default_factory=list)
    new_receipts: list[Receipt] = field(default_factory=list)
    events: list[ReportEvent] = field(default_factory=list)

    @classmethod
    def assign(cls, report_id: UUID, assignment: Assignment, at: datetime, by: str, by_name: str) -> Report:
        report = cls(report_id, assignment, State.ASSIGNED, 1, first_revision(at, by))
        if assignment.released:
            report._tell(Happened.ASSIGNED, by, by_name, at)
        return report

    @classmethod
    def bring_in(cls, report_id: UUID, assignment: Assignment, at: datetime, by: str) -> Report:
        """A report of before the system: it has no life here, only figures and where they come from."""
        return cls(report_id, assignment, State.ACCEPTED, 1, first_revision(at, by), imported=True)

    def stand_as_accepted(self, sealed: Sealed, who: str, name: str) -> None:
        revisions = self.revisions.seal(sealed.canonical_hash, sealed.at, nil=False).accept()
        self.revisions = Revisions(tuple(replace(each, imported=True) for each in revisions.all))
        self.enterers = frozenset({who})
        self.new_acts.append(Act(Action.ENTER, State.ACCEPTED, State.ACCEPTED, 1, who, name, sealed.at))

    @property
    def revision(self) -> int:
        return self.revisions.working.number

    @property
    def canonical_hash(self) -> str:
        return self.revisions.working.canonical_hash

    @property
    def owed(self) -> bool:
        """It lies with its unit, not with the lead agency."""
        return self.state in workflow.NOT_SENT_YET

    def expect(self, version: int) -> None:
        if version != self.version:
            raise errors.ReportMovedOn(version, self.version)

    def punctuality(self, now: datetime) -> Punctuality:
        moments = self.moments
        return judge(
            self.assignment.deadline.due_at,
            now,
            first_sent_at=moments.first_sent_at,
            owed=self.owed and not self.imported,
            correction_due_at=moments.correction_due_at,
        )

    def situation(self, acting: Acting, rules: Rules, reason: str | None = None) -> Situation:
        assignment = self.assignment
        return Situation(
            rules=rules,
            acting=acting,
            reason=reason,
            enterers=self.enterers,
            submitted_by=self.moments.submitted_by or None,
            handled_since=self.last_act is not None and self.last_act.who != self.moments.submitted_by,
            released=assignment.released,
            taken_in=self.moments.taken_in_at is not None,
            correction_asked=self.moments.correction_asked_at is not None,
            lead_unit_name=assignment.lead_unit.name,
            regime_name=assignment.regime_name,
        )

    def released(self, assignment: Assignment, who: str, name: str, at: datetime) -> None:
        """The lead agency has given it out: from now on it waits for its unit."""
        self.assignment = assignment
        self._tell(Happened.ASSIGNED, who, name, at)

    def deadline_moved(self, assignment: Assignment, who: str, at: datetime) -> None:
        """By the calendar; whoever still has to send the report is told."""
        self.assignment = assignment
        if assignment.released and self.state in workflow.NOT_SENT_YET:
            self._tell(Happened.DEADLINE_MOVED, who, "", at)

    def form_renewed(self, renewed: FormRenewed, who: str, at: datetime) -> None:
        """It keeps the version it has; whoever still has to send it is told that there is a newer one."""
        if self.assignment.released and self.state in workflow.NOT_SENT_YET:
            self._tell(Happened.FORM_RENEWED, who, "", at, renewed=renewed)

    def begin_entry(self, acting: Acting, rules: Rules, at: datetime) -> bool:
        """Opens the report for figures; True if a new revision was begun as a copy of the last."""
        before = self.state
        to = workflow.next_state(before, Action.ENTER, self.situation(acting, rules))
        self.enterers |= {acting.who}
        if to is before:
            return False
        copied = self.revisions.working.sealed
        if copied:
            self._begin_next_revision(at, acting.who)
        self._move(Action.ENTER, to, acting, at)
        return copied

    def submit(
        self, acting: Acting, rules: Rules, sealed: Sealed, *, to_account_id: str = "", nil: bool = False
    ) -> None:
        action = Action.SUBMIT_NIL if nil else Action.SUBMIT
        to = workflow.next_state(self.state, action, self.situation(acting, rules))
        if self.revisions.working.sealed:
            self._begin_next_revision(sealed.at, acting.who)
        if nil:
            self.enterers |= {acting.who}
        self.revisions = self.revisions.seal(sealed.canonical_hash, sealed.at, nil=nil)
        self.moments = replace(self.moments, submitted_by=acting.who, submitted_to=to_account_id)
        self._move(action, to, acting, sealed.at, to_account_id=to_account_id)

    def act(
        self,
        action: Action,
        acting: Acting,
        rules: Rules,
        at: datetime,
        *,
        reason: str = "",
        comment: str = "",
        pinned: Sequence[PinnedCell] = (),
        correction_due_at: datetime | None = None,
    ) -> None:
        """Every act that needs nothing but the table: checks, approvals, returns, recall, the lead agency's."""
        to = workflow.next_state(self.state, action, self.situation(acting, rules, reason))
        note = ACT_NOTES.get(action)
        if note is not None:
            self.moments = note(self.moments, acting.who, at)
        if action in workflow.GOES_BACK:
            self._undo(correction_due_at)
        self._move(action, to, acting, at, reason=reason, comment=comment, pinned=pinned)

    def send(
        self,
        acting: Acting,
        rules: Rules,
        at: datetime,
        receipt_id: UUID,
        fallback: FallbackDocument | None = None,
    ) -> Receipt:
        to = workflow.next_state(self.state, Action.SEND, self.situation(acting, rules))
        first = self.moments.first_sent_at or (fallback.arrived_at if fallback else at)
        self.moments = replace(self.moments, first_sent_at=first, sent_at=at, correction_due_at=None)
        deadline, revision = self.assignment.deadline, self.revisions.working
        receipt = Receipt(
            id=receipt_id, report_id=self.id, revision=revision.number, canonical_hash=revision.canonical_hash,
            sent_by=acting.who, sent_by_name=acting.name, sent_at=at, due_at=deadline.due_at,
            late=arrived_late(deadline.due_at, first), rule=deadline.rule, article=deadline.article,
            number=self.signature.number, issued_on=self.signature.issued_on,
            document_sha256=self.signature.document_sha256, nil=revision.nil,
        )  # fmt: skip
        if fallback is not None:
            receipt = replace(
                receipt,
                incident_id=fallback.incident_id,
                fallback_number=fallback.number,
                fallback_issued_on=fallback.issued_on.isoformat(),
                fallback_sha256=fallback.sha256,
            )
        self.new_receipts.append(receipt)
        self._move(Action.SEND, to, acting, at, late=receipt.late, receipt_id=str(receipt.id))
        return receipt

    def accept(self, acting: Acting, rules: Rules, at: datetime, *, comment: str = "") -> None:
        """The working revision becomes the accepted one; an earlier accepted one is replaced."""
        replaced = self.revisions.accepted
        self.act(Action.ACCEPT, acting, rules, at, comment=comment)
        self.revisions = self.revisions.accept()
        if replaced is not None:
            self._tell(Happened.CORRECTED, acting.who, acting.name, at, replaced_revision=replaced.number)

    def signed(
        self, action: Action, acting: Acting, rules: Rules, at: datetime, signature: Signature
    ) -> None:
        """Signing has told: the leader has signed, or the agency has issued."""
        to = workflow.next_state(self.state, action, self.situation(acting, rules))
        self.signature = signature
        self._move(action, to, acting, at)

    def is_current(self, revision: int, canonical_hash: str) -> bool:
        """Whether a signature made for this revision and hash still means this report."""
        working = self.revisions.working
        return (working.number, working.canonical_hash) == (revision, canonical_hash)

    def pull_events(self) -> list[ReportEvent]:
        events, self.events = self.events, []
        return events

    def _begin_next_revision(self, at: datetime, by: str) -> None:
        self.revisions = self.revisions.begin_next(at, by)
        self.enterers = frozenset({by})
        self.signature = Signature()

    def _undo(self, correction_due_at: datetime | None) -> None:
        """Back with the unit: signatures are made again, and what was asked is answered."""
        self.signature = Signature()
        self.moments = replace(
            self.moments,
            approved_by="",
            taken_in_at=None,
            taken_in_by="",
            accepted_at=None,
            correction_asked_at=None,
            correction_due_at=correction_due_at,
        )

    def _move(
        self,
        action: Action,
        to: State,
        acting: Acting,
        at: datetime,
        *,
        reason: str = "",
        comment: str = "",
        pinned: Sequence[PinnedCell] = (),
        **told: Any,
    ) -> None:
        act = Act(
            action, self.state, to, self.revision, acting.who, acting.name, at, reason, comment, tuple(pinned)
        )
        self.state = to
        self.version += 1
        self.last_act = act
        self.new_acts.append(act)
        if (happened := HAPPENED.get(action)) is not None:
            back = action in workflow.GOES_BACK
            addressee = {"to_account_id": self._correcting_account(), "places": act.pinned} if back else {}
            self._tell(
                happened, acting.who, acting.name, at, action=action, reason=reason, **{**addressee, **told}
            )

    def _correcting_account(self) -> str:
        return self.moments.submitted_by or next(iter(sorted(self.enterers)), "")

    def _tell(self, happened: Happened, who: str, name: str, at: datetime, **told: Any) -> None:
        event = ReportEvent(
            happened=happened, report_id=self.id, revision=self.revision, report_version=self.version,
            state=self.state, canonical_hash=self.canonical_hash, who=who, who_name=name, at=at,
        )  # fmt: skip
        self.events.append(replace(event, **told))
