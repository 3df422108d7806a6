from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from forms.model import Cell, CellKind, CellType, Column, FormModel, Row, RowKind, Sheet
from forms.values import CellKey, Figures, Number
from hypothesis import given, settings
from hypothesis import strategies as st
from submission.application.commands.make_aggregation import aggregate_form
from submission.application.published import PublishedForm
from submission.domain.aggregation import SourceRevision, changes_since

KEY = CellKey("T.1", "A")
MODEL = FormModel(
    sheets=(
        Sheet(
            name="T",
            columns=(Column(id="A", letter="A", path=("Số",)),),
            rows=(Row(id="T.1", index=1, kind=RowKind.FIXED),),
            cells=(
                Cell(row="T.1", column="A", a1="A1", kind=CellKind.INPUT, type=CellType.NUMBER, precision=2),
            ),
        ),
    )
)
FORM = PublishedForm(uuid4(), uuid4(), "T", "Biểu thử", 1, MODEL, "")
UNITS = [UUID(int=n) for n in range(1, 6)]

amounts = st.decimals(min_value=-10_000, max_value=10_000, places=2)
accepted_now = st.tuples(st.sampled_from(UNITS), st.one_of(st.none(), amounts))
"""A unit's revision is accepted with this amount; None: as a nil report."""


def a_source(unit: UUID, revision: int, amount: Decimal | None) -> SourceRevision:
    figures = {} if amount is None else {FORM.id: Figures({KEY: Number(amount)})}
    return SourceRevision(
        unit, revision, unit, f"Xã {unit.int}", f"{unit}/{revision}/{amount}", amount is None, figures
    )


def after(events: list[tuple[UUID, Decimal | None]]) -> dict[UUID, SourceRevision]:
    """The accepted revisions once these acceptances and corrections have happened."""
    standing: dict[UUID, SourceRevision] = {}
    for unit, amount in events:
        before = standing.get(unit)
        standing[unit] = a_source(unit, before.revision + 1 if before else 1, amount)
    return standing


def total(sources: list[SourceRevision]) -> Decimal:
    value = aggregate_form(FORM, sources).figures.get(*KEY)
    return value.value if isinstance(value, Number) else Decimal(0)


@settings(deadline=None)
@given(st.lists(accepted_now, max_size=20), st.randoms(use_true_random=False))
def test_totals_of_the_aggregate_equal_the_sum_of_accepted_sources_whatever_the_order_of_events(
    events: list[tuple[UUID, Decimal | None]], order: object
) -> None:
    standing = list(after(events).values())
    shuffled = [*standing]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    expected = sum(
        (source.figures[FORM.id].cells[KEY].value for source in standing if source.figures),
        Decimal(0),  # type: ignore[union-attr]
    )
    assert total(standing) == total(shuffled) == expected


@settings(deadline=None)
@given(st.lists(accepted_now, max_size=12), st.lists(accepted_now, max_size=12))
def test_an_aggregate_is_stale_exactly_when_something_accepted_has_changed_since(
    before: list[tuple[UUID, Decimal | None]], later: list[tuple[UUID, Decimal | None]]
) -> None:
    made_of, now = after(before), after(before + later)
    changed = {change.unit_id for change in changes_since(made_of.values(), now.values())}
    assert changed == {unit for unit in now if made_of.get(unit) != now[unit]}


def test_each_unit_is_named_beside_what_it_gave() -> None:
    made = aggregate_form(FORM, [a_source(UNITS[0], 1, Decimal("1.50")), a_source(UNITS[1], 3, None)])
    (given_,) = made.contributions["T.1/A"]
    assert (given_["unit_name"], given_["value"]) == ("Xã 1", {"number": "1.50"})
