"""Text from before Unicode: refused with its places by the province's article, shown and given back converted."""

from __future__ import annotations

import unicodedata

import pytest
from kit.db import KIT
from sqlalchemy import func, select

from tests.catalog.building import changed, sample
from tests.catalog.integration.conftest import Running
from tests.forms.legacy.files import old_document, old_workbook, parts_of


@pytest.mark.requirement("DL-4.2d")
async def test_a_form_in_legacy_fonts_is_refused_with_cells_article_and_remedy(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    answer = await designer.upload("/forms", "cu.xlsx", old_workbook(), code="CU", name="Biểu cũ")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "forms.text.legacy_encoding")
    assert {"sheet": "Biểu 1", "cell": "B3"} in problem["places"]
    assert problem["rule"].startswith(
        "Tiếng Việt trong Hệ thống dùng bộ mã ký tự Unicode theo TCVN 6909:2001; "
    )
    assert catalog.kept_files() == []


@pytest.mark.requirement("DL-4.2d")
async def test_the_refused_form_is_taken_once_it_is_converted_and_the_conversion_stores_nothing(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    shown = await designer.upload("/texts:check", "cu.xlsx", old_workbook(), key="t1")
    places = {place["cell"]: place["after"] for place in shown.json()["places"]}
    assert (shown.status_code, shown.json()["count"]) == (200, 7)
    assert (places["A1"], places["B4"], places["B6"]) == ("BÁO CÁO HỘ NGHÈO", "Hộ nghèo", "Ghi chú")

    converted = await designer.upload("/texts:convert", "cu.xlsx", old_workbook(), key="t2")
    assert converted.status_code == 200
    async with catalog.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(KIT.idempotency_key)) == 0
    assert catalog.kept_files() == []

    taken = await designer.upload("/forms", "cu.xlsx", converted.content, code="CU", name="Biểu cũ")
    assert taken.status_code == 201, taken.text


@pytest.mark.requirement("DL-4.2d")
async def test_an_outline_in_legacy_fonts_is_refused_by_paragraph_and_read_once_converted(
    catalog: Running,
) -> None:
    clerk = catalog.by(catalog.here.clerk)
    refused = await clerk.upload("/outlines:read", "cu.docx", old_document())
    assert (refused.status_code, refused.json()["code"]) == (422, "forms.text.legacy_encoding")
    assert refused.json()["places"][0] == {"field": "đoạn 1"}

    converted = await clerk.upload("/texts:convert", "cu.docx", old_document())
    assert parts_of(converted.content)["word/media/logo.png"] == b"not a picture"
    read = await clerk.upload("/outlines:read", "cu.docx", converted.content)
    assert [section["heading"] for section in read.json()["sections"]] == ["I. TÌNH HÌNH THỰC HIỆN"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF", "catalog.upload.wrong_kind"),
        ("a.xlsx", b"khong phai", "forms.file.not_xlsx"),
        ("a.docx", changed(old_document(), word__vbaProject_dot_bin=b"x"), "catalog.outline.active_content"),
    ],
)
async def test_only_harmless_workbooks_and_documents_are_converted(
    catalog: Running, name: str, data: bytes, code: str
) -> None:
    answer = await catalog.by(catalog.here.clerk).upload("/texts:convert", name, data)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_file_in_unicode_has_nothing_to_convert(catalog: Running) -> None:
    answer = await catalog.by(catalog.here.clerk).upload(
        "/texts:check", "kt-xh-thang.xlsx", sample("kt-xh-thang.xlsx")
    )
    assert (answer.json()["count"], answer.json()["places"]) == (0, [])


@pytest.mark.requirement("DL-4.2d")
async def test_the_name_of_a_form_is_composed_whatever_keyboard_wrote_it(catalog: Running) -> None:
    apart = unicodedata.normalize("NFD", "Biểu tổng hợp")
    answer = await catalog.by(catalog.here.designer).upload(
        "/forms", "a.xlsx", sample("kt-xh-thang.xlsx"), code="NFD", name=apart
    )
    assert answer.json()["name"] == "Biểu tổng hợp"
