"""Lists grow and shrink in the agency's own workbook, and what lies around them keeps its meaning."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from forms.filled import read_filled
from forms.reading import propose
from forms.values import CellKey, Figures, ListRow, Text
from forms.writing import fill
from forms.writing.shifting import Move, Resize, shift_formula
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from tests.forms.building import counted_ids, model_of, number, opened, sample, saved, workbook
from tests.forms.corpus import SHAPES
from tests.forms.corpus.by_libreoffice import FOLDER, file_name

PROJECTS = "du-an-dau-tu-cong"


def projects(count: int) -> Figures:
    rows = tuple(ListRow(f"r{n:04}", "DTC.L1", n) for n in range(1, count + 1))
    cells = {CellKey(row.id, "B"): Text(f"Dự án {row.order}") for row in rows}
    return Figures(cells | {CellKey(row.id, "I"): number(str(row.order)) for row in rows}, rows)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 12, 300])
def test_a_list_of_any_length_has_exactly_its_rows_and_the_form_around_it_moves_along(count: int) -> None:
    figures = projects(count)
    written = fill(sample(PROJECTS), model_of(PROJECTS), figures)
    page = opened(written).worksheets[0]
    results = opened(written, results=True).worksheets[0]
    end = 12 + count

    assert page["I12"].value == f"=SUM(I13:I{end})"
    assert results["I12"].value == count * (count + 1) // 2
    assert [page[f"A{row}"].value for row in range(13, end + 1)] == list(range(1, count + 1))
    assert page[f"H{end}"].value == f"=I{end}+J{end}"
    assert page[f"A{end + 2}"].value == "Ghi chú:"
    assert page.print_area == f"'DTC'!$A$1:$N${end + 11}"
    assert f"K{end + 7}:N{end + 7}" in {str(area) for area in page.merged_cells.ranges}
    assert page.row_dimensions[end].height == 22
    again = read_filled(model_of(PROJECTS), written, new_row_id=counted_ids(), current=figures)
    assert (again.messages, again.figures.list_rows) == ((), figures.list_rows)


def test_a_list_without_rows_leaves_the_form_with_its_blank_rows_and_marker() -> None:
    page = opened(fill(sample(PROJECTS), model_of(PROJECTS), Figures())).worksheets[0]

    assert (page["A15"].value, page["A16"].value, page["G12"].value) == (3, "…", "=SUM(G13:G16)")


@pytest.mark.parametrize("program", ["drawn", "libreoffice"])
def test_notes_on_cells_move_with_the_rows_they_speak_of(program: str) -> None:
    name = "notes on cells"
    drawn = next(shape.draw() for shape in SHAPES if shape.name == name)
    template = drawn if program == "drawn" else (FOLDER / file_name(name)).read_bytes()
    rows = tuple(ListRow(f"r{n}", "Biểu.L1", n) for n in range(1, 9))

    written = fill(template, propose(template).model, Figures({}, rows))
    notes = {c.coordinate: c.comment.text for row in opened(written).worksheets[0] for c in row if c.comment}
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        boxes = next(archive.read(part) for part in archive.namelist() if part.endswith(".vml"))

    assert notes == {"C2": "Ghi số tiền đã chi", "C11": "Tự cộng"}
    assert re.findall(rb"Row>(\d+)</", boxes) == [b"1", b"10"]


def test_another_program_reads_what_was_written() -> None:
    written = fill(sample(PROJECTS), model_of(PROJECTS), projects(5))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("DTC").to_python()

    assert rows[11][8] == 15.0
    assert [row[1] for row in rows[12:17]] == [f"Dự án {n}" for n in range(1, 6)]


def list_with_rules() -> bytes:
    rows: list[list[Any]] = [["STT", "Tên", "Số lượng", "Tỷ trọng"]]
    rows += [[n, None, None, f"=IF($C$5=0,0,C{n + 1}/$C$5)"] for n in (1, 2)]
    book = opened(
        workbook([*rows, ["…", "…"], [None, "Cộng", "=SUM(C2:C4)", "=SUM(D2:D4)"], [], ["Ghi chú: =C5"]])
    )
    page = book.worksheets[0]
    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="$C$5")
    rule.add("C2:C4")
    page.add_data_validation(rule)
    red = PatternFill("solid", bgColor="FFC7CE")
    above_half = FormulaRule(formula=["C2>$C$5/2"], fill=red)  # type: ignore[no-untyped-call]
    page.conditional_formatting.add("C2:C4", above_half)
    other = book.create_sheet("Tổng hợp")
    for row in (["STT", "Chỉ tiêu", "Giá trị"], [1, "Tổng", "=Biểu!C5"], [2, "Khác", None]):
        other.append(row)
    book.defined_names["TongCong"] = openpyxl.workbook.defined_name.DefinedName(
        "TongCong", attr_text="Biểu!$C$5"
    )
    return saved(book)


def test_rules_names_and_other_sheets_follow_the_rows_they_speak_of() -> None:
    template = list_with_rules()
    model = propose(template).model
    rows = tuple(ListRow(f"r{n}", "Biểu.L1", n) for n in range(1, 9))
    figures = Figures({CellKey(row.id, "C"): number("2") for row in rows}, rows)

    book = opened(fill(template, model, figures))
    page = book["Biểu"]
    (rule,) = page.data_validations.dataValidation
    (area,) = page.conditional_formatting

    assert (page["C10"].value, page["D9"].value) == ("=SUM(C2:C9)", "=IF($C$10=0,0,C9/$C$10)")
    assert (str(rule.sqref), rule.formula2) == ("C2:C9", "$C$10")
    assert (str(area.sqref), area.rules[0].formula) == ("C2:C9", ["C2>$C$10/2"])
    assert book["Tổng hợp"]["C2"].value == "=Biểu!C10"
    assert book.defined_names["TongCong"].attr_text == "Biểu!$C$10"
    assert opened(fill(template, model, figures), results=True)["Tổng hợp"]["C2"].value == 16


def test_text_that_looks_like_a_formula_is_written_as_text() -> None:
    rows = (ListRow("r1", "DTC.L1", 1),)
    figures = Figures({CellKey("r1", "B"): Text("=1+1"), CellKey("r1", "C"): Text("  hai\ndòng ")}, rows)
    page = opened(fill(sample(PROJECTS), model_of(PROJECTS), figures)).worksheets[0]

    assert (page["B13"].data_type, page["C13"].value) in (
        ("s", "  hai\ndòng "),
        ("inlineStr", "  hai\ndòng "),
    )


@pytest.mark.parametrize("text", ["=1+1", "+84 236", "-cmd|'/c calc'!A0", "@SUM(A1)", "\t=1"])
def test_text_that_a_spreadsheet_would_run_carries_the_quote_prefix_and_keeps_its_look(text: str) -> None:
    rows = (ListRow("r1", "DTC.L1", 1), ListRow("r2", "DTC.L1", 2))
    figures = Figures({CellKey("r1", "B"): Text(text), CellKey("r2", "B"): Text("- một")}, rows)

    written = fill(sample(PROJECTS), model_of(PROJECTS), figures)
    before, page = opened(sample(PROJECTS)).worksheets[0], opened(written).worksheets[0]

    assert (page["B13"].quotePrefix, page["B14"].quotePrefix, page["C13"].quotePrefix) == (True, True, False)
    assert repr(page["B13"].font) == repr(before["B13"].font)
    assert repr(page["B13"].border) == repr(before["B13"].border)
    again = read_filled(model_of(PROJECTS), written, new_row_id=counted_ids(), current=figures)
    assert again.figures.get("r1", "B") == Text(text.strip())


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(G13:G16)", "SUM(G13:G24)"), ("G17+G12", "G25+G12"), ("SUM($G$13:$G$16)", "SUM($G$13:$G$24)"),
        ("Khác!G17", "Khác!G17"), ("DTC!G17", "DTC!G25"), ("'DTC'!$9:$11", "'DTC'!$9:$11"), ("DTC!$A$1:$N$27", "DTC!$A$1:$N$35"),
        ('IF(A17="G17",1,2)', 'IF(A25="G17",1,2)'), ("SUM(G13:G13)", "SUM(G13:G13)"),
    ],
)  # fmt: skip
def test_references_move_as_a_spreadsheet_would_move_them(formula: str, after: str) -> None:
    assert shift_formula(formula, "DTC", Resize("DTC", 13, 16, 12)) == after


def test_a_row_carried_to_a_new_place_goes_on_reading_itself() -> None:
    change = Resize("DTC", 13, 16, 12)

    assert shift_formula("I13+J13+G$17", "DTC", Move(change, 13, 20)) == "I20+J20+G$25"
    assert shift_formula("G13/SUM(G$13:G$16)", "DTC", Move(change, 13, 20)) == "G20/SUM(G$13:G$24)"


@given(st.integers(1, 60), st.integers(1, 60))
def test_growing_and_shrinking_back_leaves_references_outside_the_list_as_they_were(
    row: int, size: int
) -> None:
    grow, back = Resize("S", 10, 13, size), Resize("S", 10, 10 + size - 1, 4)
    formula = f"A{row}"
    moved = shift_formula(shift_formula(formula, "S", grow), "S", back)

    assert moved == formula or 10 <= row <= 13


def test_tables_of_the_workbook_are_left_alone_where_nothing_moves() -> None:
    book = opened(workbook([["Chỉ tiêu", "Kế hoạch", "Thực hiện"], ["Lúa", None, None], ["Ngô", None, None]]))
    book.worksheets[0].add_table(Table(displayName="Bang", ref="A1:C3"))
    template = saved(book)
    model = propose(template).model

    written = fill(template, model, Figures({CellKey("Biểu.2", "B"): number("5")}))

    assert opened(written).worksheets[0].tables["Bang"].ref == "A1:C3"
