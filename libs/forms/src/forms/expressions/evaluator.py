"""What a formula is worth over the figures of a form. The rules are those of contracts/expressions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Protocol

from forms.expressions.calculation import (
    MOST_DIGITS,
    UNDEFINED,
    Scalar,
    Undefined,
    Wrong,
    arithmetic,
    as_number,
    as_truth,
    compare,
    negated,
    percent,
    rounded,
)
from forms.expressions.nodes import (
    Binary,
    Boolean,
    Call,
    Cell,
    ListColumn,
    Literal,
    Negate,
    Node,
    Percent,
    Quoted,
    Range,
    in_row,
    references,
)
from forms.values import BLANK, Blank, CellKey, NotApplicable, Number, Text, Value


class Grid(Protocol):
    """The figures a formula reads."""

    def value(self, key: CellKey) -> Value | Undefined: ...

    def span(self, start: CellKey, end: CellKey) -> Iterable[CellKey]: ...

    def listed(self, list_id: str, column: str) -> Iterable[CellKey]: ...


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


def evaluate(node: Node, grid: Grid, own_row: str | None = None, *, as_spreadsheet: bool = False) -> Outcome:
    """The value over these figures. ``as_spreadsheet`` gives what a spreadsheet shows where every
    figure is blank (0 for a sum): only for the cached results of a workbook that is handed out."""
    evaluation = _Evaluation(grid, own_row)
    if as_spreadsheet:
        return _evaluated(evaluation, node)
    used = [key for reference in references(node) for key in evaluation.keys(reference)]
    if any(True for _ in references(node)) and all(isinstance(grid.value(key), Blank) for key in used):
        return Outcome(BLANK)
    return _evaluated(evaluation, node)


def _evaluated(evaluation: _Evaluation, node: Node) -> Outcome:
    try:
        return _outcome(evaluation.scalar(node))
    except Wrong as wrong:
        return Outcome(BLANK, problem=Problem(wrong.code, wrong.message))
    except (Overflow, InvalidOperation, DivisionByZero):
        return Outcome(BLANK, problem=_TOO_BIG)


_TOO_BIG = Problem("forms.expression.too_big", "Kết quả vượt quá 34 chữ số.")


def _outcome(result: Scalar) -> Outcome:
    match result:
        case Undefined():
            return Outcome(BLANK, undefined=True)
        case bool():
            raise Wrong("boolean_result", "Kết quả là đúng hay sai, không phải số liệu.")
        case Decimal():
            if result.is_zero():
                return Outcome(Number(Decimal(0)))
            return (
                Outcome(BLANK, problem=_TOO_BIG)
                if result.adjusted() >= MOST_DIGITS
                else Outcome(Number(result))
            )
        case str():
            return Outcome(Text(result) if result else BLANK)
        case NotApplicable():
            raise Wrong("not_applicable", "Công thức lấy giá trị của ô “x” (không áp dụng).")
        case None:
            return Outcome(BLANK)


class _Evaluation:
    def __init__(self, grid: Grid, own_row: str | None) -> None:
        self._grid = grid
        self._own_row = own_row

    def keys(self, reference: Cell | Range | ListColumn) -> Iterable[CellKey]:
        match reference:
            case Cell():
                return (in_row(reference, self._own_row),)
            case Range(start, end):
                return self._grid.span(in_row(start, self._own_row), in_row(end, self._own_row))
            case ListColumn(list_id, column):
                return self._grid.listed(list_id, column)

    def scalar(self, node: Node) -> Scalar:
        match node:
            case Literal(number):
                return number
            case Quoted(text):
                return text
            case Boolean(truth):
                return truth
            case Cell():
                return self._read(in_row(node, self._own_row))
            case Negate(operand):
                return negated(self.scalar(operand))
            case Percent(operand):
                return percent(self.scalar(operand))
            case Binary(("+" | "-" | "*" | "/" | "^") as operator, left, right):
                return arithmetic(operator, self.scalar(left), self.scalar(right))
            case Binary(operator, left, right):
                return compare(operator, self.scalar(left), self.scalar(right))
            case Call(function, arguments):
                return self._call(function, arguments)
            case Range() | ListColumn():
                raise Wrong("range_alone", "Vùng ô chỉ dùng bên trong hàm.")

    def _read(self, key: CellKey) -> Scalar:
        match self._grid.value(key):
            case Number(number):
                return number
            case Text(text):
                return text
            case Blank():
                return None
            case (NotApplicable() | Undefined()) as other:
                return other

    def _call(self, function: str, arguments: Sequence[Node]) -> Scalar:
        match function:
            case "IF":
                truth = as_truth(self.scalar(arguments[0]))
                if isinstance(truth, Undefined):
                    return UNDEFINED
                return self.scalar(arguments[1] if truth else arguments[2])
            case "IFERROR":
                return self._if_error(arguments[0], arguments[1])
            case "AND" | "OR":
                return self._logical(function, arguments)
            case "NOT":
                truth = as_truth(self.scalar(arguments[0]))
                return truth if isinstance(truth, Undefined) else not truth
            case "ROUND" | "ROUNDUP" | "ROUNDDOWN":
                return rounded(function, self.scalar(arguments[0]), self.scalar(arguments[1]))
            case "INT":
                number = as_number(self.scalar(arguments[0]))
                return number if isinstance(number, Undefined) else rounded("FLOOR", number, Decimal(0))
            case "ABS":
                number = as_number(self.scalar(arguments[0]))
                return number if isinstance(number, Undefined) else abs(number)
            case _:
                return self._aggregate(function, arguments)

    def _if_error(self, node: Node, otherwise: Node) -> Scalar:
        try:
            result = self.scalar(node)
        except (Wrong, Overflow, InvalidOperation, DivisionByZero):
            return self.scalar(otherwise)
        return self.scalar(otherwise) if isinstance(result, Undefined | NotApplicable) else result

    def _logical(self, function: str, arguments: Sequence[Node]) -> Scalar:
        truths: list[bool] = []
        undefined = False
        for value, referenced in self._arguments(arguments):
            if referenced and (value is None or isinstance(value, str)):
                continue
            truth = as_truth(value)
            if isinstance(truth, Undefined):
                undefined = True
            else:
                truths.append(truth)
        if undefined:
            return UNDEFINED
        if not truths:
            raise Wrong("no_condition", f"Hàm {function} không có điều kiện nào.")
        return all(truths) if function == "AND" else any(truths)

    def _aggregate(self, function: str, arguments: Sequence[Node]) -> Scalar:
        numbers: list[Decimal] = []
        present = 0
        for value, referenced in self._arguments(arguments):
            if isinstance(value, Undefined):
                return UNDEFINED
            if isinstance(value, NotApplicable) and function == "SUM" and referenced:
                continue
            if referenced and (value is None or isinstance(value, str)):
                present += value is not None
                continue
            number = as_number(value)
            if isinstance(number, Undefined):
                return UNDEFINED
            present += 1
            numbers.append(number)
        return _aggregated(function, numbers, present)

    def _arguments(self, arguments: Sequence[Node]) -> Iterable[tuple[Scalar, bool]]:
        """Each value, and whether it was referred to: blanks and text are skipped only there."""
        for argument in arguments:
            if isinstance(argument, Cell | Range | ListColumn):
                for key in self.keys(argument):
                    yield self._read(key), True
            else:
                yield self.scalar(argument), False


def _aggregated(function: str, numbers: Sequence[Decimal], present: int) -> Scalar:
    match function:
        case "COUNT":
            return Decimal(len(numbers))
        case "COUNTA":
            return Decimal(present)
        case "MIN":
            return min(numbers, default=Decimal(0))
        case "MAX":
            return max(numbers, default=Decimal(0))
    total: Scalar = Decimal(0)
    for number in numbers:
        total = arithmetic("+", total, number)
    if function == "SUM":
        return total
    if function == "AVERAGE":
        return arithmetic("/", total, Decimal(len(numbers)))
    raise Wrong("unknown_function", f"Không có hàm {function}.")
