"""Deadline rules as one line of text: the same rule, whoever writes it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from province_profile import (
    DaysAfter,
    DeadlineRule,
    FixedDate,
    FixedDay,
    OnDayOff,
    RuleUnreadable,
    Wording,
    read_rule,
    write_rule,
)

BEFORE, AT_LATEST = Wording.BEFORE, Wording.AT_LATEST
HOURS = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
WORDINGS = st.sampled_from(Wording)
RULES = st.one_of(
    st.builds(
        FixedDay, wording=WORDINGS, hour=HOURS, day=st.integers(1, 31), months_after=st.integers(0, 24)
    ),
    st.builds(
        DaysAfter,
        wording=WORDINGS,
        hour=HOURS,
        days=st.integers(0, 366),
        working=st.booleans(),
        after=st.sampled_from(["period", "cut_off"]),
    ),
    st.builds(FixedDate, wording=WORDINGS, hour=HOURS, on=st.dates(date(1976, 1, 1), date(2199, 12, 31))),
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("before day 20", FixedDay(wording=BEFORE, day=20)),
        ("before day 5 +1 month", FixedDay(wording=BEFORE, day=5, months_after=1)),
        (
            "by day 5 +2 months at 16:30",
            FixedDay(wording=AT_LATEST, day=5, months_after=2, hour=time(16, 30)),
        ),
        ("by day 31 at 7:05", FixedDay(wording=AT_LATEST, day=31, hour=time(7, 5))),
        ("5 days after end", DaysAfter(wording=AT_LATEST, days=5, after="cut_off")),
        ("1 day after end", DaysAfter(wording=AT_LATEST, days=1, after="cut_off")),
        ("3 working days after end", DaysAfter(wording=AT_LATEST, days=3, working=True, after="cut_off")),
        (
            "before 1 day after period at 16:30",
            DaysAfter(wording=BEFORE, days=1, hour=time(16, 30), after="period"),
        ),
        ("  By   DAY 25 ", FixedDay(wording=AT_LATEST, day=25)),
        ("by 2026-11-27 at 17:00", FixedDate(wording=AT_LATEST, on=date(2026, 11, 27), hour=time(17))),
    ],
)
def test_a_line_of_text_states_a_rule(text: str, rule: FixedDay | DaysAfter | FixedDate) -> None:
    assert read_rule(text) == rule


@given(RULES)
def test_a_rule_written_down_is_read_back_as_itself(rule: FixedDay | DaysAfter | FixedDate) -> None:
    assert read_rule(write_rule(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "", "day 20", "before 20", "before day 0", "by day 32", "by day 20 +25 months", "by day 20 +1",
        "days after end", "-1 days after end", "367 days after end", "5 working days", "by day 20 at 24:00",
        "by day 20 at 16h30", "after end", "trước ngày 20", "by day ２０", "by 2026-02-30", "by day 20; by day 5",
    ],
)  # fmt: skip
def test_any_other_text_is_refused_with_the_forms_that_are_understood(text: str) -> None:
    with pytest.raises(RuleUnreadable, match="working days after end"):
        read_rule(text)


def test_a_profile_may_state_its_rule_as_text_with_what_the_line_does_not_say_beside_it() -> None:
    plain = DeadlineRule.model_validate({"due": "before day 20", "article": "X 1"})
    part = DeadlineRule.model_validate(
        {"due": {"rule": "by day 5 +1 month", "part": "second", "on_day_off": "keep"}, "article": "X 1"}
    )
    assert plain.due == FixedDay(wording=BEFORE, day=20)
    assert part.due == FixedDay(
        wording=AT_LATEST, day=5, months_after=1, part="second", on_day_off=OnDayOff.KEEP
    )


def test_what_the_text_says_is_not_said_again_beside_it() -> None:
    with pytest.raises(ValueError, match="again beside it: day"):
        DeadlineRule.model_validate({"due": {"rule": "by day 5", "day": 6}, "article": "X 1"})
