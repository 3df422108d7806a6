"""The designer's corrections, what keeps a form from being published, and one validation for all."""

from __future__ import annotations

import csv
import io

import pytest
from forms.compute import compute
from forms.correcting import Correction, correct
from forms.difference import difference
from forms.graph import find_cycle
from forms.messages import Severity
from forms.model import CellKind, CellType, FormModel
from forms.publishing import check_publishable
from forms.reading import propose
from forms.rules import RuleText, rules_of
from forms.tabular import to_csv
from forms.validation import LONGEST_TEXT, read_typed, validate, validate_edit
from forms.values import (
    BLANK,
    NOT_APPLICABLE,
    CellKey,
    Figures,
    ListRow,
    Number,
    Text,
    value_from_json,
    value_to_json,
)
from kit.errors import InvalidInput

from tests.forms.building import figures_of, model_of, number, opened, saved, workbook

MONTHLY, PROJECTS, POVERTY = "kt-xh-thang", "du-an-dau-tu-cong", "ho-ngheo-xa"


def small() -> FormModel:
    return propose(
        workbook([["STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"], [1, "A", None, None], [2, "B", None, None]])
    ).model


def with_formula(model: FormModel, row: str, column: str, formula: str) -> FormModel:
    return correct(
        model, [Correction(row=row, column=column, kind=CellKind.COMPUTED, formula=formula, precision=1)]
    )


def codes(model: FormModel) -> list[str]:
    return [message.code.rsplit(".", 1)[1] for message in check_publishable(model)]


def test_a_corrected_cell_is_what_the_designer_says_and_nothing_else_changes() -> None:
    model = small()
    after = with_formula(model, "Biểu.3", "D", "[Biểu.2:D]*2")

    assert compute(after, Figures({CellKey("Biểu.2", "D"): number("1.26")})).get("Biểu.3", "D") == number(
        "2.5"
    )
    assert [c for c in after.cells.values() if c != model.cells[CellKey(c.row, c.column)]] == [
        after.cells[CellKey("Biểu.3", "D")]
    ]


def test_a_correction_of_an_unknown_cell_or_without_a_formula_is_refused() -> None:
    for correction, code in (
        (Correction(row="Biểu.9", column="D", kind=CellKind.INPUT), "unknown_cell"),
        (Correction(row="Biểu.2", column="D", kind=CellKind.COMPUTED), "formula_missing"),
        (Correction(row="Biểu.2", column="D", kind=CellKind.INPUT, precision=99), "precision"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            correct(small(), [correction])
        assert refusal.value.code == f"forms.correcting.{code}"


def test_the_pattern_of_a_list_can_be_corrected_too() -> None:
    after = correct(
        model_of(PROJECTS),
        [Correction(row="DTC.L1", column="E", kind=CellKind.INPUT, type=CellType.NUMBER, precision=0)],
    )

    assert after.lists_by_id["DTC.L1"].by_column["E"].precision == 0


def test_formulas_in_a_circle_are_refused_and_every_cell_of_it_is_named() -> None:
    model = with_formula(
        with_formula(small(), "Biểu.2", "C", "[Biểu.3:D]+1"), "Biểu.3", "D", "SUM([Biểu.2:C]..[Biểu.2:D])"
    )

    (message,) = check_publishable(model)
    assert message.code == "forms.publishing.cycle"
    assert "C2 → D3 → C2" in message.message or "D3 → C2 → D3" in message.message
    assert set(find_cycle(model)) == {CellKey("Biểu.2", "C"), CellKey("Biểu.3", "D")}
    assert compute(model, Figures({CellKey("Biểu.2", "D"): number("1")})).cells == {}


def test_a_formula_that_refers_to_itself_is_a_circle() -> None:
    assert codes(with_formula(small(), "Biểu.2", "C", "[Biểu.2:C]+1")) == ["cycle"]


def test_references_to_nothing_and_to_crossed_cells_keep_a_form_from_being_published() -> None:
    assert codes(with_formula(small(), "Biểu.2", "C", "[Biểu.7:C]+1")) == ["unknown_reference"]
    assert codes(with_formula(small(), "Biểu.2", "C", "SUM({Biểu.L1:C})")) == ["unknown_reference"]
    assert codes(with_formula(small(), "Biểu.2", "C", "[@:D]+1")) == ["unknown_reference"]
    crossed = with_formula(model_of(POVERTY), "HN-HCN.15", "E", "[HN-HCN.15:F]+[HN-HCN.15:G]")
    assert codes(crossed) == ["not_applicable"]


def test_a_form_with_nothing_to_fill_is_not_published() -> None:
    labels = [Correction(row=c.row, column=c.column, kind=CellKind.LABEL) for c in small().input_cells()]

    assert codes(correct(small(), labels)) == ["no_input"]


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        ("KTXH.15", "D", number("1.25"), "too_precise"),
        ("KTXH.15", "D", Text("mười"), "text_in_number"),
        ("KTXH.15", "D", NOT_APPLICABLE, "not_applicable"),
        ("KTXH.15", "D", number("9" * 29), "too_long"),
        ("KTXH.15", "J", number("1"), "number_in_text"),
        ("KTXH.15", "J", Text("a" * (LONGEST_TEXT + 1)), "too_long"),
        ("KTXH.15", "J", Text("a\x00b"), "control_character"),
        ("KTXH.13", "D", number("1"), "not_an_input"),
        ("KTXH.12", "D", number("1"), "not_an_input"),
        ("KTXH.99", "D", number("1"), "unknown"),
        ("KTXH.15", "Z", number("1"), "unknown"),
    ],
)
def test_a_value_that_does_not_fit_its_cell_is_an_error_with_its_place(
    row: str, column: str, value: object, code: str
) -> None:
    (message,) = validate_edit(model_of(MONTHLY), row, column, value)  # type: ignore[arg-type]

    assert (message.code, message.severity) == (f"forms.cell.{code}", Severity.ERROR)
    assert (message.row, message.column) == (row, column)


