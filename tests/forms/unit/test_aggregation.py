"""Many units' figures as one, whatever the order in which they arrive."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms.aggregation import Source, aggregate
from forms.compute import compute
from forms.correcting import Correction, correct
from forms.limits import Limits
from forms.model import CellKind, CellType
from forms.values import BLANK, CellKey, Figures, ListRow, Number, Text, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.building import figures_of, model_of, number

MONTHLY, PROJECTS = "kt-xh-thang", "du-an-dau-tu-cong"
_INPUTS = sorted(model_of(MONTHLY).input_cells(), key=lambda cell: (cell.row, cell.column))
_names = st.sampled_from(["Xã An Bình", "Xã Ân Thi", "Phường Đông", "Phường Dương"])
_numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=1).map(Number)


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    cells: dict[CellKey, Value] = {}
    for cell in draw(st.lists(st.sampled_from(_INPUTS), max_size=12, unique=True)):
        filled: st.SearchStrategy[Value] = (
            _numbers if cell.type is CellType.NUMBER else st.text(max_size=8).map(Text)
        )
        values: st.SearchStrategy[Value] = st.just(BLANK) | filled
        cells[CellKey(cell.row, cell.column)] = draw(values)
    return Figures(cells)


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    count = draw(st.integers(0, 5))
    return [Source(f"s{place}", draw(_names), draw(figures())) for place in range(count)]


@settings(max_examples=25, deadline=None)
@given(sources(), st.randoms(use_true_random=False))
def test_the_order_of_the_sources_changes_nothing(found: list[Source], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert aggregate(model_of(MONTHLY), shuffled) == aggregate(model_of(MONTHLY), found)


@settings(max_examples=25, deadline=None)
@given(sources())
def test_every_number_is_the_sum_of_the_sources_and_blank_only_if_all_are(found: list[Source]) -> None:
    together = aggregate(model_of(MONTHLY), found).figures

    for cell in _INPUTS:
        if cell.type is not CellType.NUMBER:
            continue
        values = [s.figures.get(cell.row, cell.column) for s in found]
        present = [value.value for value in values if isinstance(value, Number)]
        result = together.get(cell.row, cell.column)
        assert result == (Number(sum(present, Decimal(0))) if present else BLANK)


def test_computed_cells_are_computed_from_the_sums_and_never_added() -> None:
    one = figures_of(MONTHLY)
    both = aggregate(model_of(MONTHLY), [Source("a", "Xã A", one), Source("b", "Xã B", one)])

    assert both.computed.get("KTXH.13", "G") == number("3186.6")
    assert both.computed.get("KTXH.13", "H") == number("82.5")
    assert both.computed == compute(model_of(MONTHLY), both.figures)
    assert not [key for key in both.figures.cells if key in both.computed.cells]


def test_text_is_gathered_under_the_name_of_its_unit_in_vietnamese_order() -> None:
    key = CellKey("KTXH.15", "J")
    found = [
        Source("2", "Xã Ân Thi", Figures({key: Text("mưa")})),
        Source("1", "Xã An Bình", Figures({key: Text("nắng")})),
        Source("3", "Xã Bình", Figures({key: BLANK})),
    ]

    assert aggregate(model_of(MONTHLY), found).figures.cells[key] == Text("Xã An Bình: nắng\nXã Ân Thi: mưa")


@pytest.mark.parametrize(
    "limits", [Limits(day=True), Limits(choices=("05/11/2026", "06/11/2026"))], ids=["day", "choice"]
)
def test_of_one_day_or_one_choice_there_is_what_all_say_and_nothing_where_they_differ(limits: Limits) -> None:
    key = CellKey("KTXH.15", "J")
    model = correct(
        model_of(MONTHLY),
        [Correction(row=key.row, column=key.column, kind=CellKind.INPUT, type=CellType.TEXT, limits=limits)],
    )

    def said(*days: str) -> Value:
        found = [Source(day, f"Xã {n}", Figures({key: Text(day)})) for n, day in enumerate(days)]
        return aggregate(model, [*found, Source("none", "Xã không ghi", Figures())]).figures.get(*key)

    assert said("05/11/2026", "05/11/2026") == Text("05/11/2026")
    assert said("05/11/2026", "06/11/2026") == said() == BLANK


def test_each_cell_says_which_sources_it_was_built_from() -> None:
    key = CellKey("KTXH.15", "D")
    found = [
        Source("a", "Xã A", Figures({key: number("1")})),
        Source("b", "Xã B", Figures()),
        Source("c", "Xã C", Figures({key: number("2")})),
    ]
    contributions = aggregate(model_of(MONTHLY), found).contributions

    assert [(c.source_id, c.value) for c in contributions[key]] == [("a", number("1")), ("c", number("2"))]
    assert CellKey("KTXH.16", "D") not in contributions


def test_list_rows_follow_each_other_and_keep_their_source() -> None:
    whole = figures_of(PROJECTS)
    other = Figures(
        {CellKey("r9", "B"): Text("Dự án khác"), CellKey("r9", "G"): number("800")},
        (ListRow("r9", "DTC.L1", 1),),
    )
    both = aggregate(model_of(PROJECTS), [Source("b", "Sở Y tế", other), Source("a", "Sở Tài chính", whole)])

    assert [row.order for row in both.figures.rows_of("DTC.L1")] == list(range(1, 14))
    assert both.figures.rows_of("DTC.L1")[-1].id == "r9"
    assert both.row_sources["r9"] == "b"
    assert both.computed.get("DTC.12", "G") == number("873000")
    assert both.computed.get("DTC.12", "M") == number("69.8")


def test_a_row_that_comes_from_two_sources_is_a_mistake_of_the_caller() -> None:
    one = figures_of(PROJECTS)

    with pytest.raises(ValueError, match="two sources"):
        aggregate(model_of(PROJECTS), [Source("a", "A", one), Source("b", "B", one)])
