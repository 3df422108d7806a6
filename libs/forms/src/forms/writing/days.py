"""A day goes into a cell that shows days as the number a spreadsheet keeps, so that it sorts and reckons there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from forms.days import day_of, written
from forms.package import Package
from forms.styles import read_styles
from forms.values import Number, Text, Value

_SURE_FROM = date(1904, 1, 1)
"""Before it spreadsheets disagree: Excel knows a 29 February 1900, other files begin to count here."""


class Days:
    def __init__(self, package: Package) -> None:
        self._first = package.first_day
        self._styles = [style.format.is_day for style in read_styles(package)]

    def as_kept(self, value: Value, cell: etree._Element) -> Value:
        """The serial number of ``05/11/2026``; anything else, a day without all its digits among it, as it is."""
        style = int(cell.get("s", "0"))
        if not isinstance(value, Text) or style >= len(self._styles) or not self._styles[style]:
            return value
        day = day_of(value.value)
        if day is None or day <= _SURE_FROM or written(day) != value.value:
            return value
        return Number(Decimal((day - self._first).days))
