"""Deadlines: the law's wording becomes one exclusive moment, with the way there in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from catalog.adapters.holiday_seed import seed_year
from catalog.domain import periods
from catalog.domain.calendar import CalendarYear, WorkingCalendar
from catalog.domain.cut_offs import CutOffSpan
from catalog.domain.deadlines import Deadline, StatedRule, work_out
from catalog.domain.frequency import Frequency
from catalog.domain.regime import OwnDeadline, RegimeTerms
from catalog.domain.schedule import ScheduledPeriod, schedule
from province_profile import (
    DaysAfter,
    FixedDate,
    FixedDay,
    OnDayOff,
    Profiles,
    RegimeKind,
    Wording,
    load_profiles,
)

PROFILES: Profiles = load_profiles(Path(__file__).parents[3] / "profiles")
PROVINCE = UUID(int=1)
CALENDAR = WorkingCalendar({year: seed_year(PROVINCE, year) for year in range(2025, 2029)})
BEFORE, AT_LATEST = Wording.BEFORE, Wording.AT_LATEST


PROVINCES = PROFILES.keys()


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Vietnam's clock is seven hours ahead all year."""
    return datetime.fromisoformat(f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00+07:00").astimezone(
        UTC
    )


def due(
    rule: FixedDay | DaysAfter | FixedDate, key: str = "2026-10", roll: OnDayOff = OnDayOff.KEEP
) -> Deadline:
    period = periods.of_key(key)
    span = CutOffSpan(period.first_day, period.last_day, "")
    return work_out(StatedRule(rule, "điều 1", roll, "DL 14.2"), period, span, CALENDAR)


def scheduled(
    province: str, key: str, *own: OwnDeadline, kind: RegimeKind = RegimeKind.PERIODIC
) -> ScheduledPeriod:
    period = periods.of_key(key)
    terms = RegimeTerms(
        "Báo cáo",
        kind,
        "province",
        legal_basis="QĐ 1/QĐ-UBND",
        frequency=(Frequency(period.kind),),
        deadlines=own,
    )
    return schedule(terms, period, PROFILES.in_force_on(province, period.last_day), CALENDAR)


@pytest.mark.requirement("TH-7")
@pytest.mark.parametrize(
    ("key", "due_at", "article"),
    [
        ("2026-10-05", moment(2026, 10, 6, 16, 30), "TH 7.1"),
        ("2026-12-31", moment(2027, 1, 1, 16, 30), "TH 7.1"),
        ("2026-10-K1", moment(2026, 10, 20), "TH 7.2"),
        ("2026-10-K2", moment(2026, 11, 5), "TH 7.2"),
        ("2026-12-K2", moment(2027, 1, 5), "TH 7.2"),
        ("2026-10", moment(2026, 10, 20), "TH 7.3"),
        ("2026-Q3", moment(2026, 9, 20), "TH 7.4"),
        ("2026-H1", moment(2026, 6, 20), "TH 7.5"),
        ("2026-H2", moment(2026, 12, 20), "TH 7.5"),
        ("2026", moment(2026, 12, 20), "TH 7.6"),
        ("2026-2027-D", moment(2026, 9, 20), "TH 7.6"),
        ("2026-2027-C", moment(2027, 6, 20), "TH 7.6"),
    ],
)
def test_a_stated_deadline_is_exactly_the_article_s(key: str, due_at: datetime, article: str) -> None:
    (deadline,) = scheduled("thanh-hoa", key).deadlines
    assert (deadline.due_at, deadline.article) == (due_at, article)


