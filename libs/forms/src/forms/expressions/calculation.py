"""Arithmetic and comparison on single values: decimal128, blanks as 0, division by 0 as blank."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import (
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from forms.values import NotApplicable

MOST_DIGITS = 34
_LARGEST_POWER = 999
_TRAPS = [Overflow, InvalidOperation, DivisionByZero]
DECIMAL128 = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=_TRAPS)
_WIDE = Context(prec=200)
_ROUNDINGS = {
    "ROUND": ROUND_HALF_UP,
    "ROUNDUP": ROUND_UP,
    "ROUNDDOWN": ROUND_DOWN,
    "FLOOR": ROUND_FLOOR,
}


@dataclass(frozen=True, slots=True)
class Undefined:
    """Division by zero: it spreads through what uses it and ends as a blank."""


UNDEFINED = Undefined()

Scalar = Decimal | str | bool | None | NotApplicable | Undefined
"""None is a blank."""


class Wrong(Exception):
    """A formula that has no meaning over these figures."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = f"forms.expression.{code}"
        self.message = message


def as_number(value: Scalar) -> Decimal | Undefined:
    match value:
        case None | "":
            return Decimal(0)
        case bool():
            return Decimal(int(value))
        case Decimal() | Undefined():
            return value
        case str():
            raise Wrong("text_as_number", f"Công thức tính toán với chữ “{value[:40]}”.")
        case NotApplicable():
            raise Wrong("not_applicable", "Công thức tính toán với ô “x” (không áp dụng) ngoài hàm SUM.")


def as_truth(value: Scalar) -> bool | Undefined:
    if isinstance(value, bool):
        return value
    number = as_number(value)
    return number if isinstance(number, Undefined) else not number.is_zero()


def arithmetic(operator: str, left: Scalar, right: Scalar) -> Decimal | Undefined:
    first, second = as_number(left), as_number(right)
    if isinstance(first, Undefined) or isinstance(second, Undefined):
        return UNDEFINED
    match operator:
        case "+":
            return DECIMAL128.add(first, second)
        case "-":
            return DECIMAL128.subtract(first, second)
        case "*":
            return DECIMAL128.multiply(first, second)
        case "/":
            return UNDEFINED if second.is_zero() else DECIMAL128.divide(first, second)
        case _:
            return _power(first, second)


def _power(base: Decimal, exponent: Decimal) -> Decimal | Undefined:
    if exponent != exponent.to_integral_value() or abs(exponent) > _LARGEST_POWER:
        raise Wrong("power", "Số mũ phải là số nguyên từ -999 đến 999.")
    if base.is_zero():
        if exponent.is_zero():
            raise Wrong("power", "Không có 0 mũ 0.")
        return UNDEFINED if exponent < 0 else Decimal(0)
    return DECIMAL128.power(base, exponent)


def negated(value: Scalar) -> Decimal | Undefined:
    return arithmetic("-", Decimal(0), value)


def percent(value: Scalar) -> Decimal | Undefined:
    return arithmetic("/", value, Decimal(100))


def rounded(function: str, value: Scalar, digits: Scalar) -> Decimal | Undefined:
    number, places = as_number(value), as_number(digits)
    if isinstance(number, Undefined) or isinstance(places, Undefined):
        return UNDEFINED
    if abs(places) > MOST_DIGITS:
        raise Wrong("places", "Số chữ số làm tròn phải từ -34 đến 34.")
    scaled = number.scaleb(int(places), context=_WIDE)
    whole = scaled.to_integral_value(rounding=_ROUNDINGS[function])
    return DECIMAL128.plus(whole.scaleb(-int(places), context=_WIDE))


def compare(operator: str, left: Scalar, right: Scalar) -> bool | Undefined:
    if isinstance(left, NotApplicable) or isinstance(right, NotApplicable):
        raise Wrong("not_applicable", "Công thức so sánh với ô “x” (không áp dụng).")
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return UNDEFINED
    first, second = _beside(left, right), _beside(right, left)
    if operator in ("=", "<>"):
        return _same(first, second) is (operator == "=")
    order = _order(first, second)
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[operator]


def _beside(value: Decimal | str | bool | None, other: Decimal | str | bool | None) -> Decimal | str | bool:
    """A blank takes the kind of what it is compared with."""
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else Decimal(0)


def _rank(value: Decimal | str | bool) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _same(first: Decimal | str | bool, second: Decimal | str | bool) -> bool:
    if _rank(first) != _rank(second):
        return False
    if isinstance(first, str) and isinstance(second, str):
        return first.lower() == second.lower()
    return first == second


def _order(first: Decimal | str | bool, second: Decimal | str | bool) -> int:
    """Numbers come before text, text before truth values; text itself has no order here."""
    if _rank(first) != _rank(second):
        return _rank(first) - _rank(second)
    if isinstance(first, str) or isinstance(second, str):
        raise Wrong("text_order", "Chữ chỉ so sánh được bằng = và <>.")
    return 0 if first == second else -1 if first < second else 1
