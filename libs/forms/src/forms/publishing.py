"""What keeps a form from being published: formulas in a circle, references to nothing, nothing to fill,
indicators whose rule needs figures that the form doesn't have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.binding import check_bindings
from forms.expressions import Binary, Call, Cell, ListColumn, Negate, Node, Outside, Percent, Range, Reference
from forms.expressions.nodes import OWN_ROW, all_references
from forms.graph import find_cycle, formulas
from forms.layout import Layout
from forms.messages import Message, Severity
from forms.model import CellKind, FormModel
from forms.plan import constant
from forms.rules import Rule
from forms.values import CellKey, NotApplicable


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The published forms that a form may refer to, by code; its own code is not among them."""

    code: str
    forms: Mapping[str, FormModel]


ALONE = Neighbours("", {})


def check_publishable(model: FormModel, around: Neighbours = ALONE) -> tuple[Message, ...]:
    check = _Check(model, Layout(model), around)
    found = formulas(model)
    messages = [
        m for formula in found.values() for m in check.formula(formula.node, formula.cell.row, formula.key)
    ]
    messages.extend(m for rule in model.rules for m in check.rule(rule))
    circle = find_cycle(model)
    if circle:
        names = " → ".join(_name(model, key) for key in (*circle, circle[0]))
        messages.append(_at_cell(model, circle[0], "cycle", f"Công thức tính vòng tròn: {names}."))
    round_trip = _circle_of_forms(model, around)
    if round_trip:
        names = " → ".join(f"“{code}”" for code in round_trip)
        text = f"Công thức giữa các biểu lấy số liệu vòng tròn: {names}."
        messages.append(_message("cycle_of_forms", text))
    inputs = any(cell.kind is CellKind.INPUT for cell in model.cells.values())
    listed = any(c.kind is CellKind.INPUT for table in model.lists_by_id.values() for c in table.cells)
    if not inputs and not listed:
        messages.append(_message("no_input", "Biểu không có ô nào để nhập số liệu."))
    return (*messages, *check_bindings(model))


def rules_that_fit(
    model: FormModel, rules: Sequence[Rule], around: Neighbours = ALONE
) -> tuple[tuple[Rule, ...], tuple[Message, ...]]:
    """Of an earlier version's rules those that this form's cells bear, and what is wrong with the others."""
    check = _Check(model, Layout(model), around)
    faults = {rule.id: tuple(check.rule(rule)) for rule in rules}
    kept = tuple(rule for rule in rules if not faults[rule.id])
    return kept, tuple(fault for found in faults.values() for fault in found)


@dataclass(frozen=True, slots=True)
class _Check:
    model: FormModel
    layout: Layout
    around: Neighbours

    def formula(self, node: Node, owner: str, key: CellKey) -> Iterator[Message]:
        for code, text in self._faults(node, owner):
            yield _at_cell(self.model, key, code, f"Công thức {text}")
        for cell in _outside_sums(node):
            target = self.model.cells.get(CellKey(cell.row, cell.column))
            if target is not None and isinstance(constant(target), NotApplicable):
                text = f"Công thức tính với ô “x” {target.a1} ngoài hàm SUM."
                yield _at_cell(self.model, key, "not_applicable", text)

    def rule(self, rule: Rule) -> Iterator[Message]:
        lists = self.model.lists_by_id
        if rule.list_id is not None and rule.list_id not in lists:
            yield _of_rule(rule, "unknown_reference", f"Biểu không có danh sách “{rule.list_id}”.")
            return
        for code, text in self._faults(rule.node, rule.list_id or ""):
            yield _of_rule(rule, code, f"Điều kiện {text}")
        for cell in rule.cells:
            if not self._knows(Cell(cell.row, cell.column), rule.list_id or ""):
                text = f"Ô được nêu không có trong biểu: dòng {cell.row}, cột {cell.column}."
                yield _of_rule(rule, "unknown_reference", text)

    def _faults(self, node: Node, owner: str) -> Iterator[tuple[str, str]]:
        for reference in all_references(node):
            if isinstance(reference, Outside):
                yield from self._faults_outside(reference)
            elif not self._reaches(reference, owner):
                yield "unknown_reference", "trỏ tới ô không có trong biểu."

    def _faults_outside(self, outside: Outside) -> Iterator[tuple[str, str]]:
        form, earlier = outside.source.form, outside.source.earlier
        if form == self.around.code and earlier is None:
            yield "own_form", f"nêu tên chính biểu này “{form}”; bỏ phần tên biểu."
            return
        model = self.model if form in (None, self.around.code) else self.around.forms.get(form or "")
        if model is None:
            yield "unknown_form", f"trỏ tới biểu “{form}” chưa được công bố."
        elif not _Check(model, Layout(model), ALONE)._reaches(outside.reference, ""):
            yield "unknown_reference", f"trỏ tới ô không có trong biểu “{form or self.around.code}”."

    def _reaches(self, reference: Reference, owner: str) -> bool:
        match reference:
            case ListColumn(list_id, column):
                lists = self.model.lists_by_id
                return list_id in lists and column in lists[list_id].by_column
            case Range(start, end):
                return all(self._knows(corner, owner) for corner in (start, end))
            case Cell():
                return self._knows(reference, owner)

    def _knows(self, cell: Cell, owner: str) -> bool:
        lists: Collection[str] = self.model.lists_by_id.keys()
        row = owner if cell.row == OWN_ROW else cell.row
        from_fixed_row = cell.row == OWN_ROW and owner not in lists
        to_list_row = cell.row != OWN_ROW and cell.row in lists
        return not from_fixed_row and not to_list_row and self.layout.knows(CellKey(row, cell.column))


def _circle_of_forms(model: FormModel, around: Neighbours) -> tuple[str, ...]:
    """Codes of forms whose formulas read each other's current figures, beginning and ending with this form's."""
    paths: list[tuple[str, ...]] = [(around.code, code) for code in sorted(model.plan.forms_read)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        if path[-1] == around.code:
            return path
        there = around.forms.get(path[-1])
        if there is not None and path[-1] not in seen:
            seen.add(path[-1])
            paths.extend((*path, code) for code in sorted(there.plan.forms_read))
    return ()


def _outside_sums(node: Node) -> Iterator[Cell]:
    match node:
        case Cell():
            yield node
        case Negate(operand) | Percent(operand):
            yield from _outside_sums(operand)
        case Binary(_, left, right):
            yield from _outside_sums(left)
            yield from _outside_sums(right)
        case Call(function, arguments):
            for argument in arguments:
                if not (function == "SUM" and isinstance(argument, Cell)):
                    yield from _outside_sums(argument)


def _name(model: FormModel, key: CellKey) -> str:
    cell = model.cell_for(key.row, key.column, key.row if key.row in model.lists_by_id else None)
    return key.column if cell is None else cell.a1


def _at_cell(model: FormModel, key: CellKey, code: str, text: str) -> Message:
    a1 = _name(model, key)
    place = {"sheet": model.sheet_of_row[key.row].name, "row": key.row, "column": key.column, "a1": a1}
    return _message(code, f"Ô {a1}: {text}", **place)


def _of_rule(rule: Rule, code: str, text: str) -> Message:
    return _message(code, f"Quy tắc {rule.id}: {text}", rule=rule.id)


def _message(code: str, text: str, **where: str) -> Message:
    return Message(code=f"forms.publishing.{code}", severity=Severity.ERROR, message=text, **where)
