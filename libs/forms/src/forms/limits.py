"""What an input cell takes beside its type and precision: a range, a length, a list of choices, a day."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from forms.base import Frozen
from forms.days import day_of, written
from forms.numbers import format_vi
from forms.text import fold, squeeze

MOST_CHOICES = 500
_SHOWN_CHOICES = 8


class Limits(Frozen):
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = Field(None, ge=1, le=32_000)
    """Characters of a text."""
    choices: tuple[str, ...] = Field((), max_length=MOST_CHOICES)
    """One of these, as printed here; case and spaces don't matter to who types."""
    day: bool = False
    """A day of the calendar, kept as dd/mm/yyyy."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("the least is above the most")
        return self

    def fits(self, *, numbers: bool) -> bool:
        """Whether these speak of numbers, or of texts, as the cell does."""
        of_numbers = self.least is not None or self.most is not None
        of_texts = self.longest is not None or bool(self.choices) or self.day
        return not (of_texts if numbers else of_numbers)

    def read(self, text: str) -> str:
        """What was typed as it is kept: the choice as printed, the day with all its digits; else as it was."""
        if self.choices:
            return next((one for one in self.choices if fold(one) == fold(text)), text)
        day = day_of(text) if self.day else None
        return text if day is None else written(day)

    def fault_of_number(self, number: Decimal) -> tuple[str, str] | None:
        """Code and words, to follow the name of the cell."""
        if self.least is not None and number < self.least:
            return "below_least", f": {format_vi(number)} nhỏ hơn mức nhỏ nhất {format_vi(self.least)}."
        if self.most is not None and number > self.most:
            return "above_most", f": {format_vi(number)} lớn hơn mức lớn nhất {format_vi(self.most)}."
        return None

    def fault_of_text(self, text: str) -> tuple[str, str] | None:
        if self.longest is not None and len(text) > self.longest:
            return "too_long", f": {len(text)} ký tự, nhiều nhất {self.longest} ký tự."
        if self.choices and all(fold(one) != fold(text) for one in self.choices):
            return "not_a_choice", f": “{text[:60]}” không có trong danh sách chọn ({self._some_choices()})."
        if self.day and day_of(text) is None:
            return "not_a_day", f": “{text[:60]}” không phải là ngày; ghi như 05/11/2026."
        return None

    def in_words(self) -> str:
        """What is taken, after "số" or "chữ"; empty where nothing more is asked."""
        parts = [
            "" if self.least is None else f"từ {format_vi(self.least)}",
            ""
            if self.most is None
            else f"{'không quá' if self.least is None else 'đến'} {format_vi(self.most)}",
            f"một trong: {self._some_choices()}" if self.choices else "",
            "ngày như 05/11/2026" if self.day else "",
            f"nhiều nhất {self.longest} ký tự" if self.longest else "",
        ]
        return "; ".join(filter(None, [" ".join(filter(None, parts[:2])), *parts[2:]]))

    def _some_choices(self) -> str:
        shown = "; ".join(squeeze(one) for one in self.choices[:_SHOWN_CHOICES])
        return shown if len(self.choices) <= _SHOWN_CHOICES else f"{shown}; …"
