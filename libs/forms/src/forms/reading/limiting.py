"""Limits that a workbook's own data validations say of its input cells."""

from __future__ import annotations

import re
from decimal import Decimal

from forms.addresses import parse_area
from forms.grid import Grid, InputRule, exact
from forms.limits import MOST_CHOICES, Limits
from forms.text import squeeze

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SPAN = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")
_NUMBERS = ("whole", "decimal")


def limits_of(rule: InputRule, grid: Grid) -> Limits | None:
    """None for what the rule doesn't limit, or says by a formula that isn't a plain number or a range of this sheet."""
    if rule.type in _NUMBERS:
        least, most = _span(rule, step=Decimal(1) if rule.type == "whole" else None)
        if least is not None and most is not None and least > most:
            return None
        return None if least is None and most is None else Limits(least=least, most=most)
    if rule.type == "textLength":
        _, longest = _span(rule, step=Decimal(1))
        return Limits(longest=int(longest)) if longest is not None and 1 <= longest <= 32_000 else None
    if rule.type == "date":
        return Limits(day=True)
    if rule.type == "list":
        choices = _choices(rule.first, grid)
        return Limits(choices=choices) if choices else None
    return None


def _span(rule: InputRule, step: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Strict bounds are those of the next whole number; of a fraction there is no next."""
    first, second = _number(rule.first), _number(rule.second)
    match rule.operator:
        case "between" if first is not None and second is not None:
            return first, second
        case "greaterThanOrEqual":
            return first, None
        case "lessThanOrEqual":
            return None, first
        case "greaterThan" if first is not None and step is not None:
            return first + step, None
        case "lessThan" if first is not None and step is not None:
            return None, first - step
        case _:
            return None, None


def _number(text: str) -> Decimal | None:
    return exact(text) if _NUMBER.fullmatch(text) else None


def _choices(source: str, grid: Grid) -> tuple[str, ...]:
    if source.startswith('"') and source.endswith('"'):
        found = [squeeze(one) for one in source[1:-1].split(",")]
    elif _SPAN.fullmatch(source):
        area = parse_area(source.replace("$", ""))
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > MOST_CHOICES:
            return ()
        found = [squeeze(grid.at(at.row, at.column).shown) for at in area.addresses()]
    else:
        return ()
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_CHOICES]
