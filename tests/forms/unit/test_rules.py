"""Rules: when they speak, what they say, what keeps them from being written or published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from forms.compute import compute
from forms.correcting import Correction, correct
from forms.expressions import Earlier
from forms.messages import Severity
from forms.model import CellKind, FormModel
from forms.publishing import Neighbours, check_publishable, rules_that_fit
from forms.reading import propose
from forms.rules import RuleCell, RuleText, rules_of
from forms.together import Filing, Past, earlier_read, validate_together
from forms.validation import validate
from forms.values import BLANK, CellKey, Figures, ListRow, Text, Value
from kit.errors import InvalidInput

from tests.forms.building import model_of, number, workbook


def small(*rules: RuleText, formulas: dict[str, str] | None = None) -> FormModel:
    """Rows 2 and 3, columns C and D to fill."""
    heads = ["STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"]
    model = propose(workbook([heads, [1, "A", None, None], [2, "B", None, None]])).model
    cells = [
        Correction(row=f"Biểu.{a1[1:]}", column=a1[0], kind=CellKind.COMPUTED, precision=1, formula=formula)
        for a1, formula in (formulas or {}).items()
    ]
    return correct(model, cells).model_copy(update={"rules": rules_of(rules)})


def rule(condition: str, severity: Severity = Severity.ERROR, **more: object) -> RuleText:
    return RuleText.model_validate(
        {
            "id": "R1",
            "severity": severity,
            "condition": condition,
            "message": "Thực hiện vượt kế hoạch.",
            **more,
        }
    )


def figures(**cells: Value | str) -> Figures:
    return Figures(
        {
            CellKey(f"Biểu.{a1[1:]}", a1[0]): number(value) if isinstance(value, str) else value
            for a1, value in cells.items()
        }
    )


def spoken(model: FormModel, entered: Figures) -> list[str]:
    return [message.code for message in validate(model, entered).messages]


WITHIN = "[Biểu.2:D]<=[Biểu.2:C]"


@pytest.mark.parametrize(
    ("entered", "codes"),
    [
        (figures(C2="10", D2="10"), []),
        (figures(C2="10", D2="11"), ["forms.rule.R1"]),
        (figures(D2="11"), ["forms.rule.R1"]),
        (figures(), []),
        (figures(C3="1"), []),
    ],
)
def test_a_rule_speaks_where_it_is_false_and_is_silent_while_all_it_uses_is_blank(
    entered: Figures, codes: list[str]
) -> None:
    assert spoken(small(rule(WITHIN)), entered) == codes


def test_what_a_rule_says_names_the_rule_its_severity_and_every_cell_it_touches() -> None:
    (message,) = validate(small(rule(WITHIN, Severity.WARNING)), figures(C2="1", D2="2")).messages

    assert (message.rule, message.severity, message.message) == ("R1", "warning", "Thực hiện vượt kế hoạch.")
    assert (message.sheet, message.a1) == ("Biểu", "D2")
    assert [cell.a1 for cell in message.cells] == ["D2", "C2"]
    assert not validate(small(rule(WITHIN, Severity.WARNING)), figures(C2="1", D2="2")).blocked


def test_a_rule_is_judged_over_computed_cells_before_they_are_rounded() -> None:
    model = small(rule("[Biểu.3:C]*3=[Biểu.2:C]"), formulas={"C3": "[Biểu.2:C]/3"})

    assert compute(model, figures(C2="9.1")).get("Biểu.3", "C") == number("3.0")
    assert spoken(model, figures(C2="9")) == []
    assert spoken(small(rule("[Biểu.3:C]=3"), formulas={"C3": "[Biểu.2:C]/3"}), figures(C2="9.1")) == [
        "forms.rule.R1"
    ]


def test_a_rule_that_divides_by_nothing_is_silent_and_one_that_reckons_with_text_says_so() -> None:
    assert spoken(small(rule("[Biểu.2:D]/[Biểu.2:C]<1")), figures(D2="1")) == []
    words = correct(small(rule("[Biểu.2:D]*2>1")), [
        Correction(row="Biểu.2", column="D", kind=CellKind.INPUT, type="text")
    ])  # fmt: skip

    (message,) = validate(words, figures(D2=Text("nhiều"))).messages

    assert (message.code, message.severity) == ("forms.rule.not_judged", Severity.INFORMATION)
    assert "R1" in message.message and "nhiều" in message.message


def test_a_rule_of_a_list_is_judged_in_every_row_and_names_the_row() -> None:
    listed = rule("[@:I]<=[@:G]", list_id="DTC.L1")
    model = model_of("du-an-dau-tu-cong").model_copy(update={"rules": rules_of([listed])})
    rows = tuple(ListRow(name, "DTC.L1", order) for order, name in enumerate(("p1", "p2", "p3")))
    cells = {CellKey(row, column): number(amount) for row, column, amount in (
        ("p1", "G", "5"), ("p1", "I", "5"), ("p2", "G", "5"), ("p2", "I", "6"), ("p3", "B", "0")
    )}  # fmt: skip

    found = [m for m in validate(model, Figures(cells, rows)).messages if m.rule]

    assert [(m.row, m.column, m.sheet) for m in found] == [("p2", "I", "DTC")]
    assert check_publishable(model) == ()


JUMP = "ABS([Biểu.2:D]-PREVIOUS![Biểu.2:D])<=20%*PREVIOUS![Biểu.2:D]"


def past_of(model: FormModel, code: str, at: Earlier, entered: Figures) -> Past:
    return {(code, at): model.plan.elsewhere(entered)}


@pytest.mark.parametrize(("now", "then", "codes"), [
    ("120", "100", []), ("121", "100", ["forms.rule.R1"]), ("79", "100", ["forms.rule.R1"]), ("500", None, []),
])  # fmt: skip
def test_a_jump_against_the_previous_period_speaks_only_where_there_was_a_figure(
    now: str, then: str | None, codes: list[str]
) -> None:
    model = small(rule(JUMP))
    past = past_of(model, "01", Earlier.PREVIOUS, figures(D2=then) if then else figures(C2="7"))

    (validation,) = validate_together([Filing("01", model, figures(D2=now))], past)

    assert [m.code for m in validation.messages] == codes
    assert earlier_read([Filing("01", model, Figures())]) == {("01", Earlier.PREVIOUS)}
    assert spoken(model, figures(D2=now)) == []


def test_rules_of_two_forms_may_look_at_each_other_and_see_computed_cells() -> None:
    total = small(rule("[Biểu.2:C]='02'![Biểu.3:D]"), formulas={"C2": "[Biểu.2:D]*2"})
    detail = small(rule("[Biểu.3:D]='01'![Biểu.2:C]"), formulas={"D3": "[Biểu.2:D]+[Biểu.2:C]"})

    def judged(first: str, second: str) -> list[list[str]]:
        filings = [Filing("01", total, figures(D2=first)), Filing("02", detail, figures(D2=second, C2="1"))]
        return [[m.code for m in v.messages] for v in validate_together(filings, {})]

    assert judged("5", "9") == [[], []]
    assert judged("5", "8") == [["forms.rule.R1"], ["forms.rule.R1"]]


def test_a_cell_computed_from_another_form_follows_it_whatever_the_order_of_forms() -> None:
    reader = small(formulas={"C2": "'02'![Biểu.2:C]*10"})
    read = small(formulas={"C2": "[Biểu.2:D]+1"})
    filings = [Filing("01", reader, Figures()), Filing("02", read, figures(D2="4"))]

    for ordered in (filings, filings[::-1]):
        found = {
            f.code: v.computed.get("Biểu.2", "C")
            for f, v in zip(ordered, validate_together(ordered, {}), strict=True)
        }
        assert found == {"01": number("50.0"), "02": number("5.0")}


def test_a_cell_computed_from_earlier_figures_keeps_its_sealed_value_where_they_are_not_at_hand() -> None:
    model = small(formulas={"C2": "[Biểu.2:D]/LAST_YEAR![Biểu.2:D]*100", "C3": "[Biểu.2:C]-100"})
    past = past_of(model, "01", Earlier.LAST_YEAR, figures(D2="80"))
    (drafted,) = validate_together([Filing("01", model, figures(D2="100"))], past)
    sealed = figures(D2="100").with_cells({CellKey("Biểu.2", "C"): drafted.computed.get("Biểu.2", "C")})

    assert drafted.computed.get("Biểu.2", "C") == number("125.0")
    assert compute(model, sealed).cells == drafted.computed.cells
    assert set(compute(model, figures(D2="100")).cells.values()) == {BLANK}


@pytest.mark.parametrize(("texts", "code"), [
    ([rule("1=")], "forms.expression.unreadable"),
    ([rule("[@:C]>1")], "forms.rules.own_row"),
    ([rule("1=1"), rule("2=2")], "forms.rules.same_id"),
    ([rule("1=1", id="có dấu")], "forms.rules.id"),
    ([rule("1=1", message="  ")], "forms.rules.message_missing"),
    ([rule("1=1", message="a" * 501)], "forms.rules.message_too_long"),
])  # fmt: skip
def test_a_rule_that_cannot_be_read_is_refused_by_its_id_and_field(
    texts: Sequence[RuleText], code: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rules_of(texts)

    assert refusal.value.code == code
    assert refusal.value.places[0].field is not None
    assert refusal.value.places[0].field.startswith("rules.")


AROUND = Neighbours("01", {"02": small(), "03": small(formulas={"C2": "'01'![Biểu.2:C]"})})


@pytest.mark.parametrize(("condition", "more", "codes"), [
    ("[Biểu.2:C]>'02'![Biểu.2:C]+PREVIOUS![Biểu.2:C]+'01'!LAST_YEAR![Biểu.2:C]", {}, []),
    ("[Biểu.2:C]>'03'![Biểu.2:C]", {}, []),
    ("[Biểu.9:C]>1", {"cells": [RuleCell(row="Biểu.2", column="C")]}, ["unknown_reference"]),
    ("[Biểu.2:C]>'02'![Biểu.9:C]", {}, ["unknown_reference"]),
    ("[Biểu.2:C]>PREVIOUS![Biểu.9:C]", {}, ["unknown_reference"]),
    ("[Biểu.2:C]>'04'!PREVIOUS![Biểu.2:C]", {}, ["unknown_form"]),
    ("[Biểu.2:C]>'01'![Biểu.2:D]", {}, ["own_form"]),
    ("[Biểu.2:C]>1", {"list_id": "L9"}, ["unknown_reference"]),
    ("[Biểu.2:C]>1", {"cells": [RuleCell(row="Biểu.2", column="Z")]}, ["unknown_reference"]),
])  # fmt: skip
def test_publishing_refuses_rules_about_cells_and_forms_that_are_not_there(
    condition: str, more: dict[str, Any], codes: list[str]
) -> None:
    messages = check_publishable(small(rule(condition, **more)), AROUND)

    assert [m.code.rsplit(".", 1)[1] for m in messages] == codes
    assert all(m.rule == "R1" and m.message.startswith("Quy tắc R1: ") for m in messages)


def test_formulas_that_read_each_other_by_way_of_other_forms_are_a_circle() -> None:
    (message,) = check_publishable(small(formulas={"D2": "'03'![Biểu.2:C]+1"}), AROUND)

    assert message.code == "forms.publishing.cycle_of_forms"
    assert "“01” → “03” → “01”" in message.message
    assert check_publishable(small(formulas={"D2": "'03'!PREVIOUS![Biểu.2:C]+1"}), AROUND) == ()


def test_rules_go_over_to_a_new_version_where_its_cells_bear_them() -> None:
    rules = rules_of([rule(WITHIN), rule("[Biểu.9:C]>1", id="R2")])

    kept, faults = rules_that_fit(small(), rules)

    assert [r.id for r in kept] == ["R1"]
    assert {fault.rule for fault in faults} == {"R2"}
