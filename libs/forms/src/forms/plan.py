"""What computing a form needs, worked out once for each model: formulas ready to run, constants, cells to fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.expressions import Compiled, Frame, compile_formula
from forms.expressions.calculation import UNDEFINED, Scalar
from forms.graph import Formula, evaluation_order
from forms.layout import Layout
from forms.model import Cell, CellKind, CellType, FormModel
from forms.values import BLANK, NOT_APPLICABLE, CellKey, Figures, NotApplicable, Number, Text, Value


@dataclass(frozen=True, slots=True)
class Step:
    """One formula; with ``list_id`` it is computed in every row of that list."""

    cell: Cell
    compiled: Compiled
    list_id: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    layout: Layout
    steps: tuple[Step, ...]
    """Each after those it reads. Formulas in a circle are left out: what reads them is undefined."""
    inputs: frozenset[tuple[str, str]]
    constants: Mapping[tuple[str, str], Scalar]
    """What cells are worth that nobody fills, and computed ones until they are."""
    lists: Mapping[str, ListPlan]

    @classmethod
    def of(cls, model: FormModel) -> Plan:
        layout = Layout(model)
        order = evaluation_order(model, layout)
        steps = tuple(_step(formula, model, layout) for formula in order)
        lists = {table.id: ListPlan.of(table.cells) for table in model.lists_by_id.values()}
        cells = model.cells.values()
        return cls(layout, steps, _inputs(cells), _constants(cells), lists)

    def frame(self, figures: Figures) -> Frame:
        """What formulas read before any of them is computed."""
        values = dict(self.constants)
        rows = {list_id: tuple(row.id for row in figures.rows_of(list_id)) for list_id in self.lists}
        list_of = {row: self.lists[list_id] for list_id, ids in rows.items() for row in ids}
        for row, each in list_of.items():
            values.update(((row, column), scalar) for column, scalar in each.constants)
        for key, value in figures.cells.items():
            of_list = list_of.get(key.row)
            if (key in self.inputs) if of_list is None else (key.column in of_list.inputs):
                values[key] = scalar_of(value)
        return Frame(values, rows)


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list's pattern: which columns are filled, what the others are worth."""

    inputs: frozenset[str]
    constants: tuple[tuple[str, Scalar], ...]

    @classmethod
    def of(cls, cells: tuple[Cell, ...]) -> ListPlan:
        return cls(
            frozenset(column for _, column in _inputs(cells)),
            tuple((column, scalar) for (_, column), scalar in _constants(cells).items()),
        )


def constant(cell: Cell) -> Value:
    """What a cell that nobody fills is worth to a formula: a number or text printed in the form."""
    if cell.kind is CellKind.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if cell.kind is CellKind.LABEL and cell.text:
        return Number(Decimal(cell.text)) if cell.type is CellType.NUMBER else Text(cell.text)
    return BLANK


def scalar_of(value: Value) -> Scalar:
    if isinstance(value, Number | Text):
        return value.value
    return value if isinstance(value, NotApplicable) else None


def _step(formula: Formula, model: FormModel, layout: Layout) -> Step:
    in_list = formula.cell.row in model.lists_by_id
    compiled = compile_formula(formula.node, layout.span, formula.cell.row, in_list=in_list)
    return Step(formula.cell, compiled, formula.cell.row if in_list else None)


def _inputs(cells: Iterable[Cell]) -> frozenset[tuple[str, str]]:
    return frozenset(CellKey(cell.row, cell.column) for cell in cells if cell.kind is CellKind.INPUT)


def _constants(cells: Iterable[Cell]) -> Mapping[tuple[str, str], Scalar]:
    found: dict[tuple[str, str], Scalar] = {}
    for cell in cells:
        value = UNDEFINED if cell.kind is CellKind.COMPUTED else scalar_of(constant(cell))
        if cell.kind is not CellKind.INPUT and value is not None:
            found[cell.row, cell.column] = value
    return found
