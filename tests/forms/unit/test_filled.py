"""A filled copy is read by what the form wants in each place; what does not fit is named by cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from forms.filled import Filled, read_filled
from forms.grid import exact
from forms.messages import Severity
from forms.reading import propose
from forms.values import BLANK, CellKey, Text
from forms.writing import blank
from kit.errors import InvalidInput

from tests.forms.building import (
    changed,
    counted_ids,
    figures_of,
    model_of,
    number,
    opened,
    sample,
    saved,
    workbook,
)

MONTHLY, PROJECTS, POVERTY = "kt-xh-thang", "du-an-dau-tu-cong", "ho-ngheo-xa"


def read_changed(form: str, change: Callable[[Any], None]) -> Filled:
    return read_filled(model_of(form), changed(f"{form}-filled", change), new_row_id=counted_ids())


def said(filled: Filled) -> list[tuple[str, str, str | None]]:
    return [(m.code.rsplit(".", 1)[1], m.severity.value, m.a1) for m in filled.messages]


def put(a1: str, value: object) -> Callable[[Any], None]:
    def change(page: Any) -> None:
        page[a1] = value

    return change


def test_text_in_a_number_cell_is_an_error_that_names_the_cell() -> None:
    filled = read_changed(MONTHLY, put("D15", "khoảng bốn trăm"))

    assert said(filled)[0] == ("text_in_number", "error", "D15")
    assert "D15" in filled.messages[0].message
    with pytest.raises(InvalidInput) as refusal:
        filled.refuse_errors()
    assert refusal.value.code == "forms.filled.text_in_number"
    assert (refusal.value.places[0].sheet, refusal.value.places[0].cell) == ("KTXH", "D15")


def test_a_number_typed_as_text_with_a_comma_is_read_by_the_vietnamese_rule_and_said() -> None:
    filled = read_changed(MONTHLY, put("D15", "8,5"))

    assert filled.figures.get("KTXH.15", "D") == number("8.5")
    assert said(filled)[0] == ("text_read_as_number", "information", "D15")
    assert "“8,5” ghi bằng chữ, đọc là 8,5" in filled.messages[0].message


def test_a_number_typed_as_text_with_a_point_is_refused_with_both_readings() -> None:
    filled = read_changed(MONTHLY, put("D15", "8.5"))

    assert said(filled)[0] == ("text_in_number", "error", "D15")
    assert "8,5 hay 85" in filled.messages[0].message


def test_a_figure_beyond_the_precision_is_refused() -> None:
    filled = read_changed(MONTHLY, put("D32", 12.5))

    assert said(filled)[0] == ("too_precise", "error", "D32")
    assert "số nguyên" in filled.messages[0].message


@pytest.mark.parametrize(
    ("form", "a1", "value"), [(POVERTY, "G15", 3), (MONTHLY, "D30", 5), (MONTHLY, "G50", "abc")]
)
def test_a_figure_in_a_cell_that_takes_none_is_an_error(form: str, a1: str, value: object) -> None:
    assert ("not_an_input", "error", a1) in said(read_changed(form, put(a1, value)))


def test_a_total_typed_over_its_formula_is_warned_about_and_computed_again() -> None:
    filled = read_changed(MONTHLY, put("G13", 1600))

    assert said(filled) == [("result_differs", "warning", "G13")]
    assert CellKey("KTXH.13", "G") not in filled.figures.cells


def test_a_printed_label_that_was_changed_is_warned_about() -> None:
    filled = read_changed(MONTHLY, put("C15", "Triệu đồng"))

    assert said(filled)[0] == ("label_changed", "warning", "C15")


def test_a_formula_typed_into_an_input_cell_gives_its_result() -> None:
    uncomputed = read_changed(MONTHLY, put("D15", "=400+12.5"))

    assert said(uncomputed)[0] == ("formula_without_result", "error", "D15")


def test_an_error_value_in_an_input_cell_is_an_error() -> None:
    assert said(read_changed(MONTHLY, put("D15", "#N/A")))[0][0] in ("error_value", "text_in_number")


def test_a_moved_column_is_named_with_both_places() -> None:
    def swap(page: Any) -> None:
        for row in range(9, 66):
            if row != 10:
                page[f"D{row}"].value, page[f"E{row}"].value = page[f"E{row}"].value, page[f"D{row}"].value

    filled = read_changed(MONTHLY, swap)

    assert {m.code for m in filled.messages} == {"forms.filled.column_moved"}
    assert "“Kế hoạch năm” đã bị chuyển từ cột D sang cột E" in filled.messages[0].message


def test_a_deleted_column_is_named_and_so_is_an_added_one() -> None:
    model = propose(workbook([["STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"], [1, "Lúa", None, None]])).model
    without = workbook([["STT", "Chỉ tiêu", "Thực hiện"], [1, "Lúa", 5]])
    extra = workbook([["STT", "Chỉ tiêu", "Kế hoạch", "Mới", "Thực hiện"], [1, "Lúa", 4, 9, 5]])

    missing = read_filled(model, without, new_row_id=counted_ids())
    added = read_filled(model, extra, new_row_id=counted_ids())

    assert [m.code.rsplit(".", 1)[1] for m in missing.messages] == ["column_missing", "column_moved"]
    assert sorted(m.code.rsplit(".", 1)[1] for m in added.messages) == ["column_added", "column_moved"]


def test_a_deleted_row_is_named() -> None:
    filled = read_changed(MONTHLY, lambda page: page.delete_rows(32))

    assert [m.code.rsplit(".", 1)[1] for m in filled.messages] == ["row_missing"]
    assert "Trâu" in filled.messages[0].message


def test_an_added_row_is_named_with_its_place() -> None:
    def insert(page: Any) -> None:
        page.insert_rows(33)
        page["A33"], page["B33"], page["D33"] = "-", "Dê", 12

    filled = read_changed(MONTHLY, insert)

    assert [(m.code.rsplit(".", 1)[1], m.a1) for m in filled.messages] == [("row_added", "B33")]


def test_a_moved_row_is_named_not_read_as_its_neighbour() -> None:
    def swap(page: Any) -> None:
        for column in "ABCDEFG":
            first, second = page[f"{column}32"], page[f"{column}33"]
            first.value, second.value = second.value, first.value

    filled = read_changed(MONTHLY, swap)

    assert {m.code.rsplit(".", 1)[1] for m in filled.messages} == {"row_moved"}
    assert (filled.messages[0].severity, filled.figures.cells) == (Severity.ERROR, {})


def test_a_renamed_row_is_named_with_both_names() -> None:
    filled = read_changed(MONTHLY, put("B32", "Trâu, bò"))

    assert [(m.code.rsplit(".", 1)[1], m.a1) for m in filled.messages] == [("row_renamed", "B32")]
    assert "“- Trâu”" in filled.messages[0].message
    assert "“Trâu, bò”" in filled.messages[0].message


def test_lines_added_to_the_letterhead_do_not_matter() -> None:
    rows: list[list[object]] = [["STT", "Chỉ tiêu", "Thực hiện"], [1, "Lúa", None], [2, "Ngô", None]]
    model = propose(workbook(rows)).model
    filled = read_filled(
        model,
        workbook([["UBND XÃ A"], [], ["STT", "Chỉ tiêu", "Thực hiện"], [1, "Lúa", 5], [2, "Ngô", 6]]),
        new_row_id=counted_ids(),
    )

    assert filled.messages == ()
    assert filled.figures.get("Biểu.3", "C") == number("6")


def test_a_header_that_leaves_a_place_for_the_month_is_known_when_it_is_filled_in() -> None:
    head = ["STT", "Chỉ tiêu", "Ước thực hiện tháng ……/20……", "Cùng kỳ"]
    model = propose(workbook([head, [1, "Lúa", None, None]])).model
    written = workbook([[*head[:2], "Ước thực hiện tháng 10/2026", "Cùng kỳ"], [1, "Lúa", 5, 4]])
    filled = read_filled(model, written, new_row_id=counted_ids())

    assert filled.messages == ()
    assert filled.figures.get("Biểu.2", "C") == number("5")


def test_another_form_is_recognised_as_another_form() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_filled(model_of(MONTHLY), sample(f"{POVERTY}-filled"), new_row_id=counted_ids())

    assert refusal.value.code == "forms.filled.other_form"


def test_a_copy_handed_out_for_another_version_is_refused_and_its_own_version_is_taken() -> None:
    book = blank(sample(f"{MONTHLY}-filled"), form_version="v1")

    assert (
        read_filled(model_of(MONTHLY), book, new_row_id=counted_ids(), form_version="v1").form_version == "v1"
    )
    assert opened(book).worksheets[0]["G15"].value == 335.6
    with pytest.raises(InvalidInput) as refusal:
        read_filled(model_of(MONTHLY), book, new_row_id=counted_ids(), form_version="v2")
    assert refusal.value.code == "forms.filled.other_version"


def test_a_list_may_have_any_length_and_keeps_its_order() -> None:
    def three(page: Any) -> None:
        page.delete_rows(16, 9)
        for row in page.iter_rows(min_row=12, max_row=12):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM"):
                    cell.value = cell.value.replace("24", "15")

    filled = read_changed(PROJECTS, three)
    rows = filled.figures.rows_of("DTC.L1")

    assert [row.order for row in rows] == [1, 2, 3]
    assert filled.figures.get(rows[1].id, "B") == Text("Xây dựng Trường Tiểu học Hòa Bình 2")


def test_rows_written_into_the_empty_form_above_its_marker_are_read() -> None:
    def write(page: Any) -> None:
        page["B13"], page["G13"], page["I13"] = "Cầu A", 100.5, 20
        page["B15"], page["G15"] = "Cầu B", 7

    filled = read_filled(model_of(PROJECTS), changed(PROJECTS, write), new_row_id=counted_ids())
    rows = filled.figures.rows_of("DTC.L1")

    assert [filled.figures.get(row.id, "B") for row in rows] == [Text("Cầu A"), Text("Cầu B")]
    assert [m for m in filled.messages if m.severity is Severity.ERROR] == []


def test_a_list_row_that_comes_back_keeps_its_id_and_a_new_one_gets_a_new_id() -> None:
    current = figures_of(PROJECTS)

    def rename(page: Any) -> None:
        page["B14"] = "Dự án mới"

    book = changed(f"{PROJECTS}-filled", rename)
    again = read_filled(model_of(PROJECTS), book, new_row_id=lambda: "new", current=current).figures
    before, after = current.rows_of("DTC.L1"), again.rows_of("DTC.L1")

    assert after[1].id == "new"
    assert [row.id for row in after if row.id != "new"] == [row.id for row in before if row is not before[1]]


def test_a_place_left_for_a_name_stays_blank_until_it_is_written() -> None:
    empty = read_filled(model_of(POVERTY), sample(POVERTY), new_row_id=counted_ids()).figures

    assert empty.get("HN-HCN.20", "B") == BLANK
    assert empty.get("HN-HCN.15", "B") == Text("Tổ dân phố 1")
    assert [key for key, value in empty.cells.items() if value != BLANK and key.column != "B"] == []


def test_a_date_in_a_text_cell_is_read_as_the_day_it_shows() -> None:
    rows: list[list[object]] = [["STT", "Tên văn bản", "Ngày ban hành", "Số trang"], [1, None, None, None]]
    model = propose(workbook([*rows, [2, None, None, None], ["…", "…", None, None]])).model
    book = opened(workbook([*rows[:1], [1, "Quyết định 12", date(2026, 10, 5), 3]]))
    filled = read_filled(model, saved(book), new_row_id=counted_ids())
    (row,) = filled.figures.list_rows

    assert filled.figures.get(row.id, "C") == Text("05/10/2026")
    assert filled.figures.get(row.id, "D") == number("3")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.30000000000000004", "0.3"),
        ("0.10000000000000001", "0.1"),
        ("1593.3000000000002", "1593.3"),
        ("8.5E-2", "0.085"),
        ("12345678901234.56", "12345678901234.56"),
        ("9007199254740991", "9007199254740991"),
        ("12345678901234567890.12", "12345678901234567890.12"),
        ("-0", "0"),
    ],
)
def test_numbers_are_read_as_the_decimals_a_spreadsheet_shows(written: str, meant: str) -> None:
    assert exact(written) == Decimal(meant)
