"""Everything that may be wrong with a report, form by form, and what its leader will have explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from forms.compute import whole, with_outside
from forms.cumulatives import at_the_start_of_a_year
from forms.expressions import Earlier, Elsewhere
from forms.messages import Message, Severity
from forms.together import Filing, Past, earlier_read, validate_together
from forms.values import CellKey, Figures

from submission.application.moving import moving_between, moving_of
from submission.application.ports import UnitOfWork
from submission.application.published import PublishedForm
from submission.domain.aggregation import SourceRevision
from submission.domain.assignment import Assignment, begins_a_year
from submission.domain.entry import Draft
from submission.domain.known import Known

KnownOfForm = Mapping[CellKey, tuple[Known, ...]]


@dataclass(frozen=True, slots=True)
class CheckedForm:
    form: PublishedForm
    figures: Figures
    computed: Figures
    messages: tuple[Message, ...]
    known: KnownOfForm = field(default_factory=dict)
    """Figures that the system has already, by the cell they are offered to; the best one first."""

    @property
    def to_seal(self) -> Figures:
        """What was entered, and what was computed from figures that may be others tomorrow."""
        return with_outside(self.form.model, self.figures, self.computed)

    def count(self, severity: Severity) -> int:
        return sum(message.severity is severity for message in self.messages)


@dataclass(frozen=True, slots=True)
class Checked:
    forms: tuple[CheckedForm, ...]
    narrative: tuple[Message, ...] = ()

    def found(self, severity: Severity) -> list[dict[str, Any]]:
        of_forms = [
            {
                "form_version_id": str(each.form.id),
                "form_name": each.form.name,
                **message.model_dump(mode="json"),
            }
            for each in self.forms
            for message in each.messages
            if message.severity is severity
        ]
        of_text = [
            {"form_version_id": None, "form_name": "", **message.model_dump(mode="json")}
            for message in self.narrative
            if message.severity is severity
        ]
        return of_forms + of_text

    def form(self, form_version_id: UUID) -> CheckedForm:
        return next(each for each in self.forms if each.form.id == form_version_id)

    @property
    def to_seal(self) -> Mapping[UUID, Figures]:
        return {each.form.id: each.to_seal for each in self.forms}

    @property
    def errors(self) -> list[dict[str, Any]]:
        return self.found(Severity.ERROR)

    def unexplained(self, explanations: Mapping[str, str]) -> list[dict[str, Any]]:
        """Warnings without a written explanation, by `warning_key`."""
        return [w for w in self.found(Severity.WARNING) if not explanations.get(warning_key(w), "").strip()]


def warning_key(warning: Mapping[str, Any]) -> str:
    """One warning, told apart by what it says and where."""
    parts = (warning.get("form_version_id"), warning.get("code"), warning.get("row"), warning.get("column"))
    return "/".join(str(part or "") for part in parts)


async def forms_of(uow: UnitOfWork, assignment: Assignment) -> Sequence[PublishedForm]:
    return [await uow.catalog.form(form) for form in assignment.form_version_ids]


@dataclass(frozen=True, slots=True)
class Before:
    """What the unit's accepted reports say that rules and formulas of this one look back at."""

    figures: Past
    mark: tuple[str, ...] = ()
    """Hashes of those reports: another mark, another judgement."""


NOTHING_BEFORE = Before({})


async def before(uow: UnitOfWork, assignment: Assignment, forms: Sequence[PublishedForm]) -> Before:
    """Only what some form refers to is read; a period without an accepted report of this unit is blank."""
    wanted = earlier_read([_filing(form, Figures(), forms) for form in forms])
    keys = {
        Earlier.PREVIOUS: assignment.period.previous_key,
        Earlier.LAST_YEAR: assignment.period.last_year_key,
    }
    found: dict[tuple[str, Earlier], Elsewhere] = {}
    marks: list[str] = []
    for at in sorted({at for _, at in wanted}):
        accepted = await _accepted(uow, assignment, keys[at])
        for version_id, figures in accepted.figures.items() if accepted else ():
            form = await uow.catalog.form(version_id)
            if (form.code, at) in wanted:
                found[form.code, at] = await _as_read_now(uow, form, figures, forms)
        marks.append(accepted.canonical_hash if accepted else "")
    if begins_a_year(assignment.period):
        for form in forms:
            if (asked := (form.code, Earlier.PREVIOUS)) in wanted:
                found[asked] = at_the_start_of_a_year(form.model, found.get(asked))
    return Before(found, tuple(marks))


async def _as_read_now(
    uow: UnitOfWork, form: PublishedForm, figures: Figures, forms: Sequence[PublishedForm]
) -> Elsewhere:
    """An earlier report made in another version of the form reads as this report's version does (ADR 0026); of a form
    that isn't in this report, as the version does that is asked for."""
    stated = whole(form.model, figures)
    here = next((each for each in forms if each.form_id == form.form_id), None)
    now = here or next((each.reads[form.code] for each in forms if form.code in each.reads), None)
    if now is None or now.id == form.id:
        return form.model.plan.elsewhere(stated)
    moving = await moving_of(uow, form, now)
    return now.model.plan.elsewhere(moving.reread(stated))


async def _accepted(uow: UnitOfWork, assignment: Assignment, period_key: str) -> SourceRevision | None:
    if not period_key:
        return None
    found = await uow.sealed.accepted_of(assignment.regime_id, period_key, assignment.unit.id)
    return next(iter(found), None)


def check(
    forms: Sequence[PublishedForm], figures: Mapping[UUID, Figures], past: Before, *, sealed: bool = False
) -> Checked:
    """``sealed``: what was computed from earlier figures then is not computed from today's."""
    filings = [_filing(form, figures.get(form.id, Figures()), forms) for form in forms]
    validations = validate_together(filings, past.figures, sealed=sealed)
    return Checked(
        tuple(
            CheckedForm(form, filing.figures, validation.computed, validation.messages)
            for form, filing, validation in zip(forms, filings, validations, strict=True)
        )
    )


def _filing(form: PublishedForm, figures: Figures, forms: Sequence[PublishedForm]) -> Filing:
    """A form names cells of another in the ids of the version it was written for, whichever the report has."""
    reads = {
        other.code: moving_between(other, read, {})
        for other in forms
        if (read := form.reads.get(other.code)) is not None and read.id != other.id
    }
    return Filing(form.code, form.model, figures, reads)


_SEALED: dict[tuple[str, tuple[str, ...]], Checked] = {}
_MOST_SEALED = 1000


def check_sealed(
    canonical_hash: str, forms: Sequence[PublishedForm], figures: Mapping[UUID, Figures], past: Before
) -> Checked:
    """As `check`; what is sealed never changes, so it is checked once in a process."""
    known = _SEALED.get((canonical_hash, past.mark))
    if known is None:
        if len(_SEALED) > _MOST_SEALED:
            _SEALED.clear()
        known = _SEALED[canonical_hash, past.mark] = check(forms, figures, past, sealed=True)
    return known


def check_draft(
    assignment: Assignment, forms: Sequence[PublishedForm], draft: Draft, past: Before
) -> Checked:
    checked = check(forms, {form.id: draft.filing(form.id).figures() for form in forms}, past)
    written = {name for name, section in draft.sections.items() if section.text.strip()}
    missing = [section for section in assignment.outline if section.required and section.id not in written]
    return Checked(
        checked.forms,
        tuple(
            Message(
                code="submission.narrative.section_missing",
                severity=Severity.ERROR,
                message=f"Mục «{section.heading}» của đề cương chưa có nội dung.",
                row=section.id,
            )
            for section in missing
        ),
    )
