"""Kinds of value and running totals of a form's columns (PR-1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms.binding import Binding, bind
from forms.cumulatives import (
    ColumnKind,
    at_the_start_of_a_year,
    cumulative_rules,
    running_totals,
    set_kinds,
    taken_over,
)
from forms.expressions import Earlier, Elsewhere, Source
from forms.indicators import BoundIndicator, TimeKind
from forms.messages import Severity
from forms.model import FormModel, ValueKind
from forms.reading import propose
from forms.rules import rules_of
from forms.validation import validate
from forms.values import CellKey, Figures, Number
from kit.errors import InvalidInput

from tests.forms.building import model_of, sample, workbook

BEFORE = Source(None, Earlier.PREVIOUS)


def a_form() -> FormModel:
    head = ["Chỉ tiêu", "Kế hoạch năm", "Thực hiện tháng", "Lũy kế từ đầu năm"]
    model = propose(workbook([head, ["Số hộ", None, None, None]])).model
    return model.model_copy(update={"rules": rules_of(list(cumulative_rules(model)))})


def figures(model: FormModel, **columns: int) -> Figures:
    row = model.sheets[0].rows[0].id
    return Figures({CellKey(row, column): Number(Decimal(value)) for column, value in columns.items()})


def said(model: FormModel, entered: Figures, before: Elsewhere | None) -> list[tuple[str, Severity]]:
    found = validate(model, entered, {} if before is None else {BEFORE: before})
    return [(message.code, message.severity) for message in found.messages]


@pytest.mark.requirement("PR-1")
def test_headers_tell_what_columns_hold_and_each_is_remarked_on() -> None:
    proposal = propose(sample("kt-xh-thang"))
    columns = {
        column.letter: (column.value_kind, column.cumulative) for column in proposal.model.sheets[0].columns
    }
    assert {letter: told for letter, told in columns.items() if told != (None, False)} == {
        "D": (ValueKind.PLAN, False),
        "F": (ValueKind.OFFICIAL, False),
        "G": (ValueKind.OFFICIAL, True),
    }
    remarks = [message.message for message in proposal.reasons if message.code == "forms.reading.value_kind"]
    assert remarks[2] == "Trang “KTXH”, cột G “Lũy kế từ đầu năm”: số chính thức, lũy kế, theo tiêu đề."


@pytest.mark.requirement("PR-1")
def test_a_total_that_is_not_the_one_before_plus_this_period_wants_an_explanation() -> None:
    model = a_form()
    (rule,) = model.rules
    before = model.plan.elsewhere(figures(model, D=100))
    assert said(model, figures(model, C=20, D=120), before) == []
    assert said(model, figures(model, C=20, D=130), before) == [(f"forms.rule.{rule.id}", Severity.WARNING)]
    assert said(model, figures(model, C=20, D=130), None) == []


@pytest.mark.requirement("PR-1")
def test_totals_begin_again_with_the_year() -> None:
    model = a_form()
    december = model.plan.elsewhere(figures(model, D=100))
    for before in (at_the_start_of_a_year(model, december), at_the_start_of_a_year(model, None)):
        assert said(model, figures(model, C=20, D=20), before) == []
        assert [severity for _, severity in said(model, figures(model, C=20, D=120), before)] == [
            Severity.WARNING
        ]


@pytest.mark.requirement("PR-1")
def test_a_stock_s_total_is_the_figure_itself_and_a_rate_has_none() -> None:
    model = a_form()
    row = model.sheets[0].rows[0].id

    def rules(nature: TimeKind) -> list[str]:
        meaning = BoundIndicator(id="i", version_id="v", code="I", name="Chỉ tiêu", time_kind=nature)
        bound = bind(model, [Binding(indicator_id="i", row=row)], {"i": meaning})
        return [rule.condition for rule in cumulative_rules(bound)]

    assert rules(TimeKind.FLOW) == [f"[{row}:D]=PREVIOUS![{row}:D]+[{row}:C]"]
    assert rules(TimeKind.STOCK) == [f"[{row}:D]=[{row}:C]"]
    assert rules(TimeKind.RATE) == []


def test_the_designer_s_word_stands_over_the_header() -> None:
    model = a_form()
    sheet = model.sheets[0].name
    estimated = set_kinds(model, [ColumnKind(sheet=sheet, column="C", value_kind=ValueKind.ESTIMATE)])
    assert list(cumulative_rules(estimated)) == []
    for wrong, code in (
        (ColumnKind(sheet=sheet, column="Z"), "forms.column.unknown"),
        (ColumnKind(sheet=sheet, column="D", cumulative=True), "forms.column.kind_missing"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            set_kinds(model, [wrong])
        assert refusal.value.code == code


def test_each_total_names_the_figure_it_grows_by_and_a_rate_has_none() -> None:
    model = model_of("kt-xh-thang")
    found = {each.total.a1: (each.flow.a1, each.nature) for each in running_totals(model)}
    assert found["G15"] == ("F15", TimeKind.FLOW)

    rate = BoundIndicator(
        id="r", version_id="r1", code="TL", name="Tỷ lệ", measure="%", time_kind=TimeKind.RATE
    )
    bound = bind(model, [Binding(indicator_id="r", row="KTXH.15")], {"r": rate})
    assert "G15" not in {each.total.a1 for each in running_totals(bound)}


def test_the_monthly_form_gets_a_rule_for_each_total_that_is_typed() -> None:
    model = model_of("kt-xh-thang")
    rules = list(cumulative_rules(model))
    assert len({rule.id for rule in rules}) == len(rules) > 5
    assert rules_of(rules)


def test_a_new_version_keeps_what_the_designer_said_of_a_column_under_the_same_header() -> None:
    model = a_form()
    sheet = model.sheets[0].name
    said_so = set_kinds(model, [ColumnKind(sheet=sheet, column="C", value_kind=ValueKind.PRELIMINARY)])
    kinds = {column.id: column.value_kind for column in taken_over(a_form(), said_so).sheets[0].columns}
    assert (kinds["B"], kinds["C"]) == (ValueKind.PLAN, ValueKind.PRELIMINARY)
