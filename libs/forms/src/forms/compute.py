"""The computed cells of a form, from its own formulas over its input cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from forms.expressions import Outcome, evaluate
from forms.expressions.calculation import UNDEFINED, Undefined
from forms.messages import Message, Severity
from forms.model import Cell, CellKind, CellType, FormModel
from forms.numbers import round_half_away
from forms.values import BLANK, NOT_APPLICABLE, CellKey, Figures, Number, Text, Value


@dataclass(frozen=True, slots=True)
class Computation:
    figures: Figures
    """Computed cells alone, at each cell's precision; the list rows are those handed in."""
    problems: tuple[Message, ...]


def compute(model: FormModel, figures: Figures) -> Figures:
    return compute_all(model, figures).figures


def compute_all(model: FormModel, figures: Figures) -> Computation:
    grid = _FormGrid(model, figures)
    computed: dict[CellKey, Value] = {}
    problems: list[Message] = []
    for formula in model.plan.order:
        for row in grid.rows_for(formula.cell):
            outcome = evaluate(formula.node, grid.seen_from(formula.cell.row), row)
            grid.keep(CellKey(row, formula.cell.column), outcome)
            computed[CellKey(row, formula.cell.column)] = at_precision(outcome.value, formula.cell.precision)
            if outcome.problem is not None:
                problems.append(
                    _message(model, formula.cell, row, outcome.problem.code, outcome.problem.message)
                )
    return Computation(Figures(computed, figures.list_rows), tuple(problems))


def spreadsheet_results(model: FormModel, figures: Figures) -> Figures:
    """What a spreadsheet shows in the computed cells: unrounded, and 0 where it sums nothing."""
    grid = _FormGrid(model, figures)
    shown: dict[CellKey, Value] = {}
    for formula in model.plan.order:
        for row in grid.rows_for(formula.cell):
            outcome = evaluate(formula.node, grid.seen_from(formula.cell.row), row, as_spreadsheet=True)
            grid.keep(CellKey(row, formula.cell.column), outcome)
            shown[CellKey(row, formula.cell.column)] = outcome.value
    return Figures(shown, figures.list_rows)


def whole(model: FormModel, figures: Figures) -> Figures:
    """Input as entered and computed cells as computed: everything that stands in the form."""
    list_of = {row.id: row.list_id for row in figures.list_rows}
    kept = {
        key: value
        for key, value in figures.cells.items()
        if (cell := model.cell_for(*key, list_of.get(key.row))) is not None and cell.kind is CellKind.INPUT
    }
    return Figures({**kept, **compute(model, figures).cells}, figures.list_rows)


def at_precision(value: Value, precision: int | None) -> Value:
    if isinstance(value, Number) and precision is not None:
        return Number(round_half_away(value.value, precision))
    return value


def constant(cell: Cell) -> Value:
    """What a cell that nobody fills is worth to a formula: a number or text printed in the form."""
    if cell.kind is CellKind.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if cell.kind is CellKind.LABEL and cell.text:
        return Number(Decimal(cell.text)) if cell.type is CellType.NUMBER else Text(cell.text)
    return BLANK


class _FormGrid:
    """Reads input from the figures, computed cells from what was computed before, unrounded."""

    def __init__(self, model: FormModel, figures: Figures) -> None:
        self._model = model
        self._figures = figures
        self._known: dict[CellKey, Value | Undefined] = {}
        self._rows = {list_id: tuple(r.id for r in figures.rows_of(list_id)) for list_id in model.lists_by_id}
        self._list_of = {row: list_id for list_id, rows in self._rows.items() for row in rows}
        self._list: str | None = None

    def seen_from(self, row_or_list: str) -> _FormGrid:
        self._list = row_or_list if row_or_list in self._rows else None
        return self

    def rows_for(self, cell: Cell) -> tuple[str, ...]:
        return self._rows.get(cell.row, (cell.row,))

    def keep(self, key: CellKey, outcome: Outcome) -> None:
        broken = outcome.undefined or outcome.problem is not None
        self._known[key] = UNDEFINED if outcome.problem is not None else BLANK if broken else outcome.value

    def value(self, key: CellKey) -> Value | Undefined:
        if key in self._known:
            return self._known[key]
        list_id = self._list_of.get(key.row)
        cell = self._model.cell_for(key.row, key.column, list_id)
        if cell is None:
            return BLANK
        if cell.kind is CellKind.INPUT:
            return self._figures.get(*key)
        return UNDEFINED if cell.kind is CellKind.COMPUTED else constant(cell)

    def span(self, start: CellKey, end: CellKey) -> Iterable[CellKey]:
        return self._model.plan.layout.span(start, end, self._list if start.row in self._list_of else None)

    def listed(self, list_id: str, column: str) -> Iterable[CellKey]:
        return (CellKey(row, column) for row in self._rows.get(list_id, ()))


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
