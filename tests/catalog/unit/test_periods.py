"""Reporting periods: keys, Vietnamese names, days, and what comes before."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from catalog.domain import periods
from catalog.domain.frequency import Frequency
from catalog.domain.regime import RegimeTerms
from catalog.domain.schedule import periods_between
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.errors import InvalidInput, NotFound
from province_profile import DATED_BY_THE_REGIME, PeriodKind, RegimeKind

REPEATING = [kind for kind in PeriodKind if kind not in DATED_BY_THE_REGIME]


def terms(*frequency: str, starts_on: date | None = None, ends_on: date | None = None) -> RegimeTerms:
    return RegimeTerms(
        "Báo cáo",
        RegimeKind.PERIODIC,
        "province",
        frequency=tuple(Frequency.parse(text) for text in frequency),
        starts_on=starts_on,
        ends_on=ends_on,
    )


@pytest.mark.requirement("TH-5")
@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("2026-10-05", "Ngày 05/10/2026"),
        ("2026-10-K1", "Kỳ 15 ngày từ 01/10 đến 14/10/2026"),
        ("2026-10", "Tháng 10 năm 2026"),
        ("2026-Q3", "Quý III năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026-9M", "9 tháng năm 2026"),
        ("2026", "Năm 2026"),
        ("2026-2027-D", "Đầu năm học 2026–2027"),
    ],
)
def test_each_kind_of_period_is_called_what_people_call_it(key: str, label: str) -> None:
    assert periods.of_key(key).label == label


@pytest.mark.parametrize(
    "key", ["2026-13", "2026-Q5", "2026-02-30", "2026-2028-D", "năm 2026", "", "2026-10-K3"]
)
def test_a_key_that_names_no_period_is_refused_in_words(key: str) -> None:
    with pytest.raises(NotFound) as refusal:
        periods.of_key(key)
    assert refusal.value.code == "catalog.period.not_known"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REPEATING), st.integers(1990, 2100))
def test_every_period_is_found_again_by_its_key_and_so_is_what_came_before(
    kind: PeriodKind, year: int
) -> None:
    for period in periods.of_year(kind, year):
        assert periods.of_key(period.key) == period
        before, last_year = periods.of_key(period.previous_key), periods.of_key(period.last_year_key)
        assert before.first_day < period.first_day
        assert (last_year.kind, last_year.index) == (period.kind, period.index)
        assert last_year.first_day.year == period.first_day.year - 1


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [PeriodKind.DAY, PeriodKind.HALF_MONTH, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR]
    ),
    st.integers(2000, 2060),
)
def test_the_periods_of_a_year_follow_one_another_without_gap_or_overlap(kind: PeriodKind, year: int) -> None:
    found = list(periods.of_year(kind, year))
    assert (found[0].first_day, found[-1].last_day) == (date(year, 1, 1), date(year, 12, 31))
    for earlier, later in pairwise(found):
        assert later.first_day == earlier.last_day + timedelta(days=1)
        assert later.previous_key == earlier.key


@pytest.mark.requirement("PR-2")
def test_a_frequency_can_be_a_set_of_single_periods_of_the_year() -> None:
    chosen = terms("quarter:1", "half_year:1", "nine_months", "year")
    found = [period.key for period in periods_between(chosen, date(2026, 1, 1), date(2026, 12, 31))]
    assert found == ["2026-Q1", "2026-H1", "2026-9M", "2026"]


def test_a_regime_has_no_period_before_it_starts_or_after_it_ends() -> None:
    regime = terms("month", starts_on=date(2026, 9, 1), ends_on=date(2026, 11, 15))
    found = [period.key for period in periods_between(regime, date(2026, 1, 1), date(2027, 12, 31))]
    assert found == ["2026-09", "2026-10", "2026-11"]


def test_a_thematic_regime_without_frequency_has_the_one_span_it_states() -> None:
    once = RegimeTerms(
        "Chuyên đề", RegimeKind.THEMATIC, "province", starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 20)
    )
    (period,) = periods_between(once, date(2026, 1, 1), date(2026, 12, 31))
    assert (period.key, period.label) == ("DOT-2026-11-02", "Đợt báo cáo từ 02/11/2026 đến 20/11/2026")


@pytest.mark.requirement("TH-5")
def test_figures_in_real_time_are_kept_through_the_span_their_regime_states() -> None:
    regime = terms("real_time", starts_on=date(2024, 3, 1), ends_on=date(2027, 2, 28))
    (period,) = periods_between(regime, date(2026, 1, 1), date(2026, 12, 31))
    assert (period.key, period.label) == ("TT-2024-03-01", "Thời gian thực từ 01/03/2024 đến 28/02/2027")
    assert not list(periods_between(regime, date(2027, 3, 1), date(2028, 12, 31)))
    assert not list(periods_between(terms("real_time"), date(2026, 1, 1), date(2026, 12, 31)))


@pytest.mark.requirement("TH-5")
def test_stages_of_several_years_are_counted_from_the_day_the_regime_begins() -> None:
    regime = terms("several_years:5", starts_on=date(2021, 1, 1))
    found = list(periods_between(regime, date(2024, 1, 1), date(2026, 12, 31)))
    assert [(one.key, one.label) for one in found] == [
        ("GD-2021-01-01", "Giai đoạn 2021–2025"),
        ("GD-2026-01-01", "Giai đoạn 2026–2030"),
    ]
    assert found[1].previous_key == found[0].key
    odd = terms("several_years:3", starts_on=date(2025, 7, 1))
    (stage,) = periods_between(odd, date(2026, 1, 1), date(2026, 12, 31))
    assert stage.label == "Giai đoạn từ 01/07/2025 đến 30/06/2028"


def test_earlier_stages_are_there_for_figures_of_the_past_alone() -> None:
    regime, past = (
        terms("several_years:5", starts_on=date(2026, 1, 1)),
        (date(2024, 1, 1), date(2026, 12, 31)),
    )
    assert [one.key for one in periods_between(regime, *past)] == ["GD-2026-01-01"]
    assert [one.key for one in periods_between(regime, *past, with_past=True)] == [
        "GD-2021-01-01",
        "GD-2026-01-01",
    ]


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(2, 20), st.integers(-3, 3))
def test_stages_tile_time_even_from_a_leap_day(anchor: date, years: int, number: int) -> None:
    earlier, later = (periods.a_stage(anchor, years, each) for each in (number, number + 1))
    assert later.first_day == earlier.last_day + timedelta(days=1)
    assert later.previous_key == earlier.key
    found = list(periods.stages(anchor, years, earlier.first_day, later.last_day))
    assert found == [earlier, later]


@pytest.mark.parametrize(
    "text", ["several_years", "several_years:1", "several_years:21", "several_years:100"]
)
def test_a_stage_without_a_fitting_number_of_years_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        Frequency.parse(text)
    assert refusal.value.code == "catalog.regime.stage_length_wrong"
    assert "several_years:5" in refusal.value.remedy


@pytest.mark.parametrize("text", ["weekly", "month:x", "once", "", "real_time:x", "several_years:²"])
def test_an_unknown_kind_of_period_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"catalog\.regime\.frequency_unknown"):
        Frequency.parse(text)
