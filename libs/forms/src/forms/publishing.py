"""What keeps a form from being published: formulas in a circle, references to nothing, nothing to fill."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from forms.expressions import Binary, Call, Cell, ListColumn, Negate, Node, Percent, Range, references
from forms.expressions.nodes import OWN_ROW
from forms.graph import Formula, find_cycle, formulas
from forms.layout import Layout
from forms.messages import Message, Severity
from forms.model import CellKind, FormModel
from forms.plan import constant
from forms.values import CellKey, NotApplicable


def check_publishable(model: FormModel) -> tuple[Message, ...]:
    found = formulas(model)
    layout = Layout(model)
    messages = [m for formula in found.values() for m in _references(model, layout, formula)]
    circle = find_cycle(model)
    if circle:
        names = " → ".join(_name(model, key) for key in (*circle, circle[0]))
        messages.append(_error("cycle", f"Công thức tính vòng tròn: {names}.", model, found[circle[0]]))
    inputs = any(cell.kind is CellKind.INPUT for cell in model.cells.values())
    listed = any(c.kind is CellKind.INPUT for table in model.lists_by_id.values() for c in table.cells)
    if not inputs and not listed:
        text = "Biểu không có ô nào để nhập số liệu."
        messages.append(Message(code="forms.publishing.no_input", severity=Severity.ERROR, message=text))
    return tuple(messages)


def _references(model: FormModel, layout: Layout, formula: Formula) -> Iterator[Message]:
    lists = model.lists_by_id
    for reference in references(formula.node):
        match reference:
            case ListColumn(list_id, column):
                known = list_id in lists and column in lists[list_id].by_column
            case Range(start, end):
                known = all(_known(layout, lists.keys(), formula, corner) for corner in (start, end))
            case Cell():
                known = _known(layout, lists.keys(), formula, reference)
        if not known:
            yield _error("unknown_reference", "Công thức trỏ tới ô không có trong biểu.", model, formula)
    for cell in _outside_sums(formula.node):
        target = model.cells.get(CellKey(cell.row, cell.column))
        if target is not None and isinstance(constant(target), NotApplicable):
            text = f"Công thức tính với ô “x” {target.a1} ngoài hàm SUM."
            yield _error("not_applicable", text, model, formula)


def _known(layout: Layout, lists: Collection[str], formula: Formula, cell: Cell) -> bool:
    row = formula.cell.row if cell.row == OWN_ROW else cell.row
    from_fixed_row = cell.row == OWN_ROW and formula.cell.row not in lists
    to_list_row = cell.row != OWN_ROW and cell.row in lists
    return not from_fixed_row and not to_list_row and layout.knows(CellKey(row, cell.column))


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


def _error(code: str, text: str, model: FormModel, formula: Formula) -> Message:
    cell = formula.cell
    return Message(
        code=f"forms.publishing.{code}",
        severity=Severity.ERROR,
        message=f"Ô {cell.a1}: {text}",
        sheet=model.sheet_of_row[cell.row].name,
        row=cell.row,
        column=cell.column,
        a1=cell.a1,
    )
