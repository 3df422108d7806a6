"""Kinds of period and the span of days whose figures they hold (thời gian chốt số liệu)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from province_profile.basis import Basis, Frozen


class PeriodKind(StrEnum):
    DAY = "day"
    HALF_MONTH = "half_month"
    """Kỳ 15 ngày: parts "first" (1–14) and "second" (15 to the end of the month)."""
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    """Parts "start" (số liệu đầu năm học) and "end" (số liệu cuối năm học)."""
    SEVERAL_YEARS = "several_years"
    """Giai đoạn nhiều năm, counted from the day on which the regime begins."""
    REAL_TIME = "real_time"
    """Thời gian thực: figures kept up to date through the one span their regime states."""
    ONCE = "once"
    """Thematic and ad hoc reports: the one span their regime states."""


DATED_BY_THE_REGIME = frozenset({PeriodKind.SEVERAL_YEARS, PeriodKind.REAL_TIME, PeriodKind.ONCE})
"""No calendar says when such a period begins and ends: its regime does, so it has no code of its own."""


class Edge(Frozen):
    """A day beside a period: `months` from the month `of` the period (its first or last), then `day`."""

    of: str = Field(pattern="^(first|last)$")
    months: int = Field(ge=-12, le=12)
    day: int = Field(ge=1, le=31)
    """Beyond the end of a month it is that month's last day."""


class CutOffRule(Basis):
    """The span of the figures. Without edges it is the period's own calendar span."""

    part: str | None = None
    from_edge: Edge | None = None
    to_edge: Edge | None = None


class PeriodRules(Frozen):
    cut_offs: Mapping[PeriodKind, tuple[CutOffRule, ...]]
    """For each kind the text knows; a part's rule before the general one."""
    otherwise: CutOffRule
    """For every other kind, where the regime states no span of its own."""
    statistical: CutOffRule | None = None
    """For regimes of statistical origin, whose months are the calendar's; none: the rules above."""

    def cut_off(self, kind: PeriodKind, part: str | None = None, *, origin: str = "") -> CutOffRule:
        if origin == "statistical" and self.statistical is not None:
            return self.statistical
        rules = self.cut_offs.get(kind, ())
        exact = next((rule for rule in rules if part is not None and rule.part == part), None)
        general = next((rule for rule in rules if rule.part is None), None)
        return exact or general or self.otherwise
