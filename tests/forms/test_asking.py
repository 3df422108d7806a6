"""Which cells of different forms ask for the same figure."""

from pathlib import Path

from forms.asking import Asked
from forms.binding import Binding, bind
from forms.indicators import BoundIndicator
from forms.model import FormModel, ValueKind
from forms.reading import propose
from forms.values import CellKey

ROOT = Path(__file__).resolve().parents[2]
INDICATOR = BoundIndicator(
    id="x", version_id="y", code="NN-01", name="Giá trị nông nghiệp", measure="Tỷ đồng"
)


def bound(row: str, kind: ValueKind | None = None, renamed: str = "") -> FormModel:
    """The monthly form, one row bound; its column F said to be of a kind, under another name."""
    model = propose((ROOT / "contracts/forms/kt-xh-thang.xlsx").read_bytes()).model
    model = bind(model, [Binding(indicator_id="x", row=row)], {"x": INDICATOR})
    (sheet,) = model.sheets
    columns = tuple(
        column.model_copy(
            update={
                "value_kind": kind if column.id == "F" else None,
                "cumulative": False,
                "path": (renamed,) if renamed and column.id == "F" else column.path,
            }
        )
        for column in sheet.columns
    )
    return model.model_copy(update={"sheets": (sheet.model_copy(update={"columns": columns}),)})


def asked(model: FormModel, row: str, column: str) -> Asked:
    return model.asked[CellKey(row, column)]


def test_columns_of_one_name_ask_for_one_figure_in_whatever_row_they_stand() -> None:
    assert asked(bound("KTXH.15"), "KTXH.15", "G") == asked(bound("KTXH.16"), "KTXH.16", "G")
    assert asked(bound("KTXH.15"), "KTXH.15", "F") != asked(bound("KTXH.15"), "KTXH.15", "G")


def test_a_kind_of_value_tells_more_than_a_name() -> None:
    here = asked(bound("KTXH.15", ValueKind.ESTIMATE), "KTXH.15", "F")
    renamed = asked(bound("KTXH.15", ValueKind.ESTIMATE, "Ước thực hiện kỳ này"), "KTXH.15", "F")
    plan = asked(bound("KTXH.15", ValueKind.PLAN), "KTXH.15", "F")
    assert here == renamed
    assert here != plan


def test_a_share_is_not_the_figure_itself_and_unbound_rows_ask_for_nothing() -> None:
    model = bound("KTXH.15")
    assert asked(model, "KTXH.15", "H").measure == "%"
    assert asked(model, "KTXH.15", "G").measure == "ty dong"
    assert CellKey("KTXH.16", "G") not in model.asked
