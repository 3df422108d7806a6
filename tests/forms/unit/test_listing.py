"""What a list asks of its rows: a limit, a key, what two alike are."""

import pytest
from forms.listing import ListRule, lists_taken_over, set_lists
from forms.messages import Severity
from forms.model import FormModel
from forms.reading import propose
from forms.validation import validate
from forms.values import CellKey, Figures, ListRow, Text
from kit.errors import InvalidInput

from tests.forms.building import model_of
from tests.forms.shapes import two_lists


@pytest.fixture
def model() -> FormModel:
    return model_of("du-an-dau-tu-cong")


def ruled(model: FormModel, repeats: Severity | None, most_rows: int | None = None) -> FormModel:
    (table,) = model.lists_by_id.values()
    rule = ListRule(list_id=table.id, key_columns=table.key_columns, repeats=repeats, most_rows=most_rows)
    return set_lists(model, [rule])


def named(model: FormModel, *names: str) -> Figures:
    (table,) = model.lists_by_id.values()
    rows = tuple(ListRow(f"row-{order}", table.id, order) for order, _ in enumerate(names, 1))
    cells = {
        CellKey(row.id, table.key_columns[0]): Text(name)
        for row, name in zip(rows, names, strict=True)
        if name
    }
    return Figures(cells, rows)


def said(model: FormModel, figures: Figures) -> list[tuple[str, str, str | None]]:
    return [
        (each.code, each.severity, each.row)
        for each in validate(model, figures).messages
        if each.code.startswith("forms.list.")
    ]


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.ERROR])
def test_two_rows_with_one_key_are_told_at_the_second_whatever_case_and_spaces(
    model: FormModel, severity: Severity
) -> None:
    figures = named(model, "Đường 719", "Cầu Mỹ Thuận", "", "", "đường  719")

    assert said(ruled(model, severity), figures) == [("forms.list.key_repeated", severity, "row-5")]
    (message,) = [
        each
        for each in validate(ruled(model, severity), figures).messages
        if each.code.startswith("forms.list.")
    ]
    assert "dòng thứ 5 trùng khóa với dòng thứ 1" in message.message


def test_nothing_is_said_that_no_designer_has_said(model: FormModel) -> None:
    assert said(model, named(model, "Đường 719", "Đường 719")) == []


def test_more_rows_than_allowed_are_told_at_the_first_beyond(model: FormModel) -> None:
    limited = ruled(model, None, most_rows=2)

    assert said(limited, named(model, "a", "b")) == []
    assert said(limited, named(model, "a", "b", "c", "d")) == [
        ("forms.list.too_many_rows", Severity.ERROR, "row-3")
    ]


def test_a_key_that_nobody_fills_in_and_a_list_that_is_not_there_are_refused(model: FormModel) -> None:
    (table,) = model.lists_by_id.values()
    assert table.number_column is not None
    for list_id, column, code in (
        (table.id, table.number_column, "forms.list.key_not_entered"),
        ("L9", table.key_columns[0], "forms.list.unknown"),
    ):
        with pytest.raises(InvalidInput) as refused:
            set_lists(model, [ListRule(list_id=list_id, key_columns=(column,))])
        assert refused.value.code == code


def test_the_next_version_keeps_what_was_said_of_its_lists() -> None:
    before = propose(two_lists()).model
    first = next(iter(before.lists_by_id.values()))
    rule = ListRule(list_id=first.id, key_columns=first.key_columns, repeats=Severity.ERROR, most_rows=50)

    after = lists_taken_over(propose(two_lists()).model, set_lists(before, [rule]))

    kept = after.lists_by_id[first.id]
    assert (kept.key_columns, kept.repeats, kept.most_rows) == (first.key_columns, Severity.ERROR, 50)
