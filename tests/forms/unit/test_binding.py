"""Indicators bound to rows, columns and cells, and the rules by which their figures of many units become one."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from forms.aggregation import Source, aggregate
from forms.binding import Binding, bind, indicator_of, refreshed
from forms.indicators import BoundIndicator, UnitRule
from forms.model import CellKind, FormModel
from forms.publishing import check_publishable
from forms.reading import propose
from forms.values import BLANK, CellKey, Figures, Number, Value
from hypothesis import given
from hypothesis import strategies as st
from kit.errors import InvalidInput

from tests.forms.building import number, workbook

POOR, HOUSEHOLDS, RATE = "ho-ngheo", "tong-so-ho", "ty-le-ho-ngheo"


def small_form() -> FormModel:
    """Three rows of figures and one column of numbers."""
    return propose(
        workbook(
            [
                ["BIỂU THỬ", None, None, None],
                ["STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện"],
                ["1", "Tổng số hộ", "hộ", None],
                ["2", "Số hộ nghèo", "hộ", None],
                ["3", "Tỷ lệ hộ nghèo", "%", None],
            ]
        )
    ).model


MODEL = small_form()
INPUTS = {cell.row: cell for cell in MODEL.input_cells() if cell.a1.startswith("D")}
ROWS = list(INPUTS)
COLUMN = next(iter(INPUTS.values())).column


def indicator(id: str, rule: UnitRule = UnitRule.SUM, **more: object) -> BoundIndicator:
    return BoundIndicator.model_validate(
        {"id": id, "version_id": f"{id}.1", "code": id, "name": id, "rule": rule, **more}
    )


def bound_model(rule: UnitRule, **more: object) -> FormModel:
    known = {
        HOUSEHOLDS: indicator(HOUSEHOLDS),
        POOR: indicator(POOR),
        RATE: indicator(RATE, rule, **more),
    }
    return bind(
        MODEL,
        [Binding(row=row, indicator_id=one) for row, one in zip(ROWS, (HOUSEHOLDS, POOR, RATE), strict=True)],
        known,
    )


def unit(id: str, *numbers: str, day: int | None = None) -> Source:
    cells: dict[CellKey, Value] = {
        CellKey(row, COLUMN): number(text) for row, text in zip(ROWS, numbers, strict=True) if text
    }
    moment = None if day is None else datetime(2026, 10, day, tzinfo=UTC)
    return Source(id, f"Xã {id}", Figures(cells), moment)


TWO = (unit("1", "100", "10", "10", day=20), unit("2", "300", "60", "20", day=18))


def rate_of(model: FormModel, *sources: Source) -> Value:
    return aggregate(model, sources).figures.get(ROWS[2], COLUMN)


@pytest.mark.parametrize(
    ("rule", "more", "expected"),
    [
        (UnitRule.SUM, {}, number("30")),
        (UnitRule.MEAN, {"precision": 1}, number("15.0")),
        (UnitRule.WEIGHTED_MEAN, {"precision": 1, "weight_id": HOUSEHOLDS}, number("17.5")),
        (
            UnitRule.RATIO_OF_SUMS,
            {"precision": 2, "numerator_id": POOR, "denominator_id": HOUSEHOLDS, "scale": "100"},
            number("17.50"),
        ),
        (UnitRule.MAX, {}, number("20")),
        (UnitRule.MIN, {}, number("10")),
        (UnitRule.LAST, {}, number("10")),
        (UnitRule.NONE, {}, BLANK),
    ],
)
@pytest.mark.requirement("DN-8.2e", "DT-7.4", "DT-15.2b")
def test_figures_of_several_units_become_one_by_the_rule_of_their_indicator(
    rule: UnitRule, more: dict[str, object], expected: Value
) -> None:
    model = bound_model(rule, **more)

    assert rate_of(model, *TWO) == expected
    assert rate_of(model, *reversed(TWO)) == expected
    assert aggregate(model, TWO).figures.get(ROWS[0], COLUMN) == number("400")
    assert len(aggregate(model, TWO).contributions[CellKey(ROWS[2], COLUMN)]) == 2


def test_a_weight_of_nothing_weighs_nothing_and_nothing_is_divided_by_zero() -> None:
    model = bound_model(UnitRule.WEIGHTED_MEAN, precision=1, weight_id=HOUSEHOLDS)

    assert rate_of(model, TWO[0], unit("2", "", "", "50")) == number("10.0")
    assert rate_of(model, unit("2", "", "", "50")) == BLANK


def test_the_last_figure_is_blank_where_nobody_can_say_which_was_last() -> None:
    model = bound_model(UnitRule.LAST)

    assert rate_of(model, TWO[0], unit("2", "300", "60", "20", day=20)) == BLANK
    assert rate_of(model, TWO[0], unit("2", "300", "60", "20")) == BLANK
    assert rate_of(model, unit("2", "300", "60", "20")) == number("20")


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=3), min_size=1, max_size=6))
def test_a_mean_lies_between_the_smallest_and_the_largest(numbers: list[Decimal]) -> None:
    sources = [unit(str(place), "", "", format(one, "f")) for place, one in enumerate(numbers)]
    mean = rate_of(bound_model(UnitRule.MEAN, precision=3), *sources)

    assert isinstance(mean, Number)
    assert min(numbers) <= mean.value <= max(numbers)


def test_a_cell_s_own_indicator_stands_over_its_row_s_and_that_over_its_column_s() -> None:
    sheet = MODEL.sheets[0].name
    known = {one: indicator(one) for one in (HOUSEHOLDS, POOR, RATE)}
    by_column = bind(MODEL, [Binding(sheet=sheet, column=COLUMN, indicator_id=HOUSEHOLDS)], known)
    by_row = bind(by_column, [Binding(row=ROWS[0], indicator_id=POOR)], known)
    by_cell = bind(by_row, [Binding(row=ROWS[0], column=COLUMN, indicator_id=RATE)], known)
    freed = bind(by_cell, [Binding(row=ROWS[0], column=COLUMN, indicator_id=None)], known)

    def seen(model: FormModel, row: str) -> str | None:
        found = indicator_of(model, model.cells[CellKey(row, COLUMN)])
        return None if found is None else found.id

    assert [seen(model, ROWS[0]) for model in (by_column, by_row, by_cell, freed)] == [
        HOUSEHOLDS, POOR, RATE, POOR,
    ]  # fmt: skip
    assert seen(by_cell, ROWS[1]) == HOUSEHOLDS
    assert [one.id for one in freed.indicators] == [POOR, HOUSEHOLDS]
    assert not any(
        indicator_of(by_column, cell) for cell in by_column.cells.values() if cell.kind is CellKind.LABEL
    )


def test_a_weight_that_is_not_in_the_form_keeps_it_from_being_published() -> None:
    known = {RATE: indicator(RATE, UnitRule.WEIGHTED_MEAN, weight_id=HOUSEHOLDS)}
    model = bind(MODEL, [Binding(row=ROWS[2], indicator_id=RATE)], known)

    assert [message.code for message in check_publishable(model)] == ["forms.publishing.companion_missing"]
    assert check_publishable(bound_model(UnitRule.WEIGHTED_MEAN, weight_id=HOUSEHOLDS)) == ()


def test_a_binding_to_what_is_not_there_is_refused() -> None:
    for binding in (
        Binding(row="KHÔNG", indicator_id=POOR),
        Binding(column=COLUMN, indicator_id=POOR),
        Binding(row=ROWS[0], column="ZZ", indicator_id=POOR),
        Binding(indicator_id=POOR),
    ):
        with pytest.raises(InvalidInput) as found:
            bind(MODEL, [binding], {POOR: indicator(POOR)})
        assert found.value.code == "forms.binding.unknown_place"
    with pytest.raises(InvalidInput) as unknown:
        bind(MODEL, [Binding(row=ROWS[0], indicator_id=POOR)], {})
    assert unknown.value.code == "forms.binding.unknown_indicator"


def test_a_form_of_before_indicators_stays_what_it_was() -> None:
    old = MODEL.model_dump(mode="json", exclude_none=True)
    del old["indicators"]

    assert FormModel.model_validate(old) == MODEL
    bound = bound_model(UnitRule.MEAN)
    assert FormModel.model_validate(bound.model_dump(mode="json", exclude_none=True)) == bound


def test_a_draft_takes_what_an_indicator_means_now_when_it_is_refreshed() -> None:
    model = bound_model(UnitRule.SUM)
    newer = indicator(POOR, UnitRule.MAX).model_copy(update={"version_id": "v2"})

    assert refreshed(model, {POOR: newer}).indicators_by_id[POOR] == newer
    assert refreshed(model, {}).indicators == model.indicators
