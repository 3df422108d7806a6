"""Deadline rules: data only. The catalog alone turns them into moments.

"trước ngày 20" excludes the 20th: the last permitted day is the 19th. "chậm nhất ngày 20" includes it.
A profile and a regime write their rules in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from province_profile.basis import Basis, Frozen
from province_profile.periods import PeriodKind


class Wording(StrEnum):
    BEFORE = "trước"
    AT_LATEST = "chậm nhất"


class OnDayOff(StrEnum):
    KEEP = "keep"
    NEXT_WORKING_DAY = "next_working_day"


class RegimeKind(StrEnum):
    PERIODIC = "periodic"
    THEMATIC = "thematic"
    AD_HOC = "ad_hoc"


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


DueDay = Annotated[FixedDay | DaysAfter | FixedDate, Field(discriminator="kind")]


class DeadlineRule(Basis):
    due: DueDay


class RollRule(Basis):
    """What happens when the last permitted day is a day off."""

    on_day_off: OnDayOff
    covers: tuple[RegimeKind, ...] = ()

    @model_validator(mode="after")
    def _covers_something_when_it_rolls(self) -> Self:
        if self.on_day_off is OnDayOff.NEXT_WORKING_DAY and not self.covers:
            raise ValueError("a rule that rolls says which kinds of report it covers")
        return self

    def for_kind(self, kind: RegimeKind) -> OnDayOff:
        return self.on_day_off if kind in self.covers else OnDayOff.KEEP


class DeadlineRules(Frozen):
    rules: Mapping[PeriodKind, tuple[DeadlineRule, ...]] = {}
    """Deadlines that the province's text states itself."""
    otherwise: Basis
    """Why every other deadline is the regime's to state."""
    ad_hoc: Basis
    roll: RollRule

    def stated_for(self, kind: PeriodKind, part: str | None = None) -> tuple[DeadlineRule, ...]:
        return tuple(rule for rule in self.rules.get(kind, ()) if rule.due.part in (None, part))
