"""Legacy text in files: refused with its places, converted with all else untouched."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from forms.filled import read_filled
from forms.legacy import (
    LegacyText,
    convert_document,
    convert_workbook,
    find_in_document,
    find_in_workbook,
)
from forms.model import CellType
from forms.package import Package
from forms.reading import propose
from forms.validation import read_typed

from tests.forms.building import FORMS, model_of, sample, workbook
from tests.forms.legacy.files import old_document, old_workbook, parts_of, shared_text_workbook

CONVERTED = {
    "A1": "BÁO CÁO HỘ NGHÈO", "A3": "TT", "B3": "Chỉ tiêu", "C3": "Số hộ", "B4": "Hộ nghèo", "B5": "Tổng số",
    "B6": "Ghi chú", "B7": "Đã kiểm tra", "B8": "Xã Đồng Tâm", "C4": 15, "C5": '=IF(B5="Tổng số",SUM(C4:C4),0)',
}  # fmt: skip


def shown(data: bytes) -> dict[str, object]:
    page = openpyxl.load_workbook(io.BytesIO(data), rich_text=False).worksheets[0]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}


@pytest.mark.requirement("DL-4.2d")
def test_every_legacy_cell_is_named_with_what_it_says() -> None:
    places = find_in_workbook(Package(old_workbook()))
    assert {place.cell: place.after for place in places} == {
        a1: text for a1, text in CONVERTED.items() if a1 in {"A1", "B3", "C3", "B4", "B5", "B6", "B8"}
    }
    assert [(p.sheet, p.font, p.encoding.value) for p in places][:2] == [
        ("Biểu 1", ".VnTimeH", "tcvn3-capitals"),
        ("Biểu 1", ".VnTime", "tcvn3"),
    ]


@pytest.mark.requirement("DL-4.2d")
def test_a_converted_workbook_reads_right_has_a_unicode_font_and_is_taken() -> None:
    converted = convert_workbook(Package(old_workbook()))
    assert shown(converted.data) == CONVERTED
    assert find_in_workbook(Package(converted.data)) == ()
    assert b".Vn" not in b"".join(parts_of(converted.data).values())
    assert propose(converted.data).model.sheets[0].columns[1].path[-1] == "Chỉ tiêu"


def test_parts_without_legacy_text_keep_every_byte() -> None:
    before, after = parts_of(old_workbook()), parts_of(convert_workbook(Package(old_workbook())).data)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"}


def test_a_text_shared_by_two_fonts_is_converted_for_the_legacy_one_alone() -> None:
    assert shown(convert_workbook(Package(shared_text_workbook())).data) == {"A1": "Kửln", "A2": "Köln"}


@pytest.mark.parametrize("name", [*FORMS, *(f"{name}-filled" for name in FORMS)])
def test_the_sample_forms_are_free_of_suspicion_and_stay_as_they_are(name: str) -> None:
    converted = convert_workbook(Package(sample(name)))
    assert converted.places == ()
    assert parts_of(converted.data) == parts_of(sample(name))


@pytest.mark.requirement("DL-4.2d")
@pytest.mark.parametrize(
    "read",
    [
        lambda data: propose(data, text_rule="XX 4.2d"),
        lambda data: read_filled(model_of(FORMS[0]), data, new_row_id=str, text_rule="XX 4.2d"),
    ],
    ids=["form", "filled copy"],
)
def test_a_legacy_workbook_is_refused_with_cell_encoding_rule_and_remedy(
    read: Callable[[bytes], object],
) -> None:
    with pytest.raises(LegacyText) as refused:
        read(workbook([["TT", "ChØ tiªu", "§¬n vÞ"], [1, "Tæng sè hé nghÌo", None]]))
    refusal = refused.value
    assert refusal.code == "forms.text.legacy_encoding"
    assert "TCVN3 (ABC)" in refusal.message
    assert [(place.sheet, place.cell) for place in refusal.places] == [
        ("Biểu", "B1"),
        ("Biểu", "C1"),
        ("Biểu", "B2"),
    ]
    assert "TCVN 6909:2001; XX 4.2d" in str(refusal.rule)
    assert "chuyển mã" in str(refusal.remedy)


def test_a_legacy_text_typed_into_a_cell_is_refused_with_its_conversion() -> None:
    model = model_of("du-an-dau-tu-cong")
    table = model.sheets[0].lists[0]
    column = next(cell.column for cell in table.cells if cell.type is CellType.TEXT)
    typed = read_typed(model, "r1", column, "§­êng liªn x· Phó Mü", table.id)
    assert [message.code for message in typed.messages] == ["forms.text.legacy_encoding"]
    assert "“Đường liên xã Phú Mỹ”" in typed.messages[0].message


@pytest.mark.requirement("DL-4.2d")
def test_a_document_is_judged_paragraph_by_paragraph_with_the_fonts_of_its_styles() -> None:
    places = find_in_document(parts_of(old_document()))
    assert [(place.part, place.font, place.after) for place in places] == [
        ("đoạn 1", ".VnTimeH", "I. TÌNH HÌNH THỰC HIỆN"),
        ("đoạn 2", "VNI-Times", "Kết quả sản xuất"),
    ]


def test_a_converted_document_changes_texts_and_fonts_and_no_other_part() -> None:
    parts = parts_of(old_document())
    converted = convert_document(parts)
    assert set(converted.parts) == {"word/document.xml", "word/styles.xml"}
    assert find_in_document({**parts, **converted.parts}) == ()
    text = converted.parts["word/document.xml"].decode()
    assert "Kết quả</w:t>" in text
    assert "Đã duyệt" in text
    assert "VNI" not in text
