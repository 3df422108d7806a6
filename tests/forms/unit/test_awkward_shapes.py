"""What forms of ministries and communes do that no tidy form does: nothing of it is guessed silently."""

from __future__ import annotations

from typing import Any

import pytest
from forms.describing import describe_sheets
from forms.model import CellType
from forms.reading import propose
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.building import opened, saved
from tests.forms.corpus.drawing import Rows, one_sheet


def told(data: bytes) -> dict[str, Any]:
    (sheet,) = describe_sheets(propose(data))
    return sheet


def numbered(numbers: list[Any], *, formats: str = "0.0") -> dict[str, Any]:
    head = ["TT", "Nội dung", "Tổng", "Kỳ trước", "Kỳ này", "So sánh"]
    rows: Rows = [["TÌNH HÌNH"], head, numbers, [1, "Lúa"], [2, "Ngô"]]
    return told(one_sheet(rows, frame="A2:F5", formats={"C4:E5": "0.0", "F4:F5": formats}))


RATIO = "[Biểu.4:E]/[Biểu.4:D]*100"
SUM = "[Biểu.4:D]+[Biểu.4:E]"


@pytest.mark.parametrize(
    ("numbers", "computed"),
    [
        (["A", "B", "3=4+5", "4", "5", "6=5/4*100"], {"C4": SUM, "F4": RATIO}),
        (["[1]", "[2]", "[3]=[4]+[5]", "[4]", "[5]", "[6]=[5]:[4]x100"], {"C4": SUM, "F4": RATIO}),
        (["(1)", "(2)", "(3=4+5)", "(4)", "(5)", "(6=5/4x100)"], {"C4": SUM, "F4": RATIO}),
        (["1", "2", "3", "4", "5", "6=5/4 (%)"], {"F4": RATIO}),
        (["I", "II", "1", "2", "3", "4=3/2*100"], {"F4": RATIO}),
        (["a", "b", "1=2+3", "2", "3", "4"], {"C4": SUM}),
        (["1", "2", "3=4a+4b", "4a", "4b", "5"], {"C4": SUM}),
        (["(1)", "(2)", "(3)=(3.1)+(3.2)", "(3.1)", "(3.2)", "(4)"], {"C4": SUM}),
        (["A", "B", "1", "2", "3", "4=3/2*100-100"], {"F4": f"{RATIO}-100"}),
    ],
)
def test_column_numbers_are_read_however_they_are_written(
    numbers: list[Any], computed: dict[str, str]
) -> None:
    said = numbered(numbers)

    assert {cell: said["computed"].get(cell) for cell in computed} == computed
    assert not any(area.startswith(("C3", "D3", "E3", "F3")) for area in said["input"])
    assert said["untranslated"] == {}


