"""One figure out of many units', by the rule of the indicator (chỉ tiêu) that the cell is bound to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal

from forms.expressions.calculation import DECIMAL128
from forms.indicators import BoundIndicator, UnitRule
from forms.model import Cell
from forms.numbers import round_half_away
from forms.values import BLANK, Number, Value

_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Given:
    """One unit's number in a cell, with its numbers for the indicators its rule needs; a blank one counts as 0."""

    number: Decimal
    companions: Mapping[str, Decimal]
    moment: datetime | None = None


def total(numbers: Iterable[Decimal]) -> Decimal:
    found = Decimal(0)
    for number in numbers:
        found = _EXACT.add(found, number)
    return found


def combine(cell: Cell, indicator: BoundIndicator | None, given: Sequence[Given]) -> Value:
    """Blank where nobody gave a number, where the rule says "none", and where it would divide by zero. A quotient is
    rounded half away from zero to the cell's precision, else the indicator's."""
    if not given:
        return BLANK
    if indicator is None:
        return Number(total(one.number for one in given))
    found = _RULES[indicator.rule](indicator, given)
    if found is None:
        return BLANK
    if indicator.rule not in _DIVIDING:
        return Number(found)
    places = indicator.precision if cell.precision is None else cell.precision
    return Number(DECIMAL128.plus(found) if places is None else round_half_away(found, places))


def _sum(_: BoundIndicator, given: Sequence[Given]) -> Decimal:
    return total(one.number for one in given)


def _mean(_: BoundIndicator, given: Sequence[Given]) -> Decimal:
    return _EXACT.divide(total(one.number for one in given), Decimal(len(given)))


def _weighted_mean(indicator: BoundIndicator, given: Sequence[Given]) -> Decimal | None:
    weights = [_of(one, indicator.weight_id) for one in given]
    weighed = total(_EXACT.multiply(one.number, weight) for one, weight in zip(given, weights, strict=True))
    return _quotient(weighed, total(weights))


def _ratio_of_sums(indicator: BoundIndicator, given: Sequence[Given]) -> Decimal | None:
    above = total(_of(one, indicator.numerator_id) for one in given)
    below = total(_of(one, indicator.denominator_id) for one in given)
    return _quotient(_EXACT.multiply(above, indicator.scale), below)


def _max(_: BoundIndicator, given: Sequence[Given]) -> Decimal:
    return max(one.number for one in given)


def _min(_: BoundIndicator, given: Sequence[Given]) -> Decimal:
    return min(one.number for one in given)


def _last(_: BoundIndicator, given: Sequence[Given]) -> Decimal | None:
    """The number of whoever gave it last; nothing if the moments are not known or two are the same."""
    known = sorted((one.moment, one.number) for one in given if one.moment is not None)
    if len(given) == 1:
        return given[0].number
    if len(known) < len(given) or known[-1][0] == known[-2][0]:
        return None
    return known[-1][1]


def _none(_: BoundIndicator, __: Sequence[Given]) -> None:
    return None


_RULES: Mapping[UnitRule, Callable[[BoundIndicator, Sequence[Given]], Decimal | None]] = {
    UnitRule.SUM: _sum,
    UnitRule.MEAN: _mean,
    UnitRule.WEIGHTED_MEAN: _weighted_mean,
    UnitRule.RATIO_OF_SUMS: _ratio_of_sums,
    UnitRule.MAX: _max,
    UnitRule.MIN: _min,
    UnitRule.LAST: _last,
    UnitRule.NONE: _none,
}
_DIVIDING = frozenset({UnitRule.MEAN, UnitRule.WEIGHTED_MEAN, UnitRule.RATIO_OF_SUMS})


def _of(one: Given, indicator_id: str | None) -> Decimal:
    return one.companions.get(indicator_id or "", Decimal(0))


def _quotient(above: Decimal, below: Decimal) -> Decimal | None:
    return None if below.is_zero() else _EXACT.divide(above, below)
