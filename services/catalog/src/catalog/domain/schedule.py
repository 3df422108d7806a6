"""The periods of one regime, each with cut-off, opening moment and deadlines: the catalog's own answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kit.clock import VIETNAM
from province_profile import PeriodKind, ProvinceProfile, RegimeKind

from catalog.domain import periods
from catalog.domain.calendar import WorkingCalendar
from catalog.domain.cut_offs import CutOffSpan, span_of
from catalog.domain.deadlines import Deadline, StatedRule, for_levels
from catalog.domain.errors import DeadlineNotStated, LaterThanTheLimit
from catalog.domain.frequency import Frequency
from catalog.domain.periods import ReportingPeriod
from catalog.domain.regime import RegimeTerms

ProfileOn = Callable[[date], ProvinceProfile]


@dataclass(frozen=True, slots=True)
class ScheduledPeriod:
    period: ReportingPeriod
    cut_off: CutOffSpan
    opens_at: datetime
    deadlines: tuple[Deadline, ...]


def periods_between(
    terms: RegimeTerms, from_day: date, to_day: date, *, with_past: bool = False
) -> Iterator[ReportingPeriod]:
    """Those whose first day falls in the span, within the regime's own days, in order of first day.

    What the regime dates itself may run for years, so there it is enough to touch the span.
    `with_past`: also those before the regime began here, for figures brought in from earlier years.
    """
    begin = max(from_day, terms.starts_on) if terms.starts_on and not with_past else from_day
    end = min(to_day, terms.ends_on) if terms.ends_on else to_day
    items = terms.frequency or tuple(Frequency(kind) for kind in terms.period_kinds)
    found = {period.key: period for item in items for period in _of(item, terms, begin, end)}
    yield from sorted(found.values(), key=lambda period: (period.first_day, period.last_day, period.key))


def _of(item: Frequency, terms: RegimeTerms, begin: date, end: date) -> Iterator[ReportingPeriod]:
    starts, ends = terms.starts_on, terms.ends_on
    match item.kind:
        case PeriodKind.SEVERAL_YEARS:
            if starts and item.years:
                yield from periods.stages(starts, item.years, begin, end)
        case PeriodKind.REAL_TIME | PeriodKind.ONCE as kind:
            if starts and ends and begin <= ends and starts <= end:
                yield (periods.once if kind is PeriodKind.ONCE else periods.real_time)(starts, ends)
        case kind:
            for year in range(begin.year, end.year + 1):
                for period in periods.of_year(kind, year):
                    if item.wants(period.index) and begin <= period.first_day <= end:
                        yield period


def calendar_years(found: Collection[ReportingPeriod]) -> range:
    """The years their deadlines may ask the calendar for: one lies at most two years after its period, and rolls."""
    return range(
        min(period.first_day.year for period in found) - 1, max(period.last_day.year for period in found) + 4
    )


def cut_off_of(terms: RegimeTerms, period: ReportingPeriod, profile: ProvinceProfile) -> CutOffSpan:
    """The regime's own word, else the profile's."""
    own = terms.own_cut_off(period.kind)
    stated = profile.periods.cut_off(period.kind, period.part, origin=terms.origin)
    return span_of(period, stated if own is None else own.rule(terms.basis))


def schedule(
    terms: RegimeTerms, period: ReportingPeriod, profile: ProvinceProfile, calendar: WorkingCalendar
) -> ScheduledPeriod:
    cut_off = cut_off_of(terms, period, profile)
    rules = _own_rules(terms, period, profile) or _stated_rules(terms, period, profile)
    deadlines = for_levels(rules, period, cut_off, calendar)
    if not deadlines:
        raise DeadlineNotStated(period.label, profile.deadlines.otherwise.reference)
    opens_at = datetime.combine(period.first_day, time.min, VIETNAM).astimezone(UTC)
    return ScheduledPeriod(period, cut_off, opens_at, deadlines)


def refuse_later_than_the_limit(
    terms: RegimeTerms, profile: ProvinceProfile, calendar: WorkingCalendar, year: int
) -> None:
    """Where the province's text states the last moment itself, a regime may only be earlier."""
    if terms.kind is not RegimeKind.PERIODIC or terms.origin == "government":
        return
    for item in terms.frequency:
        for period in periods.of_year(item.kind, year):
            own, limit = _own_rules(terms, period, profile), _stated_rules(terms, period, profile)
            if not (own and limit and item.wants(period.index)):
                continue
            cut_off = cut_off_of(terms, period, profile)
            latest = for_levels(limit, period, cut_off, calendar)[-1]
            for deadline in for_levels(own, period, cut_off, calendar):
                if deadline.due_at > latest.due_at:
                    raise LaterThanTheLimit(period.label, deadline.rule, latest.rule, latest.article)


def _own_rules(
    terms: RegimeTerms, period: ReportingPeriod, profile: ProvinceProfile
) -> tuple[StatedRule, ...]:
    roll = profile.deadlines.roll
    return tuple(
        StatedRule(
            rule.due,
            rule.article or terms.basis,
            rule.due.on_day_off or roll.for_kind(terms.kind),
            terms.basis if rule.due.on_day_off else roll.reference,
        )
        for rule in terms.own_deadlines(period.kind)
    )


def _stated_rules(
    terms: RegimeTerms, period: ReportingPeriod, profile: ProvinceProfile
) -> tuple[StatedRule, ...]:
    roll = profile.deadlines.roll
    return tuple(
        StatedRule(rule.due, rule.reference, rule.due.on_day_off or roll.for_kind(terms.kind), roll.reference)
        for rule in profile.deadlines.stated_for(period.kind, period.part)
    )
