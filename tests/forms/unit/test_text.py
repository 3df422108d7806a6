"""Vietnamese text: one form, one search key, one order."""

from __future__ import annotations

import unicodedata

from forms.text import fold, nfc, sort_key, squeeze
from hypothesis import given
from hypothesis import strategies as st


def test_search_needs_no_marks_and_takes_d_for_d_with_a_stroke() -> None:
    assert fold("  Đắk  Lắk ") == "dak lak"
    assert fold("Thừa Thiên Huế") == fold("THUA THIEN HUE")
    assert fold(unicodedata.normalize("NFD", "Đường Hồ Chí Minh")) == "duong ho chi minh"


def test_names_are_in_vietnamese_order_letters_before_tones() -> None:
    names = [
        "Bà Rịa",
        "An Giang",
        "Đắk Lắk",
        "Cà Mau",
        "Đồng Nai",
        "Dầu Tiếng",
        "Ân Thi",
        "Ăn",
        "Ba Vì",
        "Xã 10",
        "Ức",
        "Uông Bí",
        "Ưu",
    ]

    assert sorted(names, key=sort_key) == [
        "An Giang", "Ăn", "Ân Thi", "Bà Rịa", "Ba Vì", "Cà Mau", "Dầu Tiếng", "Đắk Lắk", "Đồng Nai", "Uông Bí", "Ức", "Ưu", "Xã 10",
    ]  # fmt: skip


def test_tones_follow_the_dictionary() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_runs_of_space_and_line_breaks_become_one_space() -> None:
    assert squeeze(" TM. ỦY BAN\n  NHÂN DÂN ") == "TM. ỦY BAN NHÂN DÂN"


@given(st.text(max_size=40))
def test_both_ways_of_writing_a_mark_have_the_same_keys(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert fold(text) == fold(decomposed)
    assert sort_key(text) == sort_key(decomposed)
    assert nfc(nfc(text)) == nfc(text)
    assert fold(fold(text)) == fold(text)