@pytest.mark.requirement("TH-6")
@pytest.mark.parametrize(
    ("key", "from_day", "to_day"),
    [
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
        ("2026-10-K1", date(2026, 10, 1), date(2026, 10, 14)),
        ("2026-02-K2", date(2026, 2, 15), date(2026, 2, 28)),
        ("2026-10", date(2026, 9, 15), date(2026, 10, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-2027-C", date(2026, 9, 1), date(2027, 6, 15)),
    ],
)
def test_the_cut_off_span_is_exactly_the_article_s(key: str, from_day: date, to_day: date) -> None:
    cut_off = scheduled("thanh-hoa", key).cut_off
    assert (cut_off.from_day, cut_off.to_day) == (from_day, to_day)
    assert cut_off.article.startswith("TH 6.")


def test_a_report_due_before_the_twentieth_is_late_from_its_first_second() -> None:
    deadline = due(FixedDay(day=20, wording=BEFORE))
    assert deadline.due_at == moment(2026, 10, 20)
    assert deadline.last_day == date(2026, 10, 19)


def test_a_report_due_at_latest_on_the_twentieth_is_in_time_until_its_midnight() -> None:
    deadline = due(FixedDay(day=20, wording=AT_LATEST))
    assert deadline.due_at == moment(2026, 10, 21)
    assert deadline.last_day == date(2026, 10, 20)


def test_the_last_second_of_the_year_is_in_time_and_the_first_of_the_next_is_not() -> None:
    deadline = due(FixedDay(day=31, wording=AT_LATEST), "2026")
    assert deadline.due_at == moment(2027, 1, 1) == datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert moment(2026, 12, 31, 23, 59) < deadline.due_at


def test_an_hour_named_by_before_is_itself_too_late_and_by_at_latest_is_not() -> None:
    assert due(FixedDay(day=20, wording=BEFORE, hour=time(16, 30))).due_at == moment(2026, 10, 20, 16, 30)
    assert due(FixedDay(day=20, wording=AT_LATEST, hour=time(16, 30))).due_at == moment(2026, 10, 20, 16, 31)


def test_the_thirty_first_of_a_short_month_is_its_last_day_and_says_so() -> None:
    deadline = due(FixedDay(day=31, wording=AT_LATEST), "2027-02")
    assert deadline.last_day == date(2027, 2, 28)
    assert any("không có ngày 31" in step for step in deadline.steps)


@pytest.mark.requirement("DL-14.2")
def test_a_sunday_moves_to_monday_where_the_text_says_so() -> None:
    own = OwnDeadline(FixedDay(day=20, wording=AT_LATEST))
    (deadline,) = scheduled("dak-lak", "2026-12", own).deadlines
    assert date(2026, 12, 20).weekday() == 6
    assert deadline.due_at == moment(2026, 12, 22)
    assert deadline.calendar_version == "2026.1"
    assert any(
        "Chủ nhật 20/12/2026 là ngày nghỉ hằng tuần" in step and "DL 14.2" in step for step in deadline.steps
    )


@pytest.mark.requirement("DL-14.2")
def test_with_before_it_is_the_last_permitted_day_that_moves() -> None:
    own = OwnDeadline(FixedDay(day=21, wording=BEFORE))
    (deadline,) = scheduled("dak-lak", "2026-12", own).deadlines
    assert deadline.last_day == date(2026, 12, 21)


@pytest.mark.requirement("DL-14.2")
def test_a_thematic_report_does_not_move_unless_its_regime_says_so() -> None:
    plain = OwnDeadline(FixedDay(day=20, wording=AT_LATEST))
    moving = OwnDeadline(FixedDay(day=20, wording=AT_LATEST, on_day_off=OnDayOff.NEXT_WORKING_DAY))
    (stays,) = scheduled("dak-lak", "2026-12", plain, kind=RegimeKind.THEMATIC).deadlines
    (moves,) = scheduled("dak-lak", "2026-12", moving, kind=RegimeKind.THEMATIC).deadlines
    assert (stays.last_day, moves.last_day) == (date(2026, 12, 20), date(2026, 12, 21))


@pytest.mark.parametrize("province", ["dong-nai", "dong-thap", "thanh-hoa", "quang-ngai"])
def test_a_sunday_stays_a_sunday_everywhere_else(province: str) -> None:
    own = OwnDeadline(FixedDay(day=20, wording=AT_LATEST))
    (deadline,) = scheduled(province, "2026-12", own).deadlines
    assert deadline.last_day == date(2026, 12, 20)
    assert deadline.article == "QĐ 1/QĐ-UBND"


def test_tet_moves_a_deadline_past_all_its_days_off() -> None:
    deadline = due(FixedDay(day=5, wording=AT_LATEST, months_after=1), "2027-01", OnDayOff.NEXT_WORKING_DAY)
    assert deadline.last_day == date(2027, 2, 11)


def test_a_deadline_on_the_last_day_of_a_year_may_move_into_the_next() -> None:
    new_year = CalendarYear(PROVINCE, 2028, 3, {date(2028, 1, 1): "Tết Dương lịch"})
    old_year = CalendarYear(PROVINCE, 2027, 2, {date(2027, 12, 31): "nghỉ bù"})
    calendar = WorkingCalendar({2027: old_year, 2028: new_year})
    period = periods.of_key("2027")
    stated = StatedRule(FixedDay(day=31, wording=AT_LATEST), "", OnDayOff.NEXT_WORKING_DAY)
    deadline = work_out(stated, period, CutOffSpan(period.first_day, period.last_day, ""), calendar)
    assert deadline.last_day == date(2028, 1, 3)
    assert deadline.calendar_version == "2027.2+2028.3"


def test_working_days_skip_the_weekend() -> None:
    deadline = due(DaysAfter(days=3, working=True, wording=AT_LATEST), "2026-10-29")
    assert deadline.last_day == date(2026, 11, 3)
    assert deadline.calendar_version == "2026.1"


def test_a_level_with_a_rule_of_its_own_has_a_deadline_of_its_own() -> None:
    communes = OwnDeadline(FixedDay(day=15, wording=AT_LATEST, level="commune"))
    others = OwnDeadline(FixedDay(day=20, wording=AT_LATEST))
    deadlines = scheduled("dong-thap", "2026-10", others, communes).deadlines
    assert [(one.level, one.last_day.day) for one in deadlines] == [("commune", 15), ("", 20)]


def test_a_named_day_of_an_ad_hoc_report_is_that_day() -> None:
    assert due(FixedDate(on=date(2026, 11, 27), wording=BEFORE, hour=time(17))).due_at == moment(
        2026, 11, 27, 17
    )


def test_every_kind_of_period_of_every_province_has_its_steps_in_words() -> None:
    own = OwnDeadline(DaysAfter(days=5, wording=AT_LATEST))
    keys = ("2026-10-05", "2026-10-K1", "2026-10", "2026-Q3", "2026-H1", "2026-9M", "2026", "2026-2027-D")
    for province in PROVINCES:
        for key in keys:
            (deadline,) = scheduled(province, key, own).deadlines
            assert len(deadline.steps) >= 3
            assert deadline.steps[-1].startswith("Gửi ")


def test_a_made_up_saturday_is_a_working_day() -> None:
    assert CALENDAR.why_off(date(2026, 8, 31)) is not None
    assert CALENDAR.why_off(date(2026, 8, 22)) is None


def test_a_statistical_regime_reports_calendar_months() -> None:
    period = periods.of_key("2026-10")
    own = (OwnDeadline(FixedDay(day=5, months_after=1, wording=AT_LATEST)),)
    terms = RegimeTerms("Báo cáo", RegimeKind.PERIODIC, "statistical", deadlines=own)
    cut_off = schedule(terms, period, PROFILES.in_force_on("quang-ngai", period.last_day), CALENDAR).cut_off
    assert (cut_off.from_day, cut_off.to_day) == (period.first_day, period.last_day)
