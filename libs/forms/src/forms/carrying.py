"""Rules and links of one version of a form read in a later one: by what rows and columns say, never by their ids alone.

What names a row, column or list that has no place in the later version, or a cell that is measured in something else
there, is left out and named: a rule that quietly judges another row is worse than one written again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from forms.asking import measure_of
from forms.expressions import (
    OWN_ROW,
    Binary,
    Call,
    Cell,
    ListColumn,
    Negate,
    Node,
    Outside,
    Percent,
    Range,
    Reference,
    to_text,
)
from forms.layout import Layout
from forms.matching import Matches, match
from forms.messages import Message, Severity
from forms.model import CellKind, FormModel
from forms.naming import name_of, row_name
from forms.rules import Rule, RuleCell, RuleText, rules_of
from forms.text import fold
from forms.values import CellKey, Figures


class NoPlace(Exception):
    """Why a cell of the earlier version isn't found in the later one, in Vietnamese."""


@dataclass(frozen=True)
class Carrying:
    """From one version to another; `code` is the form's own, by which it may name itself.

    `others`: forms it names by their codes, each from the version it was written for to the one it is to name now.
    """

    before: FormModel
    after: FormModel
    code: str = ""
    others: Mapping[str, Carrying] = field(default_factory=dict)

    @cached_property
    def matches(self) -> Matches:
        return match(self.before, self.after)

    def rules(self, rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], tuple[Message, ...]]:
        """Those that can be read in the later version, and why the others can't."""
        kept: list[RuleText] = []
        left: list[Message] = []
        for rule in rules:
            try:
                kept.append(self._rule(rule))
            except NoPlace as why:
                left.append(_left(rule, str(why)))
        return rules_of(kept), tuple(left)

    def cell(self, row: str, column: str, kinds: Collection[CellKind] = frozenset(CellKind)) -> CellKey:
        """Where it stands in the later version, if it is of one of these kinds there. Raises NoPlace."""
        key = self._key(CellKey(row, column))
        there = self.after.cell_for(*key, key.row if key.row in self.after.lists_by_id else None)
        if there is None or there.kind not in kinds:
            raise NoPlace(
                f"{self._name(CellKey(row, column))} ở phiên bản này không còn là ô số liệu như trước"
            )
        return key

    def _rule(self, rule: Rule) -> RuleText:
        owner = rule.list_id or ""
        cells = (self._cell(Cell(one.row, one.column), owner) for one in rule.cells)
        return RuleText(
            id=rule.id,
            severity=rule.severity,
            condition=to_text(self._node(rule.node, owner)),
            message=rule.message,
            list_id=self._list(rule.list_id) if rule.list_id is not None else None,
            cells=tuple(RuleCell(row=one.row, column=one.column) for one in cells),
        )

    def _node(self, node: Node, owner: str) -> Node:
        match node:
            case Cell() | Range() | ListColumn():
                return self._reference(node, owner)
            case Outside(source, reference):
                # An earlier report of this form reads as this version does.
                own = source.form in (None, self.code)
                there = self if own else self.others.get(source.form or "")
                return node if there is None else Outside(source, there._reference(reference, ""))
            case Negate(operand):
                return Negate(self._node(operand, owner))
            case Percent(operand):
                return Percent(self._node(operand, owner))
            case Binary(operator, left, right):
                return Binary(operator, self._node(left, owner), self._node(right, owner))
            case Call(function, arguments):
                return Call(function, tuple(self._node(each, owner) for each in arguments))
            case _:
                return node

    def _reference(self, reference: Reference, owner: str) -> Reference:
        match reference:
            case Cell():
                return self._cell(reference, owner)
            case Range():
                return self._range(reference, owner)
            case ListColumn(list_id, column):
                return ListColumn(self._list(list_id), self._key(CellKey(list_id, column)).column)

    def _cell(self, cell: Cell, owner: str) -> Cell:
        """A cell of the row the rule is judged in (“@”) is found by the rule's own list."""
        key = self._key(CellKey(owner if cell.row == OWN_ROW else cell.row, cell.column))
        return Cell(OWN_ROW if cell.row == OWN_ROW else key.row, key.column)

    def _range(self, span: Range, owner: str) -> Range:
        """Rows put in between belong to it, as in a workbook; one that was outside and lies within now doesn't."""
        to = Range(self._cell(span.start, owner), self._cell(span.end, owner))
        if OWN_ROW not in (span.start.row, span.end.row):
            inside = {key for key in map(self._found, self._keys(self.before, span)) if key}
            there = {*self._keys(self.after, to)}
            if not inside <= there or (there - inside) & self._there_before:
                raise NoPlace(f"vùng {to_text(span)} gồm những ô khác ở phiên bản này")
        return to

    @cached_property
    def _there_before(self) -> frozenset[CellKey]:
        """Cells of the later version that the earlier one had too."""
        keys = (
            CellKey(row.id, column.id) for s in self.before.sheets for row in s.rows for column in s.columns
        )
        return frozenset(key for key in map(self._found, keys) if key is not None)

    def _keys(self, model: FormModel, span: Range) -> Sequence[CellKey]:
        layout = self._layouts[0 if model is self.before else 1]
        return layout.span(*(CellKey(corner.row, corner.column) for corner in (span.start, span.end)))

    @cached_property
    def _layouts(self) -> tuple[Layout, Layout]:
        return Layout(self.before), Layout(self.after)

    def _found(self, key: CellKey) -> CellKey | None:
        return self.matches.cell(self.before, key)

    def _key(self, key: CellKey) -> CellKey:
        found = self._found(key)
        if found is None:
            raise NoPlace(f"{self._name(key)} không có trong phiên bản này")
        here, there = measure_of(self.before, *key), measure_of(self.after, *found)
        if here and there and fold(here) != fold(there):
            raise NoPlace(f"{self._name(key)} đổi đơn vị tính từ {here} sang {there}")
        return found

    def _list(self, list_id: str) -> str:
        if list_id not in self.matches.lists:
            raise NoPlace("danh sách không có trong phiên bản này")
        return self.matches.lists[list_id]

    def _name(self, key: CellKey) -> str:
        sheet = self.before.sheet_of_row.get(key.row)
        if sheet is None or key.column not in sheet.columns_by_id:
            return f"ô {key.row}/{key.column}"
        if key.row in self.before.lists_by_id:
            return f"{row_name(self.before, key.row)}, cột {sheet.columns_by_id[key.column].letter}"
        return name_of(self.before, Figures(), *key).in_words()


def _left(rule: Rule, why: str) -> Message:
    return Message(
        code="forms.carrying.rule_left",
        severity=Severity.ERROR,
        message=f"Quy tắc {rule.id}: {why}.",
        rule=rule.id,
    )
