"""What holds of every period and deadline, whatever the year, the province and the rule."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from catalog.adapters.holiday_seed import SeededYears
from catalog.domain import periods
from catalog.domain.calendar import CalendarYear, WorkingCalendar
from catalog.domain.cut_offs import CutOffSpan
from catalog.domain.regime import OwnDeadline, RegimeTerms
from catalog.domain.schedule import cut_off_of, schedule
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.clock import VIETNAM
from province_profile import (
    DATED_BY_THE_REGIME,
    DaysAfter,
    FixedDay,
    OnDayOff,
    PeriodKind,
    ProvinceProfile,
    RegimeKind,
    Wording,
    load_profiles,
)

from tests.catalog.building import ROOT

PROFILES = list(load_profiles(ROOT / "profiles"))
CALENDAR = WorkingCalendar(SeededYears())
ONE = timedelta(days=1)
TILING = ("day", "half_month", "month", "quarter", "half_year", "year")
KINDS = [kind for kind in PeriodKind if kind not in DATED_BY_THE_REGIME]
profiles = st.sampled_from(PROFILES)
kinds = st.sampled_from(KINDS)
years = st.integers(2016, 2036)


def terms(*own: OwnDeadline, origin: str = "province") -> RegimeTerms:
    return RegimeTerms("Báo cáo", RegimeKind.PERIODIC, origin, deadlines=own)


def spans(profile: ProvinceProfile, kind: PeriodKind, year: int) -> list[CutOffSpan]:
    return [cut_off_of(terms(), period, profile) for period in periods.of_year(kind, year)]


@pytest.mark.requirement("TH-6")
@settings(deadline=None, max_examples=60)
@given(profiles, st.sampled_from(TILING), years, st.sampled_from(["province", "statistical"]))
def test_cut_off_spans_tile_time(profile: ProvinceProfile, kind: str, year: int, origin: str) -> None:
    found = [
        cut_off_of(terms(origin=origin), period, profile)
        for each in (year, year + 1)
        for period in periods.of_year(PeriodKind(kind), each)
    ]
    for earlier, later in pairwise(found):
        assert later.from_day == earlier.to_day + ONE


@settings(deadline=None, max_examples=40)
@given(profiles, years)
def test_nine_months_leave_out_exactly_the_last_quarter(profile: ProvinceProfile, year: int) -> None:
    (before,), (after,) = (spans(profile, PeriodKind.NINE_MONTHS, each) for each in (year, year + 1))
    assert before.to_day + ONE == date(year, 10, 1)
    assert after.from_day - ONE == date(year, 12, 31)


@pytest.mark.requirement("TH-6")
@settings(deadline=None, max_examples=40)
@given(profiles, years)
def test_a_school_year_leaves_out_exactly_the_summer(profile: ProvinceProfile, year: int) -> None:
    (_, before), (start, after) = (spans(profile, PeriodKind.SCHOOL_YEAR, each) for each in (year, year + 1))
    assert before.to_day + ONE == date(year + 1, 6, 16)
    assert after.from_day - ONE == date(year + 1, 8, 31)
    assert start.from_day == after.from_day <= start.to_day < after.to_day


@st.composite
def rules(draw: Any) -> FixedDay | DaysAfter:
    shared = {
        "wording": draw(st.sampled_from(Wording)),
        "hour": draw(st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))),
        "on_day_off": draw(st.none() | st.sampled_from(OnDayOff)),
    }
    if draw(st.booleans()):
        return FixedDay(day=draw(st.integers(1, 31)), months_after=draw(st.integers(0, 6)), **shared)
    after = draw(st.sampled_from(["period", "cut_off"]))
    return DaysAfter(days=draw(st.integers(0, 60)), working=draw(st.booleans()), after=after, **shared)


@settings(deadline=None, max_examples=300)
@given(profiles, kinds, years, rules(), st.data())
def test_a_report_is_never_due_before_its_span_has_ended_unless_the_answer_says_so(
    profile: ProvinceProfile, kind: PeriodKind, year: int, rule: FixedDay | DaysAfter, data: st.DataObject
) -> None:
    period = data.draw(st.sampled_from(list(periods.of_year(kind, year))))
    found = schedule(terms(OwnDeadline(rule)), period, profile, CALENDAR)
    (deadline,) = found.deadlines
    ended = datetime.combine(found.cut_off.to_day + ONE, datetime.min.time(), VIETNAM)
    said = any(step.startswith("Lưu ý: thời hạn này đến trước") for step in deadline.steps)
    assert said == (deadline.due_at < ended)
    if isinstance(rule, DaysAfter) and rule.days >= 1 and rule.after == "cut_off":
        assert not said


@pytest.mark.requirement("TH-7")
@settings(deadline=None, max_examples=100)
@given(kinds, years)
def test_what_a_text_states_itself_is_never_due_before_the_end_of_its_span(
    kind: PeriodKind, year: int
) -> None:
    for profile in PROFILES:
        if kind not in profile.deadlines.rules:
            continue
        for period in periods.of_year(kind, year):
            found = schedule(terms(), period, profile, CALENDAR)
            assert all(deadline.last_day >= found.cut_off.to_day for deadline in found.deadlines)


@st.composite
def calendars(draw: Any) -> WorkingCalendar:
    days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    off = draw(st.sets(days, max_size=40))
    worked = draw(st.sets(days.filter(lambda day: day.weekday() >= 5), max_size=10)) - off
    return WorkingCalendar(
        {
            year: CalendarYear(
                UUID(int=1),
                year,
                1,
                {day: "nghỉ" for day in off if day.year == year},
                {day: "làm bù" for day in worked if day.year == year},
            )
            for year in (2026, 2027, 2028)
        }
    )


@pytest.mark.requirement("DL-14.2")
@settings(deadline=None, max_examples=200)
@given(calendars(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_rolling_a_rolled_day_changes_nothing(calendar: WorkingCalendar, day: date) -> None:
    rolled = calendar.next_working_day(day)
    assert calendar.next_working_day(rolled) == rolled >= day
    assert calendar.why_off(rolled) is None
    assert all(calendar.why_off(day + n * ONE) for n in range((rolled - day).days))


@settings(deadline=None, max_examples=200)
@given(calendars(), st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.integers(0, 40))
def test_counted_working_days_are_all_worked(calendar: WorkingCalendar, day: date, count: int) -> None:
    end = calendar.add_working_days(day, count)
    between = [day + n * ONE for n in range(1, (end - day).days + 1)]
    assert sum(calendar.why_off(each) is None for each in between) == count


LABELS = {
    "day": r"Ngày \d\d/\d\d/\d{4}",
    "half_month": r"Kỳ 15 ngày từ \d\d/\d\d đến \d\d/\d\d/\d{4}",
    "month": r"Tháng ([1-9]|1[0-2]) năm \d{4}",
    "quarter": r"Quý (I|II|III|IV) năm \d{4}",
    "half_year": r"6 tháng (đầu|cuối) năm \d{4}",
    "nine_months": r"9 tháng năm \d{4}",
    "year": r"Năm \d{4}",
    "school_year": r"(Đầu|Cuối) năm học \d{4}–\d{4}",
}


@pytest.mark.requirement("TH-5")
@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=20)
@given(year=years)
def test_every_period_is_called_in_vietnamese_and_none_like_another(kind: PeriodKind, year: int) -> None:
    labels = [period.label for period in periods.of_year(kind, year)]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label == unicodedata.normalize("NFC", label)
        assert re.fullmatch(LABELS[kind], label), label
