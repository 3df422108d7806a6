"""Numbers as Vietnamese people type, read and round them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms.numbers import format_vi, parse_typed, places_of, round_half_away
from hypothesis import given
from hypothesis import strategies as st
from kit.errors import InvalidInput

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8,5", "8.5"), ("1.234,5", "1234.5"), ("1.234.567", "1234567"), ("0", "0"), ("-3", "-3"), ("+3", "3"),
        ("12345,678", "12345.678"), ("1.234", "1234"), (" 1 234 ", "1234"), ("0,05", "0.05"), ("-0", "0"),
        ("007", "7"), ("−2,5", "-2.5"), ("1\u00a0000", "1000"),
    ],
)  # fmt: skip
def test_a_comma_is_the_decimal_mark_and_points_group_three_digits(typed: str, meant: str) -> None:
    assert parse_typed(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("8.5", ["8.5", "85"]), ("1.23", ["1.23", "123"]), ("1,234.5", ["1234.5", "12345"]), ("1.2345", ["1.2345", "12345"]),
        ("12.34,5", ["1234.5", "12345"]), ("1,2,3", ["12.3", "123"]), ("1234.567", ["1234.567", "1234567"]),
    ],
)  # fmt: skip
def test_digits_with_other_marks_are_refused_with_both_readings(typed: str, readings: list[str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_typed(typed)

    assert refusal.value.code == "forms.number.ambiguous"
    assert refusal.value.details["readings"] == readings
    for reading in readings:
        assert format_vi(Decimal(reading)) in refusal.value.message


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e5", "--3", "5-", "½", "٣", "NaN", "x", "1/2", "=1+1", "9" * 80, "5%"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_typed(typed)

    assert refusal.value.code == "forms.number.not_a_number"


def test_a_number_of_more_than_34_digits_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_typed("1" * 35)

    assert refusal.value.code == "forms.number.too_long"


@given(decimals)
def test_what_is_shown_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert parse_typed(format_vi(number)) == number


@given(decimals, st.integers(0, 6))
def test_a_number_shown_at_a_precision_is_the_number_rounded_to_it(number: Decimal, places: int) -> None:
    assert parse_typed(format_vi(number, places)) == round_half_away(number, places)


@given(decimals, st.integers(-3, 6))
def test_rounding_is_symmetric_and_never_off_by_more_than_half(number: Decimal, places: int) -> None:
    rounded = round_half_away(number, places)

    assert round_half_away(-number, places) == -rounded
    assert abs(rounded - number) * 2 <= Decimal(1).scaleb(-places)
    assert places_of(rounded) <= max(places, 0)


def test_half_goes_away_from_zero() -> None:
    assert [str(round_half_away(Decimal(n), 0)) for n in ("0.5", "1.5", "2.5", "-0.5", "-2.5")] == [
        "1",
        "2",
        "3",
        "-1",
        "-3",
    ]


def test_numbers_are_shown_with_points_and_a_comma() -> None:
    assert format_vi(Decimal("1234567.8")) == "1.234.567,8"
    assert format_vi(Decimal("-1234.5"), 2) == "-1.234,50"
    assert format_vi(Decimal("-0.001"), 1) == "0,0"
    assert format_vi(Decimal("100")) == "100"
