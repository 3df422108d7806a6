"""Legacy text around the cells: names of sheets, headers and footers, comments."""

from __future__ import annotations

import io

import openpyxl
import pytest
from forms.legacy import Encoding, convert_workbook, find_in_workbook
from forms.legacy.around import sheet_names
from forms.package import Package
from forms.reading import propose
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.errors import InvalidInput
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from tests.forms.building import saved
from tests.forms.legacy.files import parts_of
from tests.forms.legacy.writing import to_legacy


def a_workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "BiÓu sè 1"
    page["A1"], page["B1"], page["A2"], page["B2"] = "Chỉ tiêu", "Số hộ", "Tổng số", 4
    page["B2"].comment = Comment("Sè liÖu cña phßng thèng kª", "x")
    page.oddHeader.center.text = "Uû ban nh©n d©n x·"
    page.oddHeader.center.font = ".VnTime,Bold"
    page.oddFooter.left.text = "Trang &P, ngµy kÕt xuÊt &D cña hÖ thèng"
    page.evenHeader.right.text = "Đã duyệt"
    other = book.create_sheet("Tổng hợp")
    other["A1"], other["A2"] = "='BiÓu sè 1'!B2*2", "=SUM('BiÓu sè 1:Tổng hợp'!B2)"
    other["A3"] = "Xem"
    other["A3"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="A3", location="'BiÓu sè 1'!A1")
    book.defined_names["tong"] = DefinedName("tong", attr_text="'BiÓu sè 1'!$B$2")
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    other.add_chart(chart, "C3")
    return book


@pytest.mark.requirement("DL-4.2d")
def test_names_of_sheets_headers_and_comments_are_found_with_their_place() -> None:
    found = {
        (place.words, place.after, place.font) for place in find_in_workbook(Package(saved(a_workbook())))
    }
    assert found == {
        ("trang “BiÓu sè 1”, tên trang", "Biểu số 1", None),
        ("trang “BiÓu sè 1”, đầu trang", "Uỷ ban nhân dân xã", ".VnTime"),
        ("trang “BiÓu sè 1”, cuối trang", "Trang , ngày kết xuất  của hệ thống", "Calibri"),
        ("trang “BiÓu sè 1”, ô B2, ghi chú", "Số liệu của phòng thống kê", None),
    }


@pytest.mark.requirement("DL-4.2d")
def test_they_are_converted_and_every_formula_name_chart_and_link_follows_the_sheet() -> None:
    converted = convert_workbook(Package(saved(a_workbook()))).data
    book = openpyxl.load_workbook(io.BytesIO(converted))
    page, other = book.worksheets
    assert page.title == "Biểu số 1"
    assert (page.oddHeader.center.text, page.oddHeader.center.font) == (
        "Uỷ ban nhân dân xã",
        "Times New Roman,Bold",
    )
    assert page.oddFooter.left.text == "Trang &P, ngày kết xuất &D của hệ thống"
    assert page["B2"].comment.text == "Số liệu của phòng thống kê"
    assert (other["A1"].value, other["A2"].value) == ("='Biểu số 1'!B2*2", "=SUM('Biểu số 1:Tổng hợp'!B2)")
    assert other["A3"].hyperlink.location == "'Biểu số 1'!A1"
    assert book.defined_names["tong"].attr_text == "'Biểu số 1'!$B$2"
    whole = b"".join(
        content for name, content in parts_of(converted).items() if not name.startswith("docProps/")
    )
    assert "BiÓu".encode() not in whole
    assert find_in_workbook(Package(converted)) == ()


def test_a_header_in_the_old_font_of_the_whole_workbook_is_judged_by_that_font() -> None:
    book = openpyxl.Workbook()
    book._fonts[0] = Font(name=".VnTimeH")  # type: ignore[attr-defined]
    book.worksheets[0].oddHeader.left.text = "ñy ban"
    (place,) = find_in_workbook(Package(saved(book)))
    assert (place.after, place.encoding) == ("ỦY BAN", Encoding.TCVN3_CAPITALS)


def test_a_new_name_is_never_one_that_another_sheet_has() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Tæng hîp sè"
    book.create_sheet("Tổng hợp số")
    package = Package(saved(book))
    assert [place.after for place in sheet_names(package)] == ["Tổng hợp số (2)"]
    assert len(openpyxl.load_workbook(io.BytesIO(convert_workbook(package).data)).sheetnames) == 2


def test_such_a_workbook_is_refused_as_a_form_and_taken_once_converted() -> None:
    data = saved(a_workbook())
    with pytest.raises(InvalidInput) as refusal:
        propose(data)
    assert refusal.value.code == "forms.text.legacy_encoding"
    assert propose(convert_workbook(Package(data)).data).model.sheets[0].name == "Biểu số 1"


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["Biểu số 01", "Tổng hợp huyện", "Trường học phổ thông", "Hộ nghèo, cận nghèo"]),
    st.sampled_from([Encoding.TCVN3, Encoding.VNI]),
)
def test_a_name_typed_the_old_way_comes_back_as_it_was_meant(name: str, encoding: Encoding) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = to_legacy(name, encoding)
    converted = convert_workbook(Package(saved(book))).data
    assert openpyxl.load_workbook(io.BytesIO(converted)).sheetnames == [name]
