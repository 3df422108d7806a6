"""Everything that may be wrong with a report, form by form, and what its leader will have explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.messages import Message, Severity
from forms.validation import validate
from forms.values import Figures

from submission.application.ports import PublishedForm, UnitOfWork
from submission.domain.assignment import Assignment
from submission.domain.entry import Draft


@dataclass(frozen=True, slots=True)
class CheckedForm:
    form: PublishedForm
    figures: Figures
    computed: Figures
    messages: tuple[Message, ...]

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


def check_form(form: PublishedForm, figures: Figures) -> CheckedForm:
    validation = validate(form.model, figures)
    return CheckedForm(form, figures, validation.computed, tuple(validation.messages))


def check(forms: Sequence[PublishedForm], figures: Mapping[UUID, Figures]) -> Checked:
    return Checked(tuple(check_form(form, figures.get(form.id, Figures())) for form in forms))


_SEALED: dict[tuple[str, UUID], CheckedForm] = {}
_MOST_SEALED = 1000


def check_sealed(
    canonical_hash: str, forms: Sequence[PublishedForm], figures: Mapping[UUID, Figures]
) -> Checked:
    """As `check`; what is sealed never changes, so it is checked once in a process."""
    if len(_SEALED) > _MOST_SEALED:
        _SEALED.clear()
    for form in forms:
        if (canonical_hash, form.id) not in _SEALED:
            _SEALED[canonical_hash, form.id] = check_form(form, figures.get(form.id, Figures()))
    return Checked(tuple(_SEALED[canonical_hash, form.id] for form in forms))


def check_draft(assignment: Assignment, forms: Sequence[PublishedForm], draft: Draft) -> Checked:
    checked = check(forms, {form.id: draft.filing(form.id).figures() for form in forms})
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
