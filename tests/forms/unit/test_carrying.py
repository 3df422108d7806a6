"""Rules read in a later version of their form: the same rows and columns by what they say, or named as left."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from forms.carrying import Carrying, NoPlace
from forms.messages import Severity
from forms.model import FormModel
from forms.rules import RuleCell, RuleText, rules_of

from tests.forms.unit.test_moving import HEAD, ROWS, a_form

SOY = ["4", "Đậu", "ha"]
PUT_IN = [ROWS[0], SOY, *ROWS[1:]]


def ids(model: FormModel) -> dict[str, str]:
    return {row.label: row.id for row in model.sheets[0].rows}


def carried(
    condition: str, after: FormModel, cells: Sequence[tuple[str, str]] = ()
) -> tuple[list[str], list[str]]:
    """A rule of the first version, its rows named by their labels."""
    before = a_form()
    for label, row in ids(before).items():
        condition = condition.replace(f"[{label}:", f"[{row}:")
    text = RuleText(
        id="R1",
        severity=Severity.ERROR,
        condition=condition,
        message="Không khớp.",
        cells=tuple(RuleCell(row=ids(before)[row], column=column) for row, column in cells),
    )
    kept, left = Carrying(before, after, "01").rules(rules_of([text]))
    words = {row: label for label, row in ids(after).items()}
    shown = [rule.condition for rule in kept]
    for row, label in sorted(words.items(), reverse=True):
        shown = [each.replace(f"[{row}:", f"[{label}:") for each in shown]
    return shown, [message.message for message in left]


@pytest.mark.parametrize("condition", [
    "[Ngô:E]>[Khoai:E]",
    "[Khoai:E]>=PREVIOUS![Khoai:E]",
    "[Ngô:E]<='01'!LAST_YEAR![Ngô:E]*2",
    "SUM([Lúa:E]..[Khoai:E])>100",
    "IF([Ngô:E]>0,[Ngô:D]>0,TRUE)",
])  # fmt: skip
def test_a_row_put_in_takes_no_rule_to_another_row(condition: str) -> None:
    assert carried(condition, a_form(PUT_IN)) == ([condition], [])


def test_columns_that_change_places_take_their_rules_with_them() -> None:
    other = [*HEAD[:3], "Thực hiện", "Kế hoạch"]
    assert carried("[Ngô:D]>=[Ngô:E]", a_form(head=other)) == (["[Ngô:E]>=[Ngô:D]"], [])


def test_the_cells_a_rule_is_shown_at_go_with_it() -> None:
    before, after = a_form(), a_form(PUT_IN)
    corn = ids(before)["Ngô"]
    text = RuleText(
        id="R1", severity=Severity.WARNING, condition=f"[{corn}:E]>1", message="Ít.",
        cells=(RuleCell(row=corn, column="D"),),
    )  # fmt: skip
    ((rule,), left) = Carrying(before, after).rules(rules_of([text]))
    assert ([(cell.row, cell.column) for cell in rule.cells], left) == ([(ids(after)["Ngô"], "D")], ())


@pytest.mark.parametrize(("rows", "condition", "why"), [
    ([ROWS[0], ["2", "Sắn", "ha"], ROWS[2]], "[Ngô:E]>[Khoai:E]", "2 Ngô, cột «Thực hiện» không có"),
    ([ROWS[0], ["2", "Ngô", "tấn"], ROWS[2]], "[Ngô:E]>100", "đổi đơn vị tính từ ha sang tấn"),
    ([ROWS[2], ROWS[0], ROWS[1]], "SUM([Lúa:E]..[Ngô:E])>1", None),
    ([ROWS[0], ROWS[2], ROWS[1]], "SUM([Lúa:E]..[Ngô:E])>1", "gồm những ô khác"),
    ([ROWS[1], ROWS[0], ROWS[2]], "SUM([Ngô:E]..[Khoai:E])>1", "gồm những ô khác"),
])  # fmt: skip
def test_what_cannot_be_told_is_left_and_named(
    rows: Sequence[Sequence[str]], condition: str, why: str | None
) -> None:
    kept, left = carried(condition, a_form(rows))

    if why is None:
        assert (kept, left) == ([condition], [])
    else:
        assert kept == []
        assert left[0].startswith("Quy tắc R1: ")
        assert why in left[0]


def test_another_forms_cells_are_left_to_that_form() -> None:
    condition = "[Ngô:E]>'02'![Ngô:E]"
    before, after = a_form(), a_form(PUT_IN)
    text = condition.replace("[Ngô:E]>", f"[{ids(before)['Ngô']}:E]>").replace("![Ngô:", "![Khác:")
    ((rule,), _) = Carrying(before, after, "01").rules(
        rules_of([RuleText(id="R1", severity=Severity.ERROR, condition=text, message="Sai.")])
    )
    assert rule.condition == f"[{ids(after)['Ngô']}:E]>'02'![Khác:E]"


def test_a_cell_without_a_place_says_so() -> None:
    before = a_form()
    with pytest.raises(NoPlace, match="không có trong phiên bản này"):
        Carrying(before, a_form(ROWS[1:])).cell(ids(before)["Lúa"], "E")
