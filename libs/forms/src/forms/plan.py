"""What computing a form needs, worked out once for each model: formulas ready to run, constants, cells to fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.days import number_of
from forms.expressions import Compiled, Elsewhere, Frame, Node, Source, compile_formula, outside_references
from forms.expressions.calculation import UNDEFINED, Scalar
from forms.graph import Formula, evaluation_order
from forms.layout import Layout
from forms.model import Cell, CellKind, CellType, FormModel
from forms.rules import Rule
from forms.values import BLANK, NOT_APPLICABLE, CellKey, Figures, NotApplicable, Number, Text, Value


@dataclass(frozen=True, slots=True)
class Step:
    """One formula; with ``list_id`` it is computed in every row of that list."""

    cell: Cell
    compiled: Compiled
    list_id: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """One rule; as with formulas, that of a list is judged in its every row."""

    rule: Rule
    compiled: Compiled


@dataclass(frozen=True, slots=True)
class Plan:
    layout: Layout
    steps: tuple[Step, ...]
    """Each after those it reads. Formulas in a circle are left out: what reads them is undefined."""
    inputs: frozenset[tuple[str, str]]
    days: frozenset[tuple[str, str]]
    """Cells that hold a day of the calendar."""
    constants: Mapping[tuple[str, str], Scalar]
    """What cells are worth that nobody fills, and computed ones until they are."""
    lists: Mapping[str, ListPlan]
    checks: tuple[Check, ...]
    computed_from: frozenset[Source]
    """Other forms and earlier reports that formulas read."""
    checked_against: frozenset[Source]
    """Those that rules read."""

    @classmethod
    def of(cls, model: FormModel) -> Plan:
        layout = Layout(model)
        order = evaluation_order(model, layout)
        steps = tuple(_step(formula, model, layout) for formula in order)
        lists = {table.id: ListPlan.of(table.cells) for table in model.lists_by_id.values()}
        cells = model.cells.values()
        checks = tuple(Check(rule, _compiled_rule(rule, layout)) for rule in model.rules)
        computed_from = frozenset(source for formula in order for source in sources(formula.node))
        checked_against = frozenset(source for rule in model.rules for source in sources(rule.node))
        constants = _constants(cells)
        inputs, days = _inputs(cells), _days(cells)
        return cls(layout, steps, inputs, days, constants, lists, checks, computed_from, checked_against)

    @property
    def forms_read(self) -> frozenset[str]:
        """Codes of the forms of the same report that formulas read."""
        return frozenset(source.form for source in self.computed_from if source.form and not source.earlier)

    @property
    def forms_named(self) -> frozenset[str]:
        """Codes of every form that formulas or rules refer to."""
        return frozenset(source.form for source in self.computed_from | self.checked_against if source.form)

    def frame(self, figures: Figures, outside: Mapping[Source, Elsewhere]) -> Frame:
        """What formulas read before any of them is computed."""
        values = dict(self.constants)
        rows, list_of = self._listed(figures)
        for row, each in list_of.items():
            values.update(((row, column), scalar) for column, scalar in each.constants)
        for key, value in figures.cells.items():
            of_list = list_of.get(key.row)
            if (key in self.inputs) if of_list is None else (key.column in of_list.inputs):
                values[key] = scalar_of(value, day=self._holds_day(key, of_list))
        return Frame(values, rows, outside)

    def elsewhere(self, whole: Figures) -> Elsewhere:
        """A whole form as others read it: input and computed figures, and what is printed in it."""
        printed = {key: value for key, value in self.constants.items() if value is not UNDEFINED}
        rows, list_of = self._listed(whole)
        entered = {
            (key.row, key.column): scalar_of(value, day=self._holds_day(key, list_of.get(key.row)))
            for key, value in whole.cells.items()
        }
        return Elsewhere({**printed, **entered}, rows, self.layout.span)

    def _listed(self, figures: Figures) -> tuple[dict[str, tuple[str, ...]], dict[str, ListPlan]]:
        """The rows of each list, and the list of each row."""
        rows = {list_id: tuple(row.id for row in figures.rows_of(list_id)) for list_id in self.lists}
        return rows, {row: self.lists[list_id] for list_id, ids in rows.items() for row in ids}

    def _holds_day(self, key: CellKey, of_list: ListPlan | None) -> bool:
        return key in self.days if of_list is None else key.column in of_list.days


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list's pattern: which columns are filled, what the others are worth."""

    inputs: frozenset[str]
    days: frozenset[str]
    constants: tuple[tuple[str, Scalar], ...]

    @classmethod
    def of(cls, cells: tuple[Cell, ...]) -> ListPlan:
        return cls(
            frozenset(column for _, column in _inputs(cells)),
            frozenset(column for _, column in _days(cells)),
            tuple((column, scalar) for (_, column), scalar in _constants(cells).items()),
        )


def constant(cell: Cell) -> Value:
    """What a cell that nobody fills is worth to a formula: a number or text printed in the form."""
    if cell.kind is CellKind.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if cell.kind is CellKind.LABEL and cell.text:
        return Number(Decimal(cell.text)) if cell.type is CellType.NUMBER else Text(cell.text)
    return BLANK


def scalar_of(value: Value, *, day: bool = False) -> Scalar:
    """What formulas read; of a cell that holds a ``day`` its number, as in a spreadsheet."""
    if isinstance(value, Text) and day:
        number = number_of(value.value)
        return value.value if number is None else number
    if isinstance(value, Number | Text):
        return value.value
    return value if isinstance(value, NotApplicable) else None


def _step(formula: Formula, model: FormModel, layout: Layout) -> Step:
    in_list = formula.cell.row in model.lists_by_id
    compiled = compile_formula(formula.node, layout.span, formula.cell.row, in_list=in_list)
    return Step(formula.cell, compiled, formula.cell.row if in_list else None)


def _compiled_rule(rule: Rule, layout: Layout) -> Compiled:
    return compile_formula(rule.node, layout.span, rule.list_id, in_list=rule.list_id is not None)


def sources(node: Node) -> frozenset[Source]:
    return frozenset(outside.source for outside in outside_references(node))


def _inputs(cells: Iterable[Cell]) -> frozenset[tuple[str, str]]:
    return frozenset(CellKey(cell.row, cell.column) for cell in cells if cell.kind is CellKind.INPUT)


def _days(cells: Iterable[Cell]) -> frozenset[tuple[str, str]]:
    return frozenset(CellKey(cell.row, cell.column) for cell in cells if cell.holds_day)


def _constants(cells: Iterable[Cell]) -> Mapping[tuple[str, str], Scalar]:
    found: dict[tuple[str, str], Scalar] = {}
    for cell in cells:
        value = UNDEFINED if cell.kind is CellKind.COMPUTED else scalar_of(constant(cell), day=cell.holds_day)
        if cell.kind is not CellKind.INPUT and value is not None:
            found[cell.row, cell.column] = value
    return found
