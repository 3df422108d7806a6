"""Functions of a compiled formula. An argument is a value of its own or a reference to many cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import reduce

from forms.expressions.calculation import (
    DECIMAL128,
    UNDEFINED,
    Scalar,
    Undefined,
    Wrong,
    arithmetic,
    as_number,
    as_truth,
    rounded,
)
from forms.expressions.frame import Code, Frame, Reader
from forms.values import NotApplicable

Argument = tuple[Code, Reader | None]


def called(function: str, arguments: Sequence[Argument]) -> Code:
    codes = [code for code, _ in arguments]
    match function:
        case "IF":
            return _if(*codes)
        case "IFERROR":
            return _if_error(*codes)
        case "NOT":
            return _not(codes[0])
        case "AND" | "OR":
            return lambda frame: _logical(function, _values(arguments, frame))
        case "ROUND" | "ROUNDUP" | "ROUNDDOWN":
            return lambda frame: rounded(function, codes[0](frame), codes[1](frame))
        case "INT":
            return lambda frame: rounded("FLOOR", codes[0](frame), Decimal(0))
        case "ABS":
            return _absolute(codes[0])
        case "SUM" if len(arguments) == 1 and arguments[0][1] is not None:
            return _sum_of_cells(arguments[0][1])
        case _:
            return lambda frame: _aggregated(function, _values(arguments, frame))


def _if(condition: Code, then: Code, otherwise: Code) -> Code:
    def code(frame: Frame) -> Scalar:
        truth = as_truth(condition(frame))
        if isinstance(truth, Undefined):
            return UNDEFINED
        return then(frame) if truth else otherwise(frame)

    return code


def _if_error(tried: Code, otherwise: Code) -> Code:
    def code(frame: Frame) -> Scalar:
        try:
            result = tried(frame)
        except (Wrong, Overflow, InvalidOperation, DivisionByZero):
            return otherwise(frame)
        return otherwise(frame) if isinstance(result, Undefined | NotApplicable) else result

    return code


def _not(operand: Code) -> Code:
    def code(frame: Frame) -> Scalar:
        truth = as_truth(operand(frame))
        return truth if isinstance(truth, Undefined) else not truth

    return code


def _absolute(operand: Code) -> Code:
    def code(frame: Frame) -> Scalar:
        number = as_number(operand(frame))
        return number if isinstance(number, Undefined) else number.copy_abs()

    return code


def _values(arguments: Sequence[Argument], frame: Frame) -> Iterator[tuple[Scalar, bool]]:
    """Each value, and whether it was referred to: blanks and text are skipped only there."""
    for code, reader in arguments:
        if reader is None:
            yield code(frame), False
        else:
            for value in reader(frame):
                yield value, True


def _logical(function: str, values: Iterable[tuple[Scalar, bool]]) -> Scalar:
    truths: list[bool] = []
    undefined = False
    for value, referenced in values:
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


def _sum_of_cells(reader: Reader) -> Code:
    def code(frame: Frame) -> Scalar:
        numbers: list[Decimal] = []
        for value in reader(frame):
            if isinstance(value, Decimal):
                numbers.append(value)
            elif isinstance(value, Undefined):
                return UNDEFINED
            elif isinstance(value, bool):
                numbers.append(Decimal(value))
        return _total(numbers)

    return code


def _aggregated(function: str, values: Iterable[tuple[Scalar, bool]]) -> Scalar:
    numbers: list[Decimal] = []
    present = 0
    for value, referenced in values:
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
    return _summarized(function, numbers, present)


def _summarized(function: str, numbers: Sequence[Decimal], present: int) -> Scalar:
    match function:
        case "COUNT":
            return Decimal(len(numbers))
        case "COUNTA":
            return Decimal(present)
        case "MIN":
            return min(numbers, default=Decimal(0))
        case "MAX":
            return max(numbers, default=Decimal(0))
        case "SUM":
            return _total(numbers)
        case "AVERAGE":
            return arithmetic("/", _total(numbers), Decimal(len(numbers)))
    raise Wrong("unknown_function", f"Không có hàm {function}.")


def _total(numbers: Sequence[Decimal]) -> Decimal:
    return reduce(DECIMAL128.add, numbers, Decimal(0))
