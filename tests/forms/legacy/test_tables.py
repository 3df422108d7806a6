"""The conversion tables: complete, and inverse to what a typist would have written."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from forms.legacy import Encoding, to_unicode
from forms.legacy.contract import document
from forms.legacy.tables import table, toned
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import ROOT
from tests.forms.legacy.writing import to_legacy

SMALL = [
    *"ăâêôơưđ",
    *(letter for vowel in "aăâeêioôơuưy" for letter in toned(vowel)),
]
LETTERS = [*SMALL, *(letter.upper() for letter in SMALL)]
SYLLABLES = st.text(
    st.sampled_from([*LETTERS, *"bcdghklmnpqrstvx", *"BCDGHKLMNPQRSTVX", *"aeiouy"]), max_size=8
)
TEXTS = st.lists(st.one_of(SYLLABLES, st.integers().map(str), st.sampled_from([",", "(%)", "-"]))).map(
    " ".join
)


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_every_vietnamese_letter_of_both_cases_has_a_code(encoding: Encoding) -> None:
    assert len(LETTERS) == 134
    assert set(LETTERS) - set(table(encoding).values()) == set()


@pytest.mark.parametrize("encoding", list(Encoding))
def test_every_letter_comes_back_as_itself(encoding: Encoding) -> None:
    expected = [letter.upper() for letter in LETTERS] if encoding is Encoding.TCVN3_CAPITALS else LETTERS
    assert [to_unicode(to_legacy(letter, encoding), encoding) for letter in LETTERS] == expected


@given(TEXTS)
def test_vni_read_back_is_the_text_that_was_written(text: str) -> None:
    assert to_unicode(to_legacy(text, Encoding.VNI), Encoding.VNI) == text


@given(TEXTS.filter(lambda text: not _capital_before_same_vowel(text)))
def test_tcvn3_read_back_is_the_text_that_was_written(text: str) -> None:
    assert to_unicode(to_legacy(text, Encoding.TCVN3), Encoding.TCVN3) == text


@given(TEXTS.map(str.lower))
def test_a_font_of_capitals_prints_every_letter_as_a_capital(text: str) -> None:
    capitals = Encoding.TCVN3_CAPITALS
    assert to_unicode(to_legacy(text, capitals), capitals) == text.upper()


@pytest.mark.parametrize(
    ("encoding", "before", "after"),
    [
        (Encoding.TCVN3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (Encoding.TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        (Encoding.TCVN3_CAPITALS, "céng hßa x· héi", "CỘNG HÒA XÃ HỘI"),
        (Encoding.VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (Encoding.VNI, "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        (Encoding.VNI, "Aùp duïng töø ngaøy 01/01", "Áp dụng từ ngày 01/01"),
    ],
)
def test_texts_known_from_old_documents_are_read(encoding: Encoding, before: str, after: str) -> None:
    assert to_unicode(before, encoding) == after


def test_the_tables_in_the_contracts_are_those_of_the_code() -> None:
    """`python -m forms.legacy.contract contracts/text/tables.json` writes them again."""
    kept = (ROOT / "contracts" / "text" / "tables.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json.loads(document())


def _capital_before_same_vowel(text: str) -> bool:
    """A capital vowel before its own small toned one, as in "Aà": no word has it, and TCVN3 cannot tell it from "À"."""
    pairs = {
        (capital, letter) for vowel in "aăâeêioôơuưy" for capital in vowel.upper() for letter in toned(vowel)
    }
    return any(pair in pairs for pair in pairwise(text))
