"""The day a deadline rule names: data only. The catalog alone turns it into a moment.

"trước ngày 20" excludes the 20th: the last permitted day is the 19th. "chậm nhất ngày 20" includes it.
Profiles, regimes and the command line write the same rule as fields or as one line of text (`rule_text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from province_profile.basis import Frozen
from province_profile.rule_text import RuleUnreadable, fields_of


class Wording(StrEnum):
    BEFORE = "trước"
    AT_LATEST = "chậm nhất"


class OnDayOff(StrEnum):
    KEEP = "keep"
    NEXT_WORKING_DAY = "next_working_day"


class DayRule(Frozen):
    """What every way of naming a day shares."""

    wording: Wording
    hour: time | None = None
    part: str | None = None
    """Holds for one part of the period only, such as "first" of a half month."""
    level: str | None = None
    """Holds for units of one level only; none: for every level."""
    on_day_off: OnDayOff | None = None
    """A regime's own word on rest days; none: what the profile says."""


class FixedDay(DayRule):
    """A day of the month that lies `months_after` after the period's last month."""

    kind: Literal["fixed_day"] = "fixed_day"
    day: int = Field(ge=1, le=31)
    """Beyond the end of a month it is that month's last day."""
    months_after: int = Field(default=0, ge=0, le=24)


class DaysAfter(DayRule):
    """Calendar or working days after the period's last day, or after the end of the cut-off."""

    kind: Literal["days_after"] = "days_after"
    days: int = Field(ge=0, le=366)
    working: bool = False
    after: Literal["period", "cut_off"] = "period"


class FixedDate(DayRule):
    """One named day, for thematic and ad hoc reports."""

    kind: Literal["fixed_date"] = "fixed_date"
    on: date


class _InText(Frozen):
    """How the schema describes a rule in text with what the line doesn't say beside it."""

    rule: str
    part: str | None = None
    level: str | None = None
    on_day_off: OnDayOff | None = None


_AsFields = Annotated[FixedDay | DaysAfter | FixedDate, Field(discriminator="kind")]


def _read_text(given: Any) -> Any:
    if isinstance(given, str):
        return fields_of(given)
    if isinstance(given, Mapping) and "rule" in given:
        beside = {name: value for name, value in given.items() if name != "rule"}
        said = fields_of(str(given["rule"]))
        twice = sorted(said.keys() & beside.keys())
        if twice:
            raise ValueError(f"said by the rule's text and again beside it: {', '.join(twice)}")
        return {**said, **beside}
    return given


DueDay = Annotated[_AsFields, BeforeValidator(_read_text, json_schema_input_type=str | _InText | _AsFields)]
_DUE_DAY: TypeAdapter[FixedDay | DaysAfter | FixedDate] = TypeAdapter(DueDay)


def read_rule(text: str) -> FixedDay | DaysAfter | FixedDate:
    """The rule a line of text states. Raises RuleUnreadable."""
    try:
        return _DUE_DAY.validate_python(fields_of(text))
    except ValidationError as wrong:
        reasons = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in wrong.errors())
        raise RuleUnreadable(text, reasons) from wrong


def write_rule(due: FixedDay | DaysAfter | FixedDate) -> str:
    """The line that `read_rule` reads back; part, level and rest days aren't part of it."""
    lead = "before" if due.wording is Wording.BEFORE else "by"
    match due:
        case FixedDay(day=day, months_after=months):
            shift = f" +{months} month{'s' * (months != 1)}" if months else ""
            words = f"{lead} day {day}{shift}"
        case DaysAfter(days=days, working=working, after=after):
            count = f"{days} {'working ' * working}day{'s' * (days != 1)}"
            words = f"{count} after {'end' if after == 'cut_off' else 'period'}"
            if due.wording is Wording.BEFORE:
                words = f"before {words}"
        case FixedDate(on=on):
            words = f"{lead} {on.isoformat()}"
    return words if due.hour is None else f"{words} at {due.hour:%H:%M}"
