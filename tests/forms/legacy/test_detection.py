"""What is taken for legacy text, and what is not."""

from __future__ import annotations

import json
from itertools import islice

import pytest
from forms.legacy import Encoding, font_encoding, repair, suspect

from tests.forms.building import ROOT
from tests.forms.legacy.corpus import FOREIGN, LABELS, english, headings, vietnamese
from tests.forms.legacy.writing import to_legacy

STEP = 7
VECTORS = json.loads((ROOT / "contracts" / "text" / "vectors.json").read_text(encoding="utf-8"))
UNCONVERTIBLE = set("µ×®çö")
"""In the corpus beside Vietnamese, and what the legacy sets could not write."""


@pytest.mark.requirement("DL-4.2d")
def test_correct_vietnamese_raises_fewer_than_one_false_alarm_in_a_thousand_paragraphs() -> None:
    paragraphs = [*islice(vietnamese(), 0, None, STEP), *headings()]
    alarms = [text for text in paragraphs if suspect(text)]
    assert len(paragraphs) > 3_000
    assert len(alarms) * 1_000 < len(paragraphs), alarms[:10]


@pytest.mark.requirement("DL-4.2d")
def test_english_and_other_languages_raise_none() -> None:
    paragraphs = list(english())
    assert len(paragraphs) > 5_000
    assert [text for text in (*paragraphs, *FOREIGN) if suspect(text)] == []


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_paragraphs_written_the_old_way_are_found_and_repaired(encoding: Encoding) -> None:
    paragraphs = [text for text in islice(vietnamese(), 0, None, STEP) if not UNCONVERTIBLE & set(text)]
    repaired = [_repaired(to_legacy(text, encoding), encoding) for text in paragraphs]
    assert repaired == paragraphs


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_nine_of_ten_short_labels_written_the_old_way_are_found(encoding: Encoding) -> None:
    """Without a font, "Céng" or "Xâ" is too little to judge by; the refusal of the whole file needs one label."""
    labels = [text for text in headings() if not text.isascii()]
    found = [text for text in labels if _repaired(to_legacy(text, encoding), encoding) == text]
    assert len(found) >= 0.9 * len(labels), set(labels) - set(found)


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", Encoding.TCVN3), ("VNI-Times", Encoding.VNI)])
def test_with_its_font_every_label_is_found(font: str, encoding: Encoding) -> None:
    for text in LABELS:
        if not text.isascii():
            found = suspect(to_legacy(text, encoding), font)
            assert found is not None
            assert (found.confidence, repair(to_legacy(text, encoding), found)) == (1, text)


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times"])
def test_a_legacy_font_over_unicode_or_plain_letters_is_no_offence(font: str) -> None:
    assert [
        text for text in ("Tổng số hộ", "Năm 2026", "STT", "1.250,5", "Đơn vị") if suspect(text, font)
    ] == []


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3), (".vntime", Encoding.TCVN3), (".VnArial Narrow", Encoding.TCVN3),
        (".VnTimeH", Encoding.TCVN3_CAPITALS), (".VnArial NarrowH", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI), ("VNI-Helve-Condense", Encoding.VNI), ("VNI Times", Encoding.VNI),
        ("Times New Roman", None), ("Be Vietnam Pro", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_font_tells_its_encoding_by_its_name(font: str | None, encoding: Encoding | None) -> None:
    assert font_encoding(font) is encoding


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["text"][:30] for vector in VECTORS])
def test_the_vectors_shared_with_the_portal_hold(vector: dict[str, str | None]) -> None:
    text = str(vector["text"])
    found = suspect(text, vector.get("font"))
    assert (found.encoding.value if found else None) == vector["encoding"]
    assert (repair(text, found) if found else text) == vector["repaired"]


def _repaired(text: str, encoding: Encoding) -> str | None:
    found = suspect(text)
    return repair(text, found) if found is not None and found.encoding is encoding else None
