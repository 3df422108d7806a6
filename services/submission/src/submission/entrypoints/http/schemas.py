"""What REST answers: snake_case, moments in UTC with Z, figures as strings with a point."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from kit.http import application
from pydantic import BaseModel, PlainSerializer

from submission.application.app import Application
from submission.application.queries.read_report import ReportView
from submission.domain.assignment import UnitAsItWas
from submission.domain.states import ACTION_NAMES, STATE_NAMES

App = Annotated[Application, Depends(application)]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_utc, return_type=str)]


class UnitOut(BaseModel):
    id: UUID
    code: str
    name: str

    @classmethod
    def of(cls, unit: UnitAsItWas) -> UnitOut:
        return cls(id=unit.id, code=unit.code, name=unit.name)


class RegimeOut(BaseModel):
    id: UUID
    code: str
    name: str


class PeriodOut(BaseModel):
    key: str
    label: str
    first_day: date | None = None
    last_day: date | None = None


class DeadlineOut(BaseModel):
    due_at: Moment
    rule: str
    article: str
    steps: list[str]
    calendar_version: str = ""


class WhyNotOut(BaseModel):
    code: str
    message: str
    rule: str | None = None
    remedy: str | None = None


class ActionOut(BaseModel):
    action: str
    name: str
    allowed: bool
    why_not: WhyNotOut | None
    needs_reason: bool
    in_signing: bool


class FilingOut(BaseModel):
    form_version_id: UUID
    form_id: UUID
    form_code: str
    form_name: str
    cells_filled: int
    cells_total: int
    errors: int
    warnings: int


class OneActOut(BaseModel):
    label: str
    steps: list[str]


class RevisionOut(BaseModel):
    number: int
    canonical_hash: str
    sealed_at: Moment | None
    accepted: bool
    nil: bool
    imported: bool


class PersonOut(BaseModel):
    account_id: str
    name: str


class ReportOut(BaseModel):
    id: UUID
    version: int
    state: str
    state_name: str
    revision: int
    accepted_revision: int | None
    canonical_hash: str
    unit: UnitOut
    lead_unit: UnitOut
    regime: RegimeOut
    period: PeriodOut
    deadline: DeadlineOut
    late: bool
    overdue: bool
    overdue_seconds: int
    released: bool
    imported: bool
    nil: bool
    nil_allowed: bool
    turn: str
    signing: str
    one_act: OneActOut | None
    submitted_by: PersonOut | None
    submitted_to: PersonOut | None
    approved_by: PersonOut | None
    first_sent_at: Moment | None
    sent_at: Moment | None
    taken_in_at: Moment | None
    taken_in_by: PersonOut | None
    accepted_at: Moment | None
    correction_asked_at: Moment | None
    correction_due_at: Moment | None
    number: str
    issued_on: str
    document_sha256: str
    last_edit: int
    sees_figures: bool
    outline: list[dict[str, Any]]
    filings: list[FilingOut]
    revisions: list[RevisionOut]
    actions: list[ActionOut]

    @classmethod
    def of(cls, view: ReportView) -> ReportOut:
        report, a, moments = view.report, view.report.assignment, view.report.moments
        accepted = report.revisions.accepted
        over = view.punctuality.overdue_by
        deadline = a.deadline
        return cls(
            id=report.id, version=report.version, state=report.state, state_name=STATE_NAMES[report.state],
            revision=report.revision, accepted_revision=accepted.number if accepted else None,
            canonical_hash=report.canonical_hash, unit=UnitOut.of(a.unit), lead_unit=UnitOut.of(a.lead_unit),
            regime=RegimeOut(id=a.regime_id, code=a.regime_code, name=a.regime_name),
            period=PeriodOut(
                key=a.period.key, label=a.period.label, first_day=a.period.first_day, last_day=a.period.last_day
            ),
            deadline=DeadlineOut(
                due_at=deadline.due_at, rule=deadline.rule, article=deadline.article,
                steps=list(deadline.steps), calendar_version=deadline.calendar_version,
            ),
            late=view.punctuality.late, overdue=view.punctuality.overdue,
            overdue_seconds=int(over.total_seconds()) if over else 0, released=a.released,
            imported=report.imported, nil=report.revisions.working.nil, nil_allowed=view.rules.nil_allowed,
            turn=view.turn, signing=view.rules.signing,
            one_act=OneActOut(label=view.rules.one_act.label, steps=list(view.rules.one_act.steps))
            if view.rules.one_act else None,
            submitted_by=person(moments.submitted_by, view.names),
            submitted_to=person(moments.submitted_to, view.names),
            approved_by=person(moments.approved_by, view.names), first_sent_at=moments.first_sent_at,
            sent_at=moments.sent_at, taken_in_at=moments.taken_in_at,
            taken_in_by=person(moments.taken_in_by, view.names), accepted_at=moments.accepted_at,
            correction_asked_at=moments.correction_asked_at, correction_due_at=moments.correction_due_at,
            number=report.signature.number, issued_on=report.signature.issued_on,
            document_sha256=report.signature.document_sha256, last_edit=view.last_edit,
            sees_figures=view.sees_figures,
            outline=[
                {"id": s.id, "heading": s.heading, "level": s.level, "guidance": s.guidance, "required": s.required}
                for s in a.outline
            ],
            filings=_filings(view), revisions=_revisions(view), actions=_actions(view),
        )  # fmt: skip


def person(who: str, names: Mapping[str, str]) -> PersonOut | None:
    return PersonOut(account_id=who, name=names.get(who, who)) if who else None


def _filings(view: ReportView) -> list[FilingOut]:
    return [
        FilingOut(
            form_version_id=each.form.id,
            form_id=each.form.form_id,
            form_code=each.form.code,
            form_name=each.form.name,
            cells_filled=each.cells_filled,
            cells_total=each.cells_total,
            errors=each.errors,
            warnings=each.warnings,
        )
        for each in view.filings
    ]


def _revisions(view: ReportView) -> list[RevisionOut]:
    return [
        RevisionOut(
            number=each.number,
            canonical_hash=each.canonical_hash,
            sealed_at=each.sealed_at,
            accepted=each.accepted,
            nil=each.nil,
            imported=each.imported,
        )
        for each in view.report.revisions.all
    ]


def _actions(view: ReportView) -> list[ActionOut]:
    return [
        ActionOut(
            action=each.action,
            name=ACTION_NAMES[each.action],
            allowed=each.allowed,
            why_not=WhyNotOut(
                code=each.why_not.code,
                message=each.why_not.message,
                rule=each.why_not.rule,
                remedy=each.why_not.remedy,
            )
            if each.why_not
            else None,
            needs_reason=each.needs_reason,
            in_signing=each.in_signing,
        )
        for each in view.actions
    ]