@pytest.mark.parametrize("value", [BLANK, number("0"), number("1.5"), number("-3.10")])
def test_blanks_zeros_and_figures_within_the_precision_are_fine(value: object) -> None:
    assert validate_edit(model_of(MONTHLY), "KTXH.15", "D", value) == ()  # type: ignore[arg-type]


def test_typed_text_is_read_by_the_kind_of_its_cell() -> None:
    model = model_of(MONTHLY)

    assert read_typed(model, "KTXH.15", "D", " 1.234,5 ").value == number("1234.5")
    assert read_typed(model, "KTXH.15", "D", "").value == BLANK
    assert read_typed(model, "KTXH.15", "J", "1.234,5").value == Text("1.234,5")
    ambiguous = read_typed(model, "KTXH.15", "D", "8.5")
    assert (ambiguous.value, ambiguous.messages[0].code, ambiguous.messages[0].a1) == (
        BLANK,
        "forms.number.ambiguous",
        "D15",
    )
    assert read_typed(model_of(PROJECTS), "r1", "G", "12,5", "DTC.L1").value == number("12.5")


def test_text_where_a_formula_reckons_is_an_error_of_the_form_as_a_whole() -> None:
    model = with_formula(small(), "Biểu.2", "C", "[Biểu.2:D]*2")
    text = correct(model, [Correction(row="Biểu.2", column="D", kind=CellKind.INPUT, type=CellType.TEXT)])
    validation = validate(text, Figures({CellKey("Biểu.2", "D"): Text("nhiều")}))

    assert [m.code for m in validation.messages] == ["forms.expression.text_as_number"]
    assert validation.blocked


def test_differences_are_listed_cell_by_cell_and_equal_numbers_are_equal() -> None:
    before = Figures(
        {CellKey("a", "A"): number("8.5"), CellKey("a", "B"): number("1")},
        (ListRow("x", "L", 1), ListRow("y", "L", 2), ListRow("z", "L", 3)),
    )
    after = Figures(
        {CellKey("a", "A"): number("8.50"), CellKey("a", "C"): Text("mới"), CellKey("a", "D"): BLANK},
        (ListRow("y", "L", 1), ListRow("x", "L", 2), ListRow("n", "L", 3)),
    )
    found = difference(before, after)

    assert [(c.column, c.before, c.after) for c in found.cells] == [
        ("B", number("1"), BLANK),
        ("C", BLANK, Text("mới")),
    ]
    assert (found.rows_added, found.rows_removed, set(found.rows_moved)) == (("n",), ("z",), {"x", "y"})
    assert difference(before, before).nothing


def test_a_csv_holds_every_figure_and_no_text_that_a_spreadsheet_would_run() -> None:
    figures = figures_of(MONTHLY).with_cells({CellKey("KTXH.15", "J"): Text("=cmd|'/c calc'!A0")})
    data = to_csv(model_of(MONTHLY), figures)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    by_place = {(line[1], line[5]): line for line in lines[1:]}

    assert data.startswith(b"\xef\xbb\xbf")
    assert by_place["13", "G"][-1] == "1593.3"
    assert by_place["15", "J"][-1] == "'=cmd|'/c calc'!A0"
    assert by_place["54", "I"][-1] == "-0.96"


@pytest.mark.parametrize("value", [number("8.50"), number("-0.001"), Text("a"), BLANK, NOT_APPLICABLE])
def test_a_value_survives_json(value: Number) -> None:
    assert value_from_json(value_to_json(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": 8.5},
        {"number": "NaN"},
        {"blank": False},
        {"text": 1},
        {"a": 1},
        {"number": "1", "text": "a"},
    ],
)
def test_what_is_no_value_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        value_from_json(data)


def test_a_formula_and_a_rule_read_another_sheet_of_the_same_form() -> None:
    book = opened(workbook([["STT", "Chỉ tiêu", "Tổng số"], [1, "A", "='Chi tiết'!C2+'Chi tiết'!C3"]]))
    detail = book.create_sheet("Chi tiết")
    for line in (["STT", "Chỉ tiêu", "Số"], [1, "B", None], [2, "C", None]):
        detail.append(line)
    model = propose(saved(book)).model
    total = next(cell for cell in model.computed_cells())
    first, second = (c for c in model.input_cells() if model.sheet_of_row[c.row].name == "Chi tiết")
    entered = {CellKey(first.row, first.column): number("2"), CellKey(second.row, second.column): number("3")}
    condition = f"[{total.row}:{total.column}]<=[{first.row}:{first.column}]"
    rule = RuleText(id="R", severity=Severity.ERROR, condition=condition, message="Tổng lớn hơn một phần.")
    checked = validate(model.model_copy(update={"rules": rules_of([rule])}), Figures(entered))

    assert model.sheet_of_row[total.row].name == "Biểu"
    assert checked.computed.get(total.row, total.column) == number("5")
    assert [(m.code, m.sheet) for m in checked.messages] == [("forms.rule.R", "Biểu")]
    assert [cell.sheet for cell in checked.messages[0].cells] == ["Biểu", "Chi tiết"]
