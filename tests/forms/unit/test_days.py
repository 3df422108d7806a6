"""A day is kept as dd/mm/yyyy, reckoned with as a number, and stays a real day in the workbook."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from forms.compute import compute, compute_all
from forms.correcting import Correction, correct
from forms.days import day_numbered, day_of, number_of, written
from forms.filled import read_filled
from forms.messages import Severity
from forms.model import CellKind, CellType, FormModel
from forms.reading import propose
from forms.rules import RuleText, rules_of
from forms.styles import NumberFormat
from forms.validation import validate
from forms.values import BLANK, CellKey, Figures, Number, Text
from forms.writing import fill
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.building import counted_ids, opened, saved, workbook
from tests.forms.shapes import framed, register_of_days


@pytest.fixture
def data() -> bytes:
    return register_of_days()


@pytest.fixture
def model(data: bytes) -> FormModel:
    return propose(data).model


def days(**typed: str) -> Figures:
    """``C3="05/11/2026"`` by place."""
    return Figures({CellKey(f"Biểu.{a1[1:]}", a1[0]): Text(text) for a1, text in typed.items()})


FILES = days(C3="02/11/2026", D3="30/11/2026", E3="02/12/2026", C4="03/11/2026", D4="01/12/2026")


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: dt.date) -> None:
    assert day_of(written(day)) == day


@given(st.dates(min_value=dt.date(1899, 12, 31)))
def test_a_day_and_its_number_are_one(day: dt.date) -> None:
    number = number_of(written(day))
    assert number is not None
    assert day_numbered(number) == day_numbered(number + Decimal("0.75")) == written(day)


def test_the_number_is_the_one_a_spreadsheet_shows() -> None:
    assert (number_of("01/01/2026"), number_of("1-3-1900"), number_of("31/02/2026")) == (46023, 61, None)
    assert [day_numbered(Decimal(n)) for n in ("0", "-1", "2958465", "2958466")] == [
        None,
        None,
        "31/12/9999",
        None,
    ]


@pytest.mark.parametrize(
    ("code", "shows"),
    [("dd/mm/yyyy", True), ("d-mmm-yy", True), ("[$-42A]dd mmmm yyyy;@", True)]
    + [(code, False) for code in ("General", "mm/yyyy", "dd/mm/yyyy hh:mm", "0.00", "@", 'General" d/m/y"')],
)
def test_only_a_whole_day_is_a_day(code: str, shows: bool) -> None:
    assert NumberFormat(code).is_day is shows


def test_a_cell_that_shows_days_takes_days_and_says_why(model: FormModel) -> None:
    received = model.cells[CellKey("Biểu.3", "C")]

    assert (received.kind, received.type, received.holds_day) == (CellKind.INPUT, CellType.TEXT, True)
    assert "Giới hạn theo định dạng của ô: ngày như 05/11/2026" in received.reason
    assert not model.cells[CellKey("Biểu.3", "H")].holds_day
    kept = model.cells[CellKey("Biểu.3", "G")]
    assert (kept.kind, kept.type, kept.holds_day) == (CellKind.COMPUTED, CellType.TEXT, True)


def test_formulas_compare_subtract_add_and_count_days(model: FormModel) -> None:
    computed = compute(model, FILES)

    assert computed.get("Biểu.3", "F") == Number(Decimal(2))
    assert computed.get("Biểu.4", "F") == Number(Decimal(0))
    assert computed.get("Biểu.3", "G") == Text("12/12/2026")
    assert computed.get("Biểu.5", "E") == Number(Decimal(1))
    assert computed.get("Biểu.3", "H") == Text("Đã trả")
    assert computed.get("Biểu.4", "G") == BLANK


def test_a_rule_compares_days(model: FormModel) -> None:
    text = RuleText(
        id="N1",
        severity=Severity.ERROR,
        message="Ngày hẹn trước ngày nhận.",
        condition="[Biểu.3:D]>=[Biểu.3:C]",
    )
    ruled = model.model_copy(update={"rules": rules_of([text])})
    late = days(C3="05/11/2026", D3="30/10/2026")

    assert [m.rule for m in validate(ruled, late).messages] == ["N1"]
    assert validate(ruled, FILES).messages == ()


def test_what_is_no_day_is_said_and_not_reckoned_with(model: FormModel) -> None:
    said = {m.code for m in validate(model, days(C3="02/11/2026", E3="tuần sau")).messages}
    assert said == {"forms.cell.not_a_day", "forms.expression.text_as_number", "forms.expression.text_order"}
    early = correct(
        model, [Correction(row="Biểu.3", column="G", kind=CellKind.COMPUTED, formula="[Biểu.3:E]-99999")]
    )
    assert [m.code for m in compute_all(early, FILES).problems] == ["forms.expression.not_a_day"]


def test_a_corrected_formula_of_a_day_still_gives_a_day(model: FormModel) -> None:
    longer = correct(
        model, [Correction(row="Biểu.3", column="G", kind=CellKind.COMPUTED, formula="[Biểu.3:E]+30")]
    )

    assert compute(longer, FILES).get("Biểu.3", "G") == Text("01/01/2027")


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_go_out_as_real_days_and_come_back_as_they_were(since_1904: bool) -> None:
    data = register_of_days(since_1904=since_1904)
    model = propose(data).model

    written_out = fill(data, model, FILES)
    page = opened(written_out).worksheets[0]
    results = opened(written_out, results=True).worksheets[0]
    again = read_filled(model, written_out, new_row_id=counted_ids())

    assert page["C3"].value == dt.datetime(2026, 11, 2)  # noqa: DTZ001 - a workbook knows no zone
    assert page["C3"].number_format == "dd/mm/yyyy"
    assert results["G3"].value == dt.datetime(2026, 12, 12)  # noqa: DTZ001
    assert results["F3"].value == 2
    assert {key: again.figures.cells[key] for key in FILES.cells} == FILES.cells
    assert again.messages == ()


def test_a_day_typed_without_its_digits_and_other_words_go_out_as_they_are(
    data: bytes, model: FormModel
) -> None:
    page = opened(fill(data, model, days(C3="2.11.2026", C4="đang chờ"))).worksheets[0]

    assert (page["C3"].value, page["C4"].value) == ("2.11.2026", "đang chờ")


def test_a_printed_day_is_reckoned_with() -> None:
    rows: list[list[Any]] = [["1", "Kế hoạch", None, None]]
    book = opened(framed(workbook([["TIẾN ĐỘ"], ["STT", "Việc", "Hạn", "Còn lại (ngày)"], *rows]), "A2:D3"))
    page = book.worksheets[0]
    page["C3"], page["D3"] = dt.date(2026, 12, 31), "=C3-1"
    page["C3"].number_format = "dd/mm/yyyy"
    model = propose(saved(book)).model
    deadline = model.cells[CellKey("Biểu.3", "C")]

    assert deadline.holds_day
    if deadline.kind is CellKind.LABEL:
        assert compute(model, Figures()).get("Biểu.3", "D") == Number(Decimal(46386))
