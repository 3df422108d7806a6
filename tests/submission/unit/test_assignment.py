from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from kit.clock import vietnam_day
from submission.domain.assignment import (
    LeveledDeadline,
    RegimeFacts,
    ReportingPeriod,
    deadline_for,
    due_to_open,
    units_still_to_assign,
    year_named,
)
from submission.domain.punctuality import Deadline, arrived_late, judge

from .building import DUE

REGIME = RegimeFacts(
    id=UUID(int=1), code="KTXH", name="KT-XH", legal_basis="", lead_unit_id=UUID(int=2),
    reporting_unit_ids=(UUID(int=3), UUID(int=4), UUID(int=3)), form_version_ids=(), outline=(), signing="",
    nil_allowed=False, opens_itself=True, assigns_itself=True, open=True, province_id=UUID(int=9),
)  # fmt: skip
JANUARY = ReportingPeriod("2027-01", "month", "Tháng 01 năm 2027", date(2027, 1, 1), date(2027, 1, 31))


def opens(now: datetime, period: ReportingPeriod = JANUARY, regime: RegimeFacts = REGIME) -> bool:
    return due_to_open(period, regime, now, vietnam_day(now))


def test_a_period_of_the_new_year_opens_at_midnight_in_vietnam_while_utc_still_says_december() -> None:
    assert not opens(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC))
    assert opens(datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC))


def test_a_period_with_a_moment_of_opening_waits_for_it() -> None:
    later = replace(JANUARY, opens_at=datetime(2027, 1, 25, tzinfo=UTC))
    assert not opens(datetime(2027, 1, 24, 23, 59, tzinfo=UTC), later)
    assert opens(datetime(2027, 1, 25, tzinfo=UTC), later)


def test_a_period_is_looked_for_around_the_year_its_key_names() -> None:
    keys = {
        "2026-10": 2026,
        "2026-2027-D": 2026,
        "DOT-2025-11-02": 2025,
        "GD-2021-01-01": 2021,
        "TT-2024-03-01": 2024,
    }
    assert {key: year_named(key) for key in keys} == keys
    assert [year_named(key) for key in ("", "x", "20261-1", "GD-", "９９９９")] == [None] * 5


def test_a_closed_regime_or_one_opened_by_hand_opens_nothing_by_itself() -> None:
    now = datetime(2027, 2, 1, tzinfo=UTC)
    assert not opens(now, regime=replace(REGIME, open=False))
    assert not opens(now, regime=replace(REGIME, opens_itself=False))
    assert not opens(now, regime=replace(REGIME, starts_on=date(2027, 2, 1)))


def test_opening_a_period_twice_assigns_each_unit_once() -> None:
    first = units_still_to_assign(REGIME, JANUARY, [])
    assert first == [UUID(int=3), UUID(int=4)]
    assert units_still_to_assign(REGIME, JANUARY, first) == []


def test_a_unit_that_came_later_owes_only_periods_that_begin_afterwards() -> None:
    grown = replace(REGIME, joined={UUID(int=4): date(2027, 1, 10)})
    february = replace(JANUARY, key="2027-02", first_day=date(2027, 2, 1), last_day=date(2027, 2, 28))
    assert units_still_to_assign(grown, JANUARY, []) == [UUID(int=3)]
    assert units_still_to_assign(grown, february, []) == [UUID(int=3), UUID(int=4)]


def test_a_units_own_level_has_its_deadline_and_others_the_common_one() -> None:
    common = Deadline(DUE, "chung", "TH 7.3")
    communes = Deadline(DUE - timedelta(days=5), "cấp xã", "TH 7.3")
    both = [LeveledDeadline("", common), LeveledDeadline("commune", communes)]
    assert deadline_for("commune", both) is communes
    assert deadline_for("department", both) is common
    assert deadline_for("department", [LeveledDeadline("commune", communes)]) is None


@given(st.integers(min_value=-10_000, max_value=10_000))
def test_in_time_means_before_the_deadlines_moment(seconds: int) -> None:
    assert arrived_late(DUE, DUE + timedelta(seconds=seconds)) is (seconds >= 0)


def test_overdue_says_by_how_much_and_a_correction_has_its_own_moment() -> None:
    now = DUE + timedelta(hours=3)
    unsent = judge(DUE, now, first_sent_at=None, owed=True, correction_due_at=None)
    assert (unsent.overdue, unsent.overdue_by) == (True, timedelta(hours=3))

    sent = DUE - timedelta(hours=1)
    correcting = judge(DUE, now, first_sent_at=sent, owed=True, correction_due_at=now + timedelta(days=1))
    assert (correcting.late, correcting.overdue) == (False, False)
    accepted = judge(DUE, now, first_sent_at=sent, owed=False, correction_due_at=None)
    assert not accepted.overdue
