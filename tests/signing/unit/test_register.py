"""Numbers of documents: unique, in order, kept for the next revision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.ids import new_id
from signing.domain.errors import NumberInvalid, NumberTaken
from signing.domain.register import EntryState, choose_number, gaps, number_text

from tests.signing.building import an_entry


def test_the_next_number_follows_the_largest() -> None:
    entries = [an_entry(1), an_entry(7)]
    assert choose_number(entries, report_id=new_id(), year=2026, asked=None) == 8


def test_the_year_begins_with_one() -> None:
    assert choose_number([], report_id=new_id(), year=2026, asked=None) == 1


def test_a_number_kept_for_the_report_is_used_again() -> None:
    kept = an_entry(3, state=EntryState.KEPT)
    entries = [kept, an_entry(4)]
    assert choose_number(entries, report_id=kept.report_id, year=2026, asked=None) == 3
    assert choose_number(entries, report_id=new_id(), year=2026, asked=None) == 5


@pytest.mark.parametrize("state", EntryState)
def test_a_number_of_another_report_is_never_given_again(state: EntryState) -> None:
    with pytest.raises(NumberTaken):
        choose_number([an_entry(3, state=state)], report_id=new_id(), year=2026, asked=3)


def test_a_typed_number_may_leave_a_gap_which_is_listed() -> None:
    entries = [an_entry(1)]
    assert choose_number(entries, report_id=new_id(), year=2026, asked=4) == 4
    assert gaps([*entries, an_entry(4)]) == [2, 3]


@pytest.mark.parametrize("asked", [0, -1, 1_000_000])
def test_a_number_out_of_range_is_refused(asked: int) -> None:
    with pytest.raises(NumberInvalid):
        choose_number([], report_id=new_id(), year=2026, asked=asked)


def test_numbers_below_ten_are_written_with_a_zero() -> None:
    assert number_text(5, "UBND") == "05/BC-UBND"
    assert number_text(123, "") == "123/BC"


@given(st.lists(st.sampled_from(["next", "keep", "again"]), max_size=30))
def test_whatever_happens_no_number_is_given_twice(acts: list[str]) -> None:
    entries = {}
    for act in acts:
        held = [e for e in entries.values() if e.state is EntryState.KEPT]
        issued = [e for e in entries.values() if e.state is EntryState.ISSUED]
        if act == "keep" and issued:
            entries[issued[0].number] = issued[0].kept("thu hồi")
            continue
        report = held[0].report_id if act == "again" and held else new_id()
        number = choose_number([*entries.values()], report_id=report, year=2026, asked=None)
        before = entries.get(number)
        assert before is None or (before.state is EntryState.KEPT and before.report_id == report)
        entries[number] = an_entry(number, report_id=report)
    assert gaps([*entries.values()]) == []
