"""Operators of a compiled formula. Two numbers, as nearly always, take the short way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from forms.expressions.calculation import DECIMAL128, Scalar, arithmetic, compare, negated, percent
from forms.expressions.frame import Code, Frame

_ON_NUMBERS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": DECIMAL128.add,
    "-": DECIMAL128.subtract,
    "*": DECIMAL128.multiply,
}


def computed(operator: str, left: Code, right: Code) -> Code:
    short = _ON_NUMBERS.get(operator)
    if short is None:
        return lambda frame: arithmetic(operator, left(frame), right(frame))

    def code(frame: Frame) -> Scalar:
        first, second = left(frame), right(frame)
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            return short(first, second)
        return arithmetic(operator, first, second)

    return code


def compared(operator: str, left: Code, right: Code) -> Code:
    return lambda frame: compare(operator, left(frame), right(frame))


def negative(operand: Code) -> Code:
    return lambda frame: negated(operand(frame))


def of_hundred(operand: Code) -> Code:
    return lambda frame: percent(operand(frame))
