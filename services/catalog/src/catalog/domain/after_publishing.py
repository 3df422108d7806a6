"""What a published regime still owes: its yearly review (QN-16.3) and its announcement (DN-13.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kit.clock import vietnam_day
from province_profile import ProvinceProfile

from catalog.domain.calendar import WorkingCalendar
from catalog.domain.periods import day_in_month, shift_month
from catalog.domain.regime import ReportingRegime


class ReviewOutcome(StrEnum):
    KEEP = "keep"
    CHANGE = "change"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Review:
    id: UUID
    regime_id: UUID
    reviewed_on: date
    outcome: ReviewOutcome
    note: str
    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ReviewDue:
    regime: ReportingRegime
    last: Review | None
    due_on: date
    """The last day of the year since publishing or since the last review."""
    overdue: bool


def review_due(
    regime: ReportingRegime, last: Review | None, today: date, under: ProvinceProfile
) -> ReviewDue | None:
    """None for a regime that isn't published."""
    if regime.published_at is None or regime.closed_at is not None:
        return None
    since = last.reviewed_on if last else vietnam_day(regime.published_at)
    year, month = shift_month(since.year, since.month, under.regimes.review.months)
    due_on = day_in_month(year, month, since.day)
    return ReviewDue(regime, last, due_on, today > due_on)


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where the regime was announced, and for which numbers of days left those concerned were told."""

    regime_id: UUID
    announced_on: date | None = None
    address: str = ""
    warned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnouncementClock:
    in_force_from: date
    last_on: date
    days_left: int
    """Working days until the last one; negative once it has passed."""


def in_force_from(regime: ReportingRegime) -> date | None:
    """The clock begins with the last text that came into force: the one that makes the regime what it is."""
    days = [document.in_force_from for document in regime.terms.legal_documents if document.in_force_from]
    return max(days) if days else None


def announcement_clock(
    regime: ReportingRegime, today: date, calendar: WorkingCalendar, under: ProvinceProfile
) -> AnnouncementClock | None:
    """None where no document says since when it is in force."""
    begins = in_force_from(regime)
    if begins is None:
        return None
    last_on = calendar.add_working_days(begins, under.regimes.public_list.working_days)
    return AnnouncementClock(begins, last_on, working_days_between(today, last_on, calendar))


def working_days_between(today: date, day: date, calendar: WorkingCalendar) -> int:
    """Working days after the earlier day up to the later; negative if `day` has passed."""
    low, high = min(today, day), max(today, day)
    count, step = 0, low
    while step < high:
        step = calendar.add_working_days(step, 1)
        count += step <= high
    return count if day >= today else -max(count, 1)


def warning_now(clock: AnnouncementClock, warned: Sequence[int], under: ProvinceProfile) -> int | None:
    """The stage that is reached and not told of yet: 5, 2, … working days left, -1 for past the last day."""
    if clock.days_left < 0:
        return -1 if -1 not in warned else None
    reached = [stage for stage in under.regimes.public_list.warn_before if clock.days_left <= stage]
    stage = min(reached, default=None)
    return stage if stage is not None and stage not in warned else None
