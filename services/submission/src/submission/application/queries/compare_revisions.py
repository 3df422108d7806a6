"""Two revisions of a report side by side: only what differs, each cell with its name, unit and both values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.compute import compute
from forms.difference import CellChange, difference
from forms.naming import CellName, form_cell, name_of, number_of
from forms.values import CellKey, Figures, Value
from kit.actor import Actor
from kit.errors import NotFound

from submission.application.checking import forms_of
from submission.application.moving import carried, version_in
from submission.application.ports import OpenUnitOfWork, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.standing import Sight, Standings
from submission.domain.errors import not_in_report
from submission.domain.report import Report
from submission.domain.revisions import Revision


@dataclass(frozen=True, slots=True)
class ChangedCell:
    row: str
    column: str
    name: CellName
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list that only one of the two revisions has."""

    row: str
    number: int
    cells: Sequence[tuple[CellName, Value]]


@dataclass(frozen=True, slots=True)
class FormDifference:
    form: PublishedForm
    cells: Sequence[ChangedCell]
    rows_added: Sequence[ListedRow]
    rows_removed: Sequence[ListedRow]
    rows_moved: int

    @property
    def nothing(self) -> bool:
        return not (self.cells or self.rows_added or self.rows_removed or self.rows_moved)


@dataclass(frozen=True, slots=True)
class SectionDifference:
    id: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Compared:
    report: Report
    before: Revision
    after: Revision
    choices: Sequence[Revision]
    """What this person may compare, the oldest first."""
    forms: Sequence[FormDifference]
    narrative: Sequence[SectionDifference]


@dataclass(frozen=True, slots=True)
class _Content:
    figures: Mapping[UUID, Figures]
    narrative: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompareRevisions:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings

    async def __call__(
        self, actor: Actor, report_id: UUID, before: int | None = None, after: int | None = None
    ) -> Compared:
        """Unless named: the newest against the one before it, of those this person may see."""
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            sight = await self.standings.sight(actor, report.assignment)
            sight.require_figures(report)
            choices = await visible_revisions(uow, report, sight)
            new = _chosen(choices, after) if after is not None else choices[-1]
            old = _chosen(choices, before) if before is not None else _earlier(choices, new)
            forms = await forms_of(uow, report.assignment)
            contents = [await _content(uow, report, revision, forms) for revision in (old, new)]
            compared = [await _in_one_version(uow, form, contents) for form in forms]
        narrative = _of_narrative(report, contents[0].narrative, contents[1].narrative)
        return Compared(report, old, new, choices, compared, narrative)


async def visible_revisions(uow: UnitOfWork, report: Report, sight: Sight) -> Sequence[Revision]:
    """The unit sees all of its own; the lead agency what was sent to it, never what a leader returned inside."""
    if sight.of_unit:
        return report.revisions.all
    sent = {receipt.revision for receipt in await uow.reports.receipts(report.id)}
    return [each for each in report.revisions.all if each.number in sent or each.accepted or each.imported]


def _chosen(choices: Sequence[Revision], number: int) -> Revision:
    found = next((each for each in choices if each.number == number), None)
    if found is None:
        raise not_in_report(f"lần trình {number} mà bạn xem được")
    return found


def _earlier(choices: Sequence[Revision], than: Revision) -> Revision:
    found = [each for each in choices if each.number < than.number]
    if not found:
        raise NotFound(
            "submission.difference.single",
            "Báo cáo mới có một lần trình nên chưa có gì để so sánh.",
            remedy="Khi báo cáo được trả lại và sửa, hai lần trình so sánh được ở đây.",
        )
    return found[-1]


async def _content(
    uow: UnitOfWork, report: Report, revision: Revision, forms: Sequence[PublishedForm]
) -> _Content:
    sealed = await uow.sealed.get(report.id, revision.number) if revision.sealed else None
    if sealed is not None:
        return _Content(sealed.figures, sealed.narrative)
    draft = await uow.drafts.load(report.id, revision.number)
    return _Content(
        {form.id: draft.filing(form.id).figures() for form in forms},
        {name: section.text for name, section in draft.sections.items()},
    )


async def _in_one_version(
    uow: UnitOfWork, form: PublishedForm, contents: Sequence[_Content]
) -> FormDifference:
    """In the version of the later revision: the report may have moved between the two, or since both."""
    old, new = (content.figures for content in contents)
    seen_in = await version_in(uow, form, new) or await version_in(uow, form, old) or form
    before, after = [await carried(uow, seen_in, figures) for figures in (old, new)]
    return _of_form(seen_in, before.figures, after.figures)


def _of_form(form: PublishedForm, before: Figures, after: Figures) -> FormDifference:
    """Computed cells are compared too: a leader reads totals first."""
    entered = difference(before, after)
    computed = [compute(form.model, figures) for figures in (before, after)]
    totals = difference(*(Figures(each.cells) for each in computed))
    one_sided = {*entered.rows_added, *entered.rows_removed}
    changes = [change for change in (*entered.cells, *totals.cells) if change.row not in one_sided]
    return FormDifference(
        form,
        _in_form_order(form, [_changed(form, before, after, change) for change in changes]),
        [_listed(form, after, computed[1], row) for row in entered.rows_added],
        [_listed(form, before, computed[0], row) for row in entered.rows_removed],
        len(entered.rows_moved),
    )


def _changed(form: PublishedForm, before: Figures, after: Figures, change: CellChange) -> ChangedCell:
    figures = after if after.list_of(change.row) else before
    name = name_of(form.model, figures, change.row, change.column)
    return ChangedCell(change.row, change.column, name, change.before, change.after)


def _in_form_order(form: PublishedForm, cells: Sequence[ChangedCell]) -> Sequence[ChangedCell]:
    """As one reads the sheet: rows of lists after the fixed ones."""
    rows = {row.id: (place, row.index) for place, sheet in enumerate(form.model.sheets) for row in sheet.rows}
    last = (len(form.model.sheets), 0)
    columns = {column.id: place for sheet in form.model.sheets for place, column in enumerate(sheet.columns)}
    return sorted(cells, key=lambda cell: (rows.get(cell.row, last), cell.row, columns[cell.column]))


def _listed(form: PublishedForm, figures: Figures, computed: Figures, row: str) -> ListedRow:
    table = form.model.lists_by_id[figures.list_of(row) or ""]
    values = {**figures.cells, **computed.cells}
    cells = [
        (name_of(form.model, figures, row, cell.column), values[CellKey(row, cell.column)])
        for cell in table.cells
        if CellKey(row, cell.column) in values and form_cell(form.model, figures, row, cell.column)
    ]
    return ListedRow(row, number_of(figures, row), cells)


def _of_narrative(
    report: Report, before: Mapping[str, str], after: Mapping[str, str]
) -> Sequence[SectionDifference]:
    return [
        SectionDifference(section.id, section.heading, before.get(section.id, ""), after.get(section.id, ""))
        for section in report.assignment.outline
        if before.get(section.id, "") != after.get(section.id, "")
    ]
