"""Figures carried to a later version: kept where the later form means the same, else named with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from forms.binding import Binding, bind
from forms.compute import entered
from forms.correcting import Correction, correct
from forms.indicators import BoundIndicator
from forms.model import CellKind, FormModel
from forms.moving import Moving, Reason
from forms.reading import propose
from forms.values import Blank, CellKey, Figures, ListRow, Number, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.building import FORMS, figures_of, model_of, number, shown, some_figures, workbook
from tests.forms.shapes import framed, two_lists

HEAD = ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện"]
ROWS = [["1", "Lúa", "ha"], ["2", "Ngô", "ha"], ["3", "Khoai", "ha"]]


def a_form(rows: Sequence[Sequence[Any]] = ROWS, head: Sequence[str] = HEAD) -> FormModel:
    body = [[*row, *[None] * (len(head) - len(row))] for row in rows]
    return propose(
        framed(workbook([["BIỂU THỬ"], [*head], *body]), f"A2:{'ABCDEFG'[len(head) - 1]}{len(rows) + 2}")
    ).model


def filled(model: FormModel) -> Figures:
    return some_figures(model)


def by_words(model: FormModel, figures: Figures) -> dict[tuple[str, str], str]:
    """Figures under the words of their row and column."""
    found: dict[tuple[str, str], str] = {}
    for sheet in model.sheets:
        for row in sheet.rows:
            for column in sheet.columns:
                value = figures.get(row.id, column.id)
                if isinstance(value, Number):
                    found[row.label, column.path[-1]] = shown(value)
    return found


def fallen(model: FormModel, after: FormModel) -> dict[str, Reason]:
    return {each.name.row: each.reason for each in Moving(model, after)(filled(model)).fallen}


@pytest.mark.parametrize("name", FORMS)
def test_moving_to_the_same_form_keeps_everything(name: str) -> None:
    model, given_ = model_of(name), figures_of(name)
    moving = Moving(model, model)
    moved = moving(given_)
    there = {
        key: value for key, value in entered(model, given_).cells.items() if not isinstance(value, Blank)
    }
    assert (moved.kept.cells, moved.kept.list_rows, moved.fallen) == (there, given_.list_rows, ())
    assert (moving.new_cells, moving.totals(given_, moved)) == ((), ())


def test_a_row_put_in_shifts_no_figure_to_its_neighbour() -> None:
    before, after = a_form(), a_form([ROWS[0], ["2", "Đậu", "ha"], ["3", "Ngô", "ha"], ["4", "Khoai", "ha"]])
    moving = Moving(before, after)
    moved = moving(filled(before))
    assert by_words(after, moved.kept) == by_words(before, filled(before))
    assert moved.fallen == ()
    assert {(cell.name.row, cell.name.column) for cell in moving.new_cells} == {
        ("2 Đậu", "Kế hoạch"), ("2 Đậu", "Thực hiện"),
    }  # fmt: skip


def test_a_column_put_in_shifts_no_figure_to_its_neighbour() -> None:
    before, after = a_form(), a_form(head=[*HEAD[:3], "Cùng kỳ", *HEAD[3:]])
    moved = Moving(before, after)(filled(before))
    assert by_words(after, moved.kept) == by_words(before, filled(before))


def test_what_is_gone_is_named_with_its_value_and_reason() -> None:
    before = a_form()
    moved = Moving(before, a_form(ROWS[:2]))(filled(before))
    assert {(each.name.in_words(), each.reason) for each in moved.fallen} == {
        ("ô D5, 3 Khoai, cột «Kế hoạch»", Reason.ROW_GONE), ("ô E5, 3 Khoai, cột «Thực hiện»", Reason.ROW_GONE),
    }  # fmt: skip
    assert {each.value for each in moved.fallen} == {
        filled(before).get(each.key.row, each.key.column) for each in moved.fallen
    }

    moved = Moving(before, a_form(head=HEAD[:4]))(filled(before))
    assert {(each.name.column, each.reason) for each in moved.fallen} == {("Thực hiện", Reason.COLUMN_GONE)}


def test_a_cell_that_is_no_longer_filled_in_loses_its_figure_by_name() -> None:
    before = a_form()
    rows = [cell for cell in before.input_cells() if cell.a1 in ("D3", "D4")]
    changes = [
        Correction(row=rows[0].row, column="D", kind=CellKind.LABEL),
        Correction(row=rows[1].row, column="D", kind=CellKind.COMPUTED, formula=f"[{rows[1].row}:E]"),
    ]
    moved = Moving(before, correct(before, changes))(filled(before))
    assert {each.name.a1: each.reason for each in moved.fallen} == {
        "D3": Reason.NOT_INPUT,
        "D4": Reason.NOT_INPUT,
    }


def test_a_value_the_new_cell_would_refuse_falls_with_the_cell_s_own_message() -> None:
    before = a_form()
    cell = next(before.input_cells())
    key = CellKey(cell.row, cell.column)
    whole = correct(
        before, [Correction(row=key.row, column=key.column, kind=CellKind.INPUT, type="number", precision=0)]
    )
    words = correct(before, [Correction(row=key.row, column=key.column, kind=CellKind.INPUT, type="text")])
    given_ = Figures({key: number("1.25")})
    (refused,) = Moving(before, whole)(given_).fallen
    assert (refused.reason, refused.words) == (
        Reason.REFUSED,
        "Ô D3: 1,25 có 2 chữ số thập phân, biểu chỉ nhận số nguyên.",
    )
    (other,) = Moving(before, words)(given_).fallen
    assert other.reason is Reason.OTHER_TYPE


def test_another_measure_is_another_figure() -> None:
    after = a_form([["1", "Lúa", "nghìn ha"], *ROWS[1:]])
    assert fallen(a_form(), after) == {"1 Lúa": Reason.OTHER_MEASURE}


def test_a_row_that_reads_otherwise_is_the_same_only_by_its_indicator() -> None:
    before, after = a_form(), a_form([["1", "Lúa cả năm", "ha"], *ROWS[1:]])
    assert fallen(before, after) == {"1 Lúa": Reason.ROW_GONE}

    rice = BoundIndicator(id="lua", version_id="1", code="LUA", name="Diện tích lúa")
    bound = [
        bind(model, [Binding(indicator_id="lua", row=next(model.input_cells()).row)], {"lua": rice})
        for model in (before, after)
    ]
    assert fallen(*bound) == {}


def test_an_indicator_that_was_merged_is_the_one_it_was_merged_into() -> None:
    """The earlier version names it by the id that was given up, also where the words are the same."""
    for words in ("Lúa", "Lúa cả năm"):
        ids = ("lua-cu", "lua")
        forms = (a_form(), a_form([["1", words, "ha"], *ROWS[1:]]))
        before, after = (
            bind(
                model,
                [Binding(indicator_id=id, row=next(model.input_cells()).row)],
                {id: BoundIndicator(id=id, version_id="1", code="LUA", name="Diện tích lúa")},
            )
            for id, model in zip(ids, forms, strict=True)
        )
        assert fallen(before, after) == {"1 Lúa": Reason.ROW_GONE}
        chain = {"lua-cu": "lua-giua", "lua-giua": "lua", "ngo": "ngo-2", "ngo-2": "ngo"}
        assert Moving(before, after, chain)(filled(before)).fallen == ()


def test_a_heading_that_reads_otherwise_keeps_what_stands_below_it() -> None:
    below = [["1", "Cây lúa", "ha"], ["2", "Cây ngô", "ha"]]
    before = a_form([["I", "Trồng trọt"], *below])
    after = a_form([["I", "Trồng trọt và chăn nuôi"], *below])
    moved = Moving(before, after)(filled(before))
    assert "Cây lúa" in {row for row, _ in by_words(after, moved.kept)}
    assert not {"1 Cây lúa", "2 Cây ngô"} & {each.name.row for each in moved.fallen}


def test_rows_of_a_list_keep_their_ids_and_fall_with_their_list() -> None:
    model = propose(two_lists()).model
    given_ = some_figures(model)
    one = model.model_copy(
        update={"sheets": (model.sheets[0].model_copy(update={"lists": model.sheets[0].lists[:1]}),)}
    )
    moved = Moving(model, one)(given_)
    first, second = (table.id for table in model.sheets[0].lists)
    assert moved.kept.list_rows == given_.rows_of(first)
    assert {each.reason for each in moved.fallen} == {Reason.LIST_GONE}
    assert {each.key.row for each in moved.fallen} == {row.id for row in given_.rows_of(second)}


def test_totals_that_change_are_shown() -> None:
    rows = [*ROWS, [None, "Tổng cộng", None, "=SUM(D3:D5)", "=SUM(E3:E5)"]]
    fewer = [*ROWS[:2], [None, "Tổng cộng", None, "=SUM(D3:D4)", "=SUM(E3:E4)"]]
    before, after = a_form(rows), a_form(fewer)
    moving, given_ = Moving(before, after), filled(a_form(rows))
    totals = moving.totals(given_, moving(given_))
    assert {(each.name.column, shown(each.before), shown(each.after)) for each in totals} == {
        ("Kế hoạch", "9", "4"), ("Thực hiện", "12", "6"),
    }  # fmt: skip


WORDS = st.lists(st.sampled_from(["Lúa", "Ngô", "Khoai", "Nữ", "Nam"]), min_size=1, max_size=6)


@st.composite
def forms(draw: st.DrawFn) -> FormModel:
    return a_form(
        [[str(n), label, draw(st.sampled_from(["ha", "tấn"]))] for n, label in enumerate(draw(WORDS), 1)]
    )


@st.composite
def figures_for(draw: st.DrawFn, model: FormModel) -> Figures:
    cells: dict[CellKey, Value] = {}
    for cell in model.input_cells():
        if draw(st.booleans()):
            cells[CellKey(cell.row, cell.column)] = Number(draw(st.decimals(0, 1000, places=3)))
    return Figures(cells)


@settings(max_examples=40, deadline=None)
@given(st.data(), forms(), forms())
def test_kept_and_fallen_are_all_and_nothing_lands_where_nobody_fills_in(
    data: st.DataObject, before: FormModel, after: FormModel
) -> None:
    given_ = data.draw(figures_for(before))
    moved = Moving(before, after)(given_)
    assert sorted([*moved.came_from.values(), *(each.key for each in moved.fallen)]) == sorted(given_.cells)
    assert {key: given_.cells[of] for key, of in moved.came_from.items()} == moved.kept.cells
    for key, of in moved.came_from.items():
        cell = after.cell_for(*key)
        assert cell is not None and cell.kind is CellKind.INPUT
        labels = [
            model.sheets[0].rows_by_id[row].label for model, row in ((before, of.row), (after, key.row))
        ]
        assert labels[0] == labels[1]
    assert Moving(before, before)(given_).kept == given_


def test_a_row_of_a_list_without_figures_stays_in_its_list() -> None:
    model = propose(two_lists()).model
    first = model.sheets[0].lists[0].id
    bare = Figures({}, (ListRow("r", first, 1),))
    assert Moving(model, model)(bare).kept == bare
