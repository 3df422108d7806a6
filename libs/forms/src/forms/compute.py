"""The computed cells of a form, from its own formulas over its input cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.days import day_numbered
from forms.expressions import Elsewhere, Frame, Source
from forms.expressions.calculation import UNDEFINED
from forms.expressions.compiling import Outcome, Problem
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, FormModel
from forms.numbers import format_vi, round_half_away
from forms.plan import scalar_of
from forms.values import BLANK, CellKey, Figures, Number, Text, Value


@dataclass(frozen=True, slots=True)
class Computation:
    figures: Figures
    """Computed cells alone, at each cell's precision; the list rows are those handed in."""
    problems: tuple[Message, ...]
    frame: Frame
    """Every value of the form as formulas read it, for what is judged afterwards."""


def compute(model: FormModel, figures: Figures) -> Figures:
    return compute_all(model, figures).figures


def compute_all(
    model: FormModel, figures: Figures, outside: Mapping[Source, Elsewhere] | None = None
) -> Computation:
    """``outside``: the figures of other forms and earlier reports. Where it is left out, cells that are
    computed from them keep what stands in ``figures``, as it was sealed."""
    return _computation(model, figures, outside, as_spreadsheet=False)


def spreadsheet_results(model: FormModel, figures: Figures) -> Figures:
    """What a spreadsheet shows in the computed cells: unrounded, and 0 where it sums nothing."""
    return _computation(model, figures, None, as_spreadsheet=True).figures


def _computation(
    model: FormModel,
    figures: Figures,
    outside: Mapping[Source, Elsewhere] | None,
    *,
    as_spreadsheet: bool,
) -> Computation:
    frame = model.plan.frame(figures, outside or {})
    known = frame.values
    computed: dict[CellKey, Value] = {}
    problems: list[Message] = []
    for step in model.plan.steps:
        cell = step.cell
        for row in (cell.row,) if step.list_id is None else frame.rows[step.list_id]:
            frame.own_row = row
            key = CellKey(row, cell.column)
            if outside is None and step.compiled.outside:
                computed[key] = figures.get(*key)
                known[key] = scalar_of(computed[key], day=cell.holds_day)
                continue
            outcome = step.compiled.outcome(frame, as_spreadsheet=as_spreadsheet)
            if cell.holds_day:
                outcome = _as_day(outcome)
            computed[key] = outcome.value if as_spreadsheet else at_precision(outcome.value, cell.precision)
            known[key] = scalar_of(outcome.value, day=cell.holds_day)
            if outcome.problem is not None:
                known[key] = UNDEFINED
                problems.append(_message(model, cell, row, outcome.problem.code, outcome.problem.message))
    return Computation(Figures(computed, figures.list_rows), tuple(problems), frame)


def whole(model: FormModel, figures: Figures) -> Figures:
    """Input as entered and computed cells as computed: everything that stands in the form."""
    return whole_of(model, figures, compute(model, figures))


def whole_of(model: FormModel, figures: Figures, computed: Figures) -> Figures:
    """As ``whole``, of what has been computed already."""
    return Figures({**entered(model, figures).cells, **computed.cells}, figures.list_rows)


def entered(model: FormModel, figures: Figures) -> Figures:
    """The input cells alone."""
    list_of = {row.id: row.list_id for row in figures.list_rows}
    kept = {
        key: value
        for key, value in figures.cells.items()
        if (cell := model.cell_for(*key, list_of.get(key.row))) is not None and cell.kind is CellKind.INPUT
    }
    return Figures(kept, figures.list_rows)


def with_outside(model: FormModel, figures: Figures, computed: Figures) -> Figures:
    """The figures and, of the computed ones, those that can't be computed again from them alone."""
    kept: dict[CellKey, Value] = {}
    for step in model.plan.steps:
        if step.compiled.outside:
            rows = [row.id for row in figures.rows_of(step.list_id)] if step.list_id else [step.cell.row]
            for row in rows:
                kept[CellKey(row, step.cell.column)] = computed.get(row, step.cell.column)
    return figures.with_cells(kept) if kept else figures


def at_precision(value: Value, precision: int | None) -> Value:
    if isinstance(value, Number) and precision is not None:
        return Number(round_half_away(value.value, precision))
    return value


def _as_day(outcome: Outcome) -> Outcome:
    """The result of a cell that shows days: the one that a number counts."""
    if not isinstance(outcome.value, Number):
        return outcome
    day = day_numbered(outcome.value.value)
    if day is None:
        said = f"Kết quả {format_vi(outcome.value.value)} không phải là một ngày."
        return Outcome(BLANK, problem=Problem("forms.expression.not_a_day", said))
    return Outcome(Text(day))


def _message(model: FormModel, cell: Cell, row: str, code: str, text: str) -> Message:
    sheet = model.sheet_of_row[cell.row]
    return Message(
        code=code,
        severity=Severity.ERROR,
        message=f"Ô {cell.a1}: {text}",
        sheet=sheet.name,
        row=row,
        column=cell.column,
        a1=cell.a1,
    )
