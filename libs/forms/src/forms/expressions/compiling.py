"""Formulas made ready once, to be computed often: a tree becomes functions over the values of a form.

The rules are those of contracts/expressions. What a reference covers is settled here, so that computing only
looks values up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from forms.expressions.calculation import MOST_DIGITS, Scalar, Undefined, Wrong
from forms.expressions.calls import called
from forms.expressions.frame import Code, Frame, Reader, Span
from forms.expressions.nodes import (
    OWN_ROW,
    Binary,
    Boolean,
    Call,
    Cell,
    ListColumn,
    Literal,
    Negate,
    Node,
    Outside,
    Percent,
    Quoted,
    Range,
    Reference,
    Source,
    outside_references,
    references,
)
from forms.expressions.operators import compared, computed, negative, of_hundred
from forms.values import BLANK, CellKey, NotApplicable, Number, Text, Value


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    value: Value
    undefined: bool = False
    """Divided by zero or blank: the value is blank, and so is what is computed from it."""
    problem: Problem | None = None


_BLANK = Outcome(BLANK)
_UNDEFINED = Outcome(BLANK, undefined=True)
_ZERO = Outcome(Number(Decimal(0)))
_TOO_BIG = Outcome(
    BLANK, problem=Problem("forms.expression.too_big", f"Kết quả vượt quá {MOST_DIGITS} chữ số.")
)


@dataclass(frozen=True, slots=True)
class Compiled:
    code: Code
    used: tuple[Reader, ...]
    """Every figure of the form that the formula refers to: where all figures are blank, so is the result."""
    outside: tuple[Reader, ...]
    """The same for figures of other forms and earlier reports, a reader a reference."""

    def outcome(self, frame: Frame, *, as_spreadsheet: bool = False) -> Outcome:
        """The value over these figures. ``as_spreadsheet`` gives what a spreadsheet shows where every
        figure is blank (0 for a sum): only for the cached results of a workbook that is handed out."""
        if not as_spreadsheet and (self.used or self.outside) and self.all_blank(frame):
            return _BLANK
        try:
            return _outcome(self.code(frame))
        except Wrong as wrong:
            return Outcome(BLANK, problem=Problem(wrong.code, wrong.message))
        except (Overflow, InvalidOperation, DivisionByZero):
            return _TOO_BIG

    def all_blank(self, frame: Frame) -> bool:
        return all(blank(reader, frame) for reader in (*self.used, *self.outside))


def blank(reader: Reader, frame: Frame) -> bool:
    return all(value is None for value in reader(frame))


def _outcome(result: Scalar) -> Outcome:
    match result:
        case Decimal():
            if not result:
                return _ZERO
            return _TOO_BIG if result.adjusted() >= MOST_DIGITS else Outcome(Number(result))
        case None | "":
            return _BLANK
        case Undefined():
            return _UNDEFINED
        case str():
            return Outcome(Text(result))
        case bool():
            raise Wrong("boolean_result", "Kết quả là đúng hay sai, không phải số liệu.")
        case NotApplicable():
            raise Wrong("not_applicable", "Công thức lấy giá trị của ô “x” (không áp dụng).")


def compile_formula(node: Node, span: Span, owner: str | None = None, *, in_list: bool = False) -> Compiled:
    """``owner`` is the row the formula stands in, or with ``in_list`` the list whose every row has it."""
    compiler = _Compiler(span, owner, in_list)
    outside = tuple(outside_reader(reference) for reference in outside_references(node))
    return Compiled(compiler.code(node), compiler.used(node), outside)


@dataclass(frozen=True, slots=True)
class _Compiler:
    span: Span
    owner: str | None
    in_list: bool

    def code(self, node: Node) -> Code:
        match node:
            case Literal(value) | Quoted(value) | Boolean(value):
                return _constant(value)
            case Cell(row, column):
                return _own(column) if self._is_own(row) else _fixed((self._row(row), column))
            case Outside(source, Cell(row, column)):
                return _elsewhere(source, (row, column))
            case Negate(operand):
                return negative(self.code(operand))
            case Percent(operand):
                return of_hundred(self.code(operand))
            case Binary(("+" | "-" | "*" | "/" | "^") as operator, left, right):
                return computed(operator, self.code(left), self.code(right))
            case Binary(operator, left, right):
                return compared(operator, self.code(left), self.code(right))
            case Call(function, arguments):
                return called(function, [self._argument(argument) for argument in arguments])
            case Range() | ListColumn() | Outside():
                return _alone

    def _argument(self, node: Node) -> tuple[Code, Reader | None]:
        """An argument as one value, and where it is a reference as the many it covers."""
        if isinstance(node, Outside):
            return self.code(node), outside_reader(node)
        return self.code(node), self.reader(node) if isinstance(node, Reference) else None

    def used(self, node: Node) -> tuple[Reader, ...]:
        fixed: dict[tuple[str, str], None] = {}
        others: list[Reader] = []
        for reference in references(node):
            keys = self._fixed_keys(reference)
            if keys is None:
                others.append(self.reader(reference))
            else:
                fixed.update(dict.fromkeys(keys))
        found = any(True for _ in references(node))
        return (_all_of(tuple(fixed)), *others) if found else ()

    def reader(self, reference: Reference) -> Reader:
        keys = self._fixed_keys(reference)
        if keys is not None:
            return _all_of(keys)
        match reference:
            case ListColumn(list_id, column):
                return _listed(list_id, column)
            case Cell(_, column):
                return _in_own_row((column,))
            case Range(start, end):
                list_id = self.owner or ""
                between = self.span(CellKey(list_id, start.column), CellKey(list_id, end.column))
                return _in_own_row(tuple(key.column for key in between))

    def _fixed_keys(self, reference: Reference) -> tuple[tuple[str, str], ...] | None:
        """The keys a reference always covers; None where they differ from row to row, or by the rows there are."""
        match reference:
            case ListColumn():
                return None
            case Cell(row, column):
                return None if self._is_own(row) else ((self._row(row), column),)
            case Range(start, end):
                own = self._is_own(start.row), self._is_own(end.row)
                if any(own):
                    return None if all(own) else ()
                first, last = (CellKey(self._row(corner.row), corner.column) for corner in (start, end))
                return tuple((key.row, key.column) for key in self.span(first, last))

    def _is_own(self, row: str) -> bool:
        return row == OWN_ROW and self.in_list

    def _row(self, row: str) -> str:
        if row != OWN_ROW:
            return row
        if self.owner is None:
            raise ValueError("a formula that stands in no row has no own row")
        return self.owner


def outside_reader(outside: Outside) -> Reader:
    """What a reference covers lies in the other form, which is known only where figures are."""
    source, reference = outside.source, outside.reference

    def reader(frame: Frame) -> Iterable[Scalar]:
        there = frame.outside.get(source)
        if there is None:
            return ()
        match reference:
            case Cell(row, column):
                return (there.values.get((row, column)),)
            case ListColumn(list_id, column):
                return [there.values.get((row, column)) for row in there.rows.get(list_id, ())]
            case Range(start, end):
                span = there.span(CellKey(start.row, start.column), CellKey(end.row, end.column))
                return map(there.values.get, span)

    return reader


def _elsewhere(source: Source, key: tuple[str, str]) -> Code:
    def code(frame: Frame) -> Scalar:
        there = frame.outside.get(source)
        return None if there is None else there.values.get(key)

    return code


def _constant(value: Decimal | str | bool) -> Code:
    return lambda _: value


def _fixed(key: tuple[str, str]) -> Code:
    return lambda frame: frame.values.get(key)


def _own(column: str) -> Code:
    return lambda frame: frame.values.get((frame.own_row, column))


def _all_of(keys: tuple[tuple[str, str], ...]) -> Reader:
    return lambda frame: map(frame.values.get, keys)


def _in_own_row(columns: tuple[str, ...]) -> Reader:
    return lambda frame: [frame.values.get((frame.own_row, column)) for column in columns]


def _listed(list_id: str, column: str) -> Reader:
    return lambda frame: [frame.values.get((row, column)) for row in frame.rows.get(list_id, ())]


def _alone(_: Frame) -> Scalar:
    raise Wrong("range_alone", "Vùng ô chỉ dùng bên trong hàm.")
