"""Words of the head and foot of a report, by Appendix I of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from signing.domain import letterhead


def test_a_deputy_signs_for_the_head() -> None:
    lines = letterhead.authority_lines("TM. Ủy ban nhân dân", "Chủ tịch", "Phó Chủ tịch")
    assert lines == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_who_signs_for_the_committee_does_not_name_it_again() -> None:
    lines = letterhead.authority_lines(
        "TM. ỦY BAN NHÂN DÂN", "Chủ tịch Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân"
    )
    assert lines == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_a_commune_speaks_through_its_committee() -> None:
    assert (
        letterhead.agency_name("Phường Trấn Biên", "TM. ỦY BAN NHÂN DÂN")
        == "Ủy ban nhân dân phường Trấn Biên"
    )
    assert letterhead.agency_name("Ủy ban nhân dân xã A", "TM. Ủy ban nhân dân") == "Ủy ban nhân dân xã A"
    assert letterhead.agency_name("Sở Tài chính", "") == "Sở Tài chính"
    assert letterhead.agency_name("UBND xã An Phú", "") == "Ủy ban nhân dân xã An Phú"
    assert letterhead.parent_name("Tỉnh Đồng Nai") == "Ủy ban nhân dân tỉnh Đồng Nai"
    assert letterhead.parent_name("Sở Tài chính") == "Sở Tài chính"


def test_the_head_signs_in_their_own_name() -> None:
    assert letterhead.authority_lines("", "Giám đốc", "Giám đốc") == ["GIÁM ĐỐC"]


def test_a_peoples_committee_stands_on_two_lines() -> None:
    assert letterhead.agency_lines("Ủy ban nhân dân xã An Phước") == ["ỦY BAN NHÂN DÂN", "XÃ AN PHƯỚC"]
    assert letterhead.agency_lines("Sở Tài chính") == ["SỞ TÀI CHÍNH"]


def test_a_long_name_is_broken_near_its_middle() -> None:
    lines = letterhead.agency_lines("Sở Nông nghiệp và Môi trường")
    assert lines == ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]


def test_the_word_report_is_not_said_twice() -> None:
    assert letterhead.subject("BÁO CÁO tình hình tháng 10") == "Tình hình tháng 10"
    assert letterhead.subject("Kết quả tháng 10") == "Kết quả tháng 10"


def test_days_and_the_first_two_months_take_two_digits() -> None:
    assert letterhead.date_line("Huế", date(2026, 2, 3), 2026) == "Huế, ngày 03 tháng 02 năm 2026"
    assert letterhead.date_line("Huế", date(2026, 3, 13), 2026) == "Huế, ngày 13 tháng 3 năm 2026"


def test_annexes_are_counted_in_roman_numbers() -> None:
    assert letterhead.annex_numbers(1) == ["Phụ lục"]
    assert letterhead.annex_numbers(4)[-1] == "Phụ lục IV"


@given(st.text())
def test_printable_text_has_no_control_characters_and_only_known_signs(text: str) -> None:
    known = frozenset(map(ord, "aăâ □"))
    assert set(letterhead.printable(text, known)) <= {"a", "ă", "â", " ", "□", "\n"}
