"""The span of days whose figures a period holds (thời gian chốt số liệu)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from province_profile import CutOffRule, Edge

from catalog.domain.periods import ReportingPeriod, day_in_month, shift_month


@dataclass(frozen=True, slots=True)
class CutOffSpan:
    """Both days are inside."""

    from_day: date
    to_day: date
    article: str


def span_of(period: ReportingPeriod, rule: CutOffRule) -> CutOffSpan:
    return CutOffSpan(
        _day(period, rule.from_edge) if rule.from_edge else period.first_day,
        _day(period, rule.to_edge) if rule.to_edge else period.last_day,
        rule.reference,
    )


def _day(period: ReportingPeriod, edge: Edge) -> date:
    origin = period.first_day if edge.of == "first" else period.last_day
    year, month = shift_month(origin.year, origin.month, edge.months)
    return day_in_month(year, month, edge.day)
