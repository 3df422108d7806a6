"""Running totals (lũy kế) offered while a form is filled in: the one of the period before and this period's figure (PR-1).

They are offered like every known figure, with both parts and their places, and taken by a person alone. That a total
differs is for the form's own rules to say, where its designer took them (``forms.cumulatives``): a unit may have corrected
an earlier month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.compute import whole, whole_of
from forms.cumulatives import RunningTotal, running_totals
from forms.indicators import TimeKind
from forms.model import Cell
from forms.numbers import format_vi, round_half_away
from forms.values import CellKey, Figures, Number

from submission.application.checking import CheckedForm
from submission.application.moving import moving_of, version_in
from submission.application.ports import UnitOfWork
from submission.application.published import PublishedForm
from submission.domain.aggregation import SourceRevision
from submission.domain.assignment import begins_a_year
from submission.domain.known import Known, Level, Place, Why
from submission.domain.report import Report


async def running_known(
    uow: UnitOfWork, report: Report, asking: CheckedForm
) -> Sequence[tuple[CellKey, Known]]:
    """For every total whose figure of this period is there; nothing where the period before isn't accepted yet."""
    model = asking.form.model
    figures = whole_of(model, asking.figures, asking.computed)
    totals = [
        (each, this)
        for each in running_totals(model)
        if isinstance(this := figures.get(each.flow.row, each.flow.column), Number)
    ]
    if not totals:
        return ()
    before = await _before(uow, report, asking.form)
    found = _Totals(report, asking.form, before)
    return [known for total, this in totals for known in found.of(total, this.value)]


@dataclass(frozen=True, slots=True)
class _Before:
    """The accepted report of the period before, read in this report's version of the form."""

    revision: SourceRevision
    figures: Figures
    words: str


async def _before(uow: UnitOfWork, report: Report, form: PublishedForm) -> _Before | None:
    assignment = report.assignment
    if begins_a_year(assignment.period) or not assignment.period.previous_key:
        return None
    accepted = await uow.sealed.accepted_of(
        assignment.regime_id, assignment.period.previous_key, assignment.unit.id
    )
    revision = next(iter(accepted), None)
    made_in = await version_in(uow, form, revision.figures) if revision else None
    if revision is None or made_in is None:
        return None
    stated = whole(made_in.model, revision.figures[made_in.id])
    figures = stated if made_in.id == form.id else (await moving_of(uow, made_in, form)).reread(stated)
    earlier = await uow.reports.read(revision.report_id)
    return _Before(revision, figures, earlier.assignment.period.label)


@dataclass(frozen=True, slots=True)
class _Totals:
    report: Report
    form: PublishedForm
    before: _Before | None

    def of(self, running: RunningTotal, this: Decimal) -> Iterator[tuple[CellKey, Known]]:
        total = running.total
        key, words = CellKey(total.row, total.column), f"số kỳ này {format_vi(this)} (ô {running.flow.a1})"
        if running.nature is TimeKind.STOCK:
            yield (
                key,
                self._here(
                    total, this, running.flow, f"{words}, chỉ tiêu là số thời điểm nên lũy kế bằng số kỳ này"
                ),
            )
        elif self._begins_a_year:
            yield (
                key,
                self._here(total, this, running.flow, f"{words}, kỳ đầu năm nên lũy kế tính lại từ đầu"),
            )
        elif self.before is not None and isinstance(then := self.before.figures.get(*key), Number):
            revision = self.before.revision
            said = f"lũy kế {self.before.words} là {format_vi(then.value)}, cộng {words}"
            place = Place(
                Why.RUNNING, Level.ACCEPTED, revision.report_id, revision.revision, self.form.id, *key, said, revision.sealed_at
            )  # fmt: skip
            yield key, Known(_held(total, then.value + this), place)

    @property
    def _begins_a_year(self) -> bool:
        period = self.report.assignment.period
        return bool(period.previous_key) and begins_a_year(period)

    def _here(self, total: Cell, value: Decimal, flow: Cell, words: str) -> Known:
        report = self.report
        place = Place(
            Why.RUNNING, Level.DRAFT, report.id, report.revision, self.form.id, flow.row, flow.column, words
        )
        return Known(_held(total, value), place)


def _held(cell: Cell, value: Decimal) -> Number:
    """As the cell can hold it."""
    return Number(value if cell.precision is None else round_half_away(value, cell.precision))