def test_a_growth_in_a_percent_format_is_not_shown_a_hundredfold() -> None:
    said = numbered(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(5)/(4)*100-100"], formats="0.0%")

    assert said["computed"]["F4"] == f"({RATIO}-100)/100"


def test_a_row_of_examples_is_not_taken_for_column_numbers() -> None:
    rows: Rows = [["DANH SÁCH"], ["STT", "Loại", "Số lượng", "Ghi chú"], [1, "x", 1, "b"], [2, "a", 3, "c"]]

    assert propose(one_sheet(rows, frame="A2:D4")).model.sheets[0].number_row is None


def test_a_second_table_of_a_sheet_is_named_and_not_read_under_the_first_one_s_header() -> None:
    rows: Rows = [
        ["BÁO CÁO Y TẾ XÃ"],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước", "Kỳ này"],
        [1, "Lượt khám", "Lượt"], [2, "Lượt điều trị", "Lượt"],
        [],
        ["II. Tiêm chủng"],
        ["STT", "Loại vắc xin", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"],
        [1, "BCG", None, None, "=D8/C8*100"],
    ]  # fmt: skip
    said = told(one_sheet(rows, frame="A2:E8", formats={"D3:E4": "0", "C8:D8": "0"}))

    assert (said["input"], said["computed"], said["list_rows"]) == (["D3:E4"], {}, None)
    assert list(said["untranslated"]) == ["A7"]
    assert "bảng thứ hai" in said["untranslated"]["A7"]


def test_a_row_named_where_its_number_belongs_is_not_lost() -> None:
    rows: Rows = [
        ["DÂN SỐ"], ["STT", "Đơn vị", "Tổng số", "Nữ"],
        ["Khu vực thành thị"], [1, "Phường A"], ["II. Khu vực nông thôn"], [1, "Xã B"],
        ["Đặc khu"], [None, "Tổng", "=C3+C5+C7", "=D3+D5+D7"],
    ]  # fmt: skip
    data = one_sheet(rows, merges=["A7:B7"], frame="A2:D8", formats={"C3:D8": "0"})
    model = propose(data).model

    assert told(data)["input"] == ["C3:D7"]
    assert told(data)["computed"]["C8"] == "[Biểu.3:C]+[Biểu.5:C]+[Biểu.7:C]"
    labels = [row.label for row in model.sheets[0].rows]
    assert labels[0::2] == ["Khu vực thành thị", "II. Khu vực nông thôn", "Đặc khu"]


def test_tables_side_by_side_leave_running_numbers_and_the_gap_closed() -> None:
    rows: Rows = [
        ["CÂN ĐỐI"], ["STT", "Thu", "Số tiền", None, "STT", "Chi", "Số tiền"],
        [1, "Thuế", None, None, 1, "Lương"], [2, "Phí", None, None, 2, "Đầu tư"],
    ]  # fmt: skip
    said = told(one_sheet(rows, frame="A2:G4", formats={"C3:C4": "0", "G3:G4": "0"}))

    assert said["input"] == ["C3:C4", "G3:G4"]


def test_measures_in_a_row_of_their_own_belong_to_the_header() -> None:
    rows: Rows = [
        ["CÂY TRỒNG"], ["STT", "Xã", "Diện tích", "Sản lượng"], [None, None, "ha", "(tấn)"],
        [1, "Xã A"], [2, "Xã B"],
    ]  # fmt: skip
    data = one_sheet(rows, frame="A2:D5", formats={"C4:D5": "0.0"})
    (sheet,) = propose(data).model.sheets

    assert (sheet.header_rows, told(data)["input"]) == ((2, 3), ["C4:D5"])
    assert [column.measure for column in sheet.columns] == [None, None, "ha", "tấn"]


def test_codes_and_numbers_of_papers_keep_their_first_zero() -> None:
    head = ["STT", "Họ và tên", "Số CCCD", "Mã hộ", "Số CCCD đã cấp", "Diện tích mạ", "Có/Không"]
    model = propose(one_sheet([["DANH SÁCH"], head, [1], [2], ["…"]], frame="A2:G5")).model
    (table,) = model.sheets[0].lists
    texts = [cell.column for cell in table.cells if cell.type is CellType.TEXT]

    assert texts == ["B", "C", "D", "G"]


def test_a_code_that_a_row_lacks_is_not_asked_for() -> None:
    rows: Rows = [
        ["THU CHI"], ["Chỉ tiêu", "Mã số", "Năm nay"],
        ["1. Thu", "01"], ["2. Chi", "02"], ["Chia ra:"], ["- Đầu tư", "03"],
    ]  # fmt: skip

    assert told(one_sheet(rows, frame="A2:C6", formats={"C3:C6": "0"}))["input"] == ["C3:C6"]


def reckoning(*formulas: Any, finish: Any = None, names: dict[str, str] | None = None) -> bytes:
    rows = [[n, f"Mục {n}", None, formula] for n, formula in enumerate(formulas, 1)]
    data = one_sheet(
        [["TÍNH"], ["TT", "Chỉ tiêu", "Số", "Tính"], *rows],
        frame=f"A2:D{len(rows) + 2}",
        formats={f"C3:D{len(rows) + 2}": "0.0"},
        finish=finish,
    )
    if names:
        from openpyxl.workbook.defined_name import DefinedName

        book = opened(data)
        for name, place in names.items():
            book.defined_names[name] = DefinedName(name, attr_text=place)
        data = saved(book)
    return data


def test_formulas_in_a_circle_and_what_uses_them_are_named() -> None:
    said = told(reckoning("=D4+C3", "=D3+C4", "=SUM(C3:C5,D5)", "=D3*2", "=C7"))

    assert said["computed"] == {"D7": "[Biểu.7:C]"}
    assert {cell: "vòng" in why for cell, why in said["untranslated"].items()} == {
        "D3": True,
        "D4": True,
        "D5": True,
        "D6": False,
    }


def test_a_formula_never_goes_on_with_the_figure_of_one_that_is_not_taken_over() -> None:
    def stale(page: Worksheet) -> None:
        page["D3"] = "=VLOOKUP(C3,C3:C5,1,0)"

    data = reckoning(None, "=SUM(D3,C4)", "=D4*2", "=C6", finish=stale)
    said = told(data)

    assert set(said["untranslated"]) == {"D3", "D4", "D5"}
    assert said["computed"] == {"D6": "[Biểu.6:C]"}
    labels = [cell for cell in propose(data).model.cells.values() if cell.column == "D" and not cell.formula]
    assert [(cell.text, cell.type) for cell in labels] == [(None, None)] * 3


def test_an_answer_of_true_or_false_is_named_not_computed_to_nothing() -> None:
    said = told(reckoning("=C3=C4", "=AND(C3>1,C4>1)", "=IF(C3>1,TRUE,1)", '=IF(C3=C4,"Khớp","Lệch")'))

    assert set(said["untranslated"]) == {"D3", "D4", "D5"}
    assert list(said["computed"]) == ["D6"]


def test_every_cell_that_an_array_formula_writes_is_named() -> None:
    def spread(page: Worksheet) -> None:
        page["D3"] = ArrayFormula("D3:D5", "=C3:C5*2")
        page["D4"] = page["D5"] = 0

    said = told(reckoning(None, None, None, None, finish=spread))

    assert set(said["untranslated"]) == {"D3", "D4", "D5"}
    assert said["input"] == ["C3:C5", "C6:D6"]


def test_names_that_look_like_cells_of_no_worksheet_are_names() -> None:
    said = told(reckoning("=YTE2026*2", "=T20261231", names={"YTE2026": "Biểu!$C$3"}))

    assert said["computed"] == {"D3": "[Biểu.3:C]*2"}
    assert set(said["untranslated"]) == {"D4"}
