"""Deadline rules of a province's text, each with its article, and what happens on a day off."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from province_profile.basis import Basis, Frozen
from province_profile.due_days import DueDay, OnDayOff
from province_profile.periods import PeriodKind


class RegimeKind(StrEnum):
    PERIODIC = "periodic"
    THEMATIC = "thematic"
    AD_HOC = "ad_hoc"


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
