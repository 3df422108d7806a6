"""Cells and paragraphs that whoever returns a report points at: each must be there, and say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from forms.model import CellKind
from forms.naming import form_cell
from forms.values import Figures

from submission.application.checking import forms_of
from submission.application.ports import SealedContent, UnitOfWork
from submission.application.published import PublishedForm
from submission.domain.acts import PinnedCell
from submission.domain.errors import PinUnknown, PinWithoutNote
from submission.domain.report import Report

MARKABLE = (CellKind.INPUT, CellKind.COMPUTED)


async def checked_pins(uow: UnitOfWork, report: Report, pinned: Sequence[PinnedCell]) -> Sequence[PinnedCell]:
    """As they are kept: each with its form. Refuses a place the sealed revision doesn't have."""
    if not pinned:
        return ()
    forms = await forms_of(uow, report.assignment)
    sealed = await uow.sealed.get(report.id, report.revision)
    sections = {section.id for section in report.assignment.outline}
    return [_checked(pin, number, forms, sealed, sections) for number, pin in enumerate(pinned)]


def _checked(
    pin: PinnedCell,
    number: int,
    forms: Sequence[PublishedForm],
    sealed: SealedContent | None,
    sections: Iterable[str],
) -> PinnedCell:
    note = pin.note.strip()
    if not note:
        raise PinWithoutNote(number)
    if pin.section_id:
        if pin.section_id not in sections:
            raise PinUnknown(number, f"mục đề cương «{pin.section_id}»")
        return replace(pin, form_version_id=None, row="", column="", note=note)
    form = _form_of(pin, forms)
    if form is None:
        raise PinUnknown(number, "biểu đã nêu")
    figures = sealed.figures.get(form.id, Figures()) if sealed else Figures()
    cell = form_cell(form.model, figures, pin.row, pin.column)
    if cell is None or cell.kind not in MARKABLE:
        raise PinUnknown(number, f"ô số liệu {pin.row}/{pin.column}")
    return replace(pin, form_version_id=form.id, note=note)


def _form_of(pin: PinnedCell, forms: Sequence[PublishedForm]) -> PublishedForm | None:
    """A report of one form needs no name of it."""
    if pin.form_version_id is None:
        return forms[0] if len(forms) == 1 else None
    return next((form for form in forms if form.id == pin.form_version_id), None)
