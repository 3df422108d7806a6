"""Vietnamese order and search without marks."""

import unicodedata

from identity.domain.text import clean, search_key, sort_key


def test_names_come_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = ["Xã Đông", "Xã Dương", "Xã An", "Xã Ân", "Xã Ăn", "Xã Ơn", "Xã Ôn", "Xã On", "Xã Bà"]

    ordered = sorted(names, key=sort_key)

    assert ordered == [
        "Xã An", "Xã Ăn", "Xã Ân", "Xã Bà", "Xã Dương", "Xã Đông", "Xã On", "Xã Ôn", "Xã Ơn",
    ]  # fmt: skip


def test_tones_decide_only_between_equal_letters() -> None:
    assert sorted(["má", "mạ", "mà", "ma", "mã", "mả", "mai"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mai",
    ]  # fmt: skip


def test_a_search_without_marks_finds_what_is_written_with_them() -> None:
    assert search_key("Xã Phước Tân") == "xa phuoc tan"
    assert search_key("Sở Đầu tư") == "so dau tu"


def test_text_is_kept_composed_and_without_control_characters() -> None:
    typed = unicodedata.normalize("NFD", "  Trần\u0000 Thị\tHoa ")

    assert clean(typed) == "Trần Thị Hoa"
