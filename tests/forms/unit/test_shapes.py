"""Workbooks nobody here has seen: other header shapes, lists, totals, with and without formats."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from forms.compute import compute
from forms.filled import read_filled
from forms.model import CellKind, FormModel, RowKind
from forms.publishing import check_publishable
from forms.reading import propose
from forms.values import BLANK, CellKey, Figures, ListRow
from forms.writing import fill

from tests.forms.building import counted_ids, number, opened, saved, some_figures, workbook
from tests.forms.shapes import (
    SHAPES,
    agriculture,
    by_xlsxwriter,
    households,
    list_with_examples,
    plain_table,
    three_levels_without_numbering,
    two_lists,
)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read_into_a_form_that_can_be_published(shape: str) -> None:
    proposal = propose(SHAPES[shape]())

    assert proposal.left_as_label == ()
    assert check_publishable(proposal.model) == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_can_be_filled_and_read_back(shape: str) -> None:
    template = SHAPES[shape]()
    model = propose(template).model
    figures = some_figures(model)

    written = fill(template, model, figures)
    again = read_filled(model, written, new_row_id=counted_ids(), current=figures)

    assert again.messages == ()
    assert again.figures == figures
    assert propose(written).model.sheets[0].header_rows == model.sheets[0].header_rows


def kinds(model: FormModel, column: str) -> list[str]:
    return [cell.kind.value for cell in model.sheets[0].cells if cell.column == column]


def test_a_plain_table_has_a_total_row_and_its_rates() -> None:
    model = propose(plain_table()).model

    assert [row.kind for row in model.sheets[0].rows] == [RowKind.FIXED] * 3 + [RowKind.TOTAL]
    assert kinds(model, "D") == ["computed"] * 4
    assert kinds(model, "B") == ["input", "input", "input", "computed"]


def test_three_header_levels_give_each_column_its_path_and_the_sheet_its_measure() -> None:
    sheet = propose(three_levels_without_numbering()).model.sheets[0]

    assert sheet.columns_by_id["D"].path == ("Khám bệnh", "Trong đó", "Nữ")
    assert (sheet.measure, sheet.period_cell, sheet.title) == ("Người", "A2", "BÁO CÁO TÌNH HÌNH Y TẾ")


def test_plain_column_numbers_under_a_header_are_not_a_row_of_figures() -> None:
    sheet = propose(by_xlsxwriter(agriculture)).model.sheets[0]

    assert (sheet.header_rows, sheet.number_row) == ((7,), 8)
    assert [row.label for row in sheet.rows] == ["Lúa", "Ngô", "Rau các loại", "Đậu", "Tổng"]


def test_lists_without_marker_numbering_or_borders_are_found() -> None:
    for shape, first, last in (("assets", 4, 8), ("bare list", 4, 4), ("list under its total", 5, 14)):
        (table,) = propose(SHAPES[shape]()).model.lists_by_id.values()
        assert (table.first_row, table.last_row, table.marker_row) == (first, last, None)


def test_numbered_example_rows_above_a_marker_are_a_list_and_years_name_columns() -> None:
    sheet = propose(list_with_examples()).model.sheets[0]
    (table,) = sheet.lists

    assert (table.first_row, table.last_row, table.marker_row, table.total_row) == (4, 5, 6, "Biểu.7")
    assert [column.path for column in sheet.columns][-2:] == [("2025",), ("2026",)]
    assert [row.label for row in sheet.rows] == ["Cộng"]


def test_styled_rows_far_below_the_table_cost_nothing() -> None:
    book = opened(plain_table())
    book.worksheets[0]["A1048576"].number_format = "0.00"

    assert [row.index for row in propose(saved(book)).model.sheets[0].rows] == [2, 3, 4, 5]


def test_two_lists_in_one_sheet_each_have_their_total() -> None:
    model = propose(two_lists()).model
    figures = some_figures(model)
    totals = compute(model, figures)

    assert [table.total_row for table in model.lists_by_id.values()] == ["Biểu.3", "Biểu.7"]
    assert totals.get("Biểu.3", "D") == number("100")
    assert totals.get("Biểu.2", "D") == number("200")


def test_a_longer_list_pushes_everything_below_it_down_and_its_total_grows() -> None:
    template = by_xlsxwriter(households)
    model = propose(template).model
    table = model.lists_by_id["DS.L1"]
    rows = tuple(ListRow(f"r{n:03}", table.id, n) for n in range(1, 41))
    figures = Figures({CellKey(row.id, "D"): number(str(row.order)) for row in rows}, rows)

    page = opened(fill(template, model, figures)).worksheets[0]
    results = opened(fill(template, model, figures), results=True).worksheets[0]

    assert page["D45"].value == "=SUM(D5:D44)"
    assert results["D45"].value == 820
    assert (page["A44"].value, page["D44"].value, page["E47"].value) == (40, 40, "Người lập biểu")
    assert "A45:C45" in {str(area) for area in page.merged_cells.ranges}
    assert page["D44"].number_format == "#,##0"


def test_texts_outside_the_table_are_written_where_they_have_moved_to() -> None:
    template = by_xlsxwriter(households)
    model = propose(template).model
    rows = tuple(ListRow(f"r{n}", "DS.L1", n) for n in range(1, 11))
    texts = {
        ("DS", "A1"): "DANH SÁCH THÁNG 10",
        ("DS", "E13"): "Trần Văn Hòa",
        ("DS", "B5"): "không phải chỗ này",
    }

    page = opened(fill(template, model, Figures({}, rows), texts=texts)).worksheets[0]

    assert (page["A1"].value, page["E17"].value, page["B5"].value) == (
        "DANH SÁCH THÁNG 10",
        "Trần Văn Hòa",
        None,
    )


def test_a_formula_that_has_no_counterpart_is_named_by_cell_and_left_as_a_label() -> None:
    proposal = propose(
        workbook([["STT", "Tháng", "Thu"], [1, "Một", None], [2, "Hai", "=VLOOKUP(1,A1:B2,2)"]])
    )
    (left,) = proposal.left_as_label

    assert (left.cell, left.text) == ("Biểu!C3", "=VLOOKUP(1,A1:B2,2)")
    assert "VLOOKUP" in left.why
    assert proposal.model.cells[CellKey("Biểu.3", "C")].kind is CellKind.LABEL


def test_formulas_reach_other_sheets_and_sheets_without_a_table_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Hướng dẫn"
    book.worksheets[0]["A1"] = "1. Ghi số liệu vào ô trống."
    for title in ("Biểu 1", "Biểu 2"):
        page = book.create_sheet(title)
        for row in (["STT", "Chỉ tiêu", "Năm 2026"], [1, "A", None], [2, "B", None]):
            page.append(row)
    book["Biểu 2"]["C3"] = "='Biểu 1'!C3*2"
    proposal = propose(saved(book))
    model = proposal.model

    assert [sheet.name for sheet in model.sheets] == ["Biểu 1", "Biểu 2"]
    assert [m.code for m in proposal.reasons] == ["forms.reading.sheet_without_table"]
    assert compute(model, Figures({CellKey("Biểu 1.3", "C"): number("4")})).get("Biểu 2.3", "C") == number(
        "8"
    )


def test_section_titles_across_the_table_are_headings() -> None:
    rows: list[list[Any]] = [
        ["Nội dung", "Mã số", "Năm 2026"],
        ["I. TRỒNG TRỌT"],
        ["1. Lúa", "01", None],
        ["II. CHĂN NUÔI"],
        ["1. Trâu", "02", None],
    ]
    sheet = propose(workbook(rows, merges=["A2:C2", "A4:C4"])).model.sheets[0]

    assert [row.kind.value for row in sheet.rows] == ["heading", "fixed", "heading", "fixed"]
    assert [row.parent_id for row in sheet.rows] == [None, "Biểu.2", None, "Biểu.4"]


def test_a_blank_total_stays_blank_when_nothing_is_filled() -> None:
    model = propose(plain_table()).model

    assert set(compute(model, Figures()).cells.values()) == {BLANK}
