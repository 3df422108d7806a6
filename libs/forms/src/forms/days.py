"""Days of the calendar: kept as dd/mm/yyyy, and to formulas the number that a spreadsheet keeps for them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

FIRST = date(1899, 12, 30)
"""Day 0. Excel's own count is one off before 1 March 1900, where it knows a 29 February."""
_LAST = (date.max - FIRST).days
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def day_of(text: str) -> date | None:
    """Of dd/mm/yyyy, also with points or hyphens; none for what isn't a day of the calendar."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def written(day: date) -> str:
    """As it is kept: with all its digits, of early years too."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def number_of(text: str) -> Decimal | None:
    """Days since ``FIRST``; none for what isn't a day."""
    day = day_of(text)
    return None if day is None else Decimal((day - FIRST).days)


def day_numbered(number: Decimal) -> str | None:
    """The day that a number counts, its fraction (the hour) left out; none before day 1 and after the year 9999."""
    return written(FIRST + timedelta(days=int(number))) if 1 <= number < _LAST + 1 else None
