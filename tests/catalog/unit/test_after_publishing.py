"""The 15-working-day clock of DN 13.3 and the yearly review, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from catalog.adapters.holiday_seed import seed_year
from catalog.domain.after_publishing import (
    Review,
    ReviewOutcome,
    announcement_clock,
    review_due,
    warning_now,
    working_days_between,
)
from catalog.domain.calendar import WorkingCalendar
from catalog.domain.regime import RegimeState, RegimeTerms, ReportingRegime
from catalog.domain.regime_content import LegalDocument, ReportingUnits
from province_profile import ProvinceProfile, RegimeKind, load_profiles

PROVINCE = UUID(int=1)
CALENDAR = WorkingCalendar({year: seed_year(PROVINCE, year) for year in (2025, 2026, 2027)})
PROFILES = load_profiles(Path(__file__).resolve().parents[3] / "profiles")


def profile(key: str = "dong-nai") -> ProvinceProfile:
    return PROFILES.in_force_on(key, date(2026, 11, 1))


def a_regime(in_force_from: date | None = date(2026, 11, 2)) -> ReportingRegime:
    document = LegalDocument("Quyết định", "1/QĐ", date(2026, 10, 20), "UBND", in_force_from)
    terms = RegimeTerms("Báo cáo", RegimeKind.PERIODIC, "province", legal_documents=(document,))
    published = datetime(2026, 11, 2, 1, tzinfo=UTC)
    return ReportingRegime(
        UUID(int=2), PROVINCE, PROVINCE, "BC", terms, published, RegimeState.PUBLISHED, published
    )


@pytest.mark.requirement("DN-13.3")
@pytest.mark.parametrize(
    ("today", "left", "stage"),
    [
        (date(2026, 11, 13), 6, None),
        (date(2026, 11, 16), 5, 5),
        (date(2026, 11, 19), 2, 2),
        (date(2026, 11, 23), 0, 2),
        (date(2026, 11, 24), -1, -1),
    ],
)
def test_fifteen_working_days_from_the_day_of_effect_with_warnings_5_and_2_before_and_after(
    today: date, left: int, stage: int | None
) -> None:
    clock = announcement_clock(a_regime(), today, CALENDAR, profile())
    assert clock is not None
    assert (clock.last_on, clock.days_left) == (date(2026, 11, 23), left)
    assert warning_now(clock, (), profile()) == stage
    assert warning_now(clock, (5, 2, -1), profile()) is None


@pytest.mark.requirement("DN-13.3")
def test_without_a_day_of_effect_no_clock_runs() -> None:
    assert announcement_clock(a_regime(None), date(2026, 11, 2), CALENDAR, profile()) is None


def test_a_weekend_after_the_last_day_is_already_past_it() -> None:
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    assert working_days_between(saturday, friday, CALENDAR) == -1
    assert working_days_between(friday, friday, CALENDAR) == 0


@pytest.mark.requirement("QN-16.3", "QN-10.3")
def test_a_review_is_due_a_year_after_publishing_and_after_each_review() -> None:
    rules = profile("quang-ngai")
    regime = a_regime()
    first = review_due(regime, None, date(2027, 11, 2), rules)
    overdue = review_due(regime, None, date(2027, 11, 3), rules)
    last = Review(UUID(int=3), regime.id, date(2027, 11, 3), ReviewOutcome.KEEP, "", UUID(int=4), "A")
    again = review_due(regime, last, date(2027, 11, 3), rules)
    assert first and overdue and again
    assert [(one.due_on, one.overdue) for one in (first, overdue, again)] == [
        (date(2027, 11, 2), False),
        (date(2027, 11, 2), True),
        (date(2028, 11, 3), False),
    ]


def test_a_closed_regime_is_reviewed_no_more() -> None:
    closed = replace(a_regime(), state=RegimeState.CLOSED, closed_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert review_due(closed, None, date(2028, 1, 1), profile()) is None


def test_units_that_come_keep_their_day_and_those_that_leave_lose_it() -> None:
    one, two, three = (UUID(int=n) for n in (11, 12, 13))
    grown = ReportingUnits((one, two)).now((one, two, three), date(2026, 11, 5))
    assert dict(grown.joined) == {three: date(2026, 11, 5)}
    shrunk = grown.now((two, three), date(2026, 12, 1))
    assert (shrunk.ids, dict(shrunk.joined)) == ((two, three), {three: date(2026, 11, 5)})
    assert dict(shrunk.now((two,), date(2026, 12, 2)).joined) == {}
