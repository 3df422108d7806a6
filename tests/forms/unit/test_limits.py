"""Range, length, choices and days: read from the workbook's own data validations, judged however a figure comes in."""

from decimal import Decimal
from typing import Any

import pytest
from forms.correcting import Correction, correct
from forms.days import day_of
from forms.filled import read_filled
from forms.limits import Limits
from forms.model import Cell, CellKind, CellType, FormModel
from forms.reading import propose
from forms.validation import as_kept, read_typed, validate
from forms.values import BLANK, Blank, CellKey, Figures, Number, Text
from forms.writing import fill
from kit.errors import InvalidInput
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import ValidationError

from tests.forms.building import counted_ids, workbook
from tests.forms.shapes import framed

HEAD = ["STT", "Tên cơ sở", "Loại hình", "Ngày cấp phép", "Số lao động (người)", "Tỷ lệ (%)", "Ghi chú"]
ROWS = [[str(n), f"Cơ sở {n}", None, None, None, None, None] for n in (1, 2)]


def with_rules(*rules: DataValidation) -> bytes:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(framed(workbook([["BIỂU CÓ GIỚI HẠN"], HEAD, *ROWS]), "A2:G4")))
    for rule in rules:
        book.worksheets[0].add_data_validation(rule)
    for row, name in enumerate(("Hợp tác xã", "Doanh nghiệp", "Hộ kinh doanh"), 2):
        book.worksheets[0].cell(row, 12, name)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_rule(where: str, type: str, **more: Any) -> DataValidation:
    found = DataValidation(type=type, **more)
    found.add(where)
    return found


@pytest.fixture
def data() -> bytes:
    return with_rules(
        a_rule("C3:C4", "list", formula1="$L$2:$L$4"),
        a_rule("D3:D4", "date", operator="greaterThan", formula1="1"),
        a_rule("E3:E4", "whole", operator="greaterThan", formula1="0"),
        a_rule("F3:F4", "decimal", operator="between", formula1="0", formula2="100"),
        a_rule("G3:G4", "textLength", operator="lessThanOrEqual", formula1="20"),
    )


@pytest.fixture
def model(data: bytes) -> FormModel:
    return propose(data).model


def at(model: FormModel, a1: str) -> Cell:
    return next(cell for cell in model.sheets[0].cells if cell.a1 == a1)


def typed(model: FormModel, a1: str, raw: str) -> tuple[Any, list[str]]:
    cell = at(model, a1)
    found = read_typed(model, cell.row, cell.column, raw)
    shown = found.value.value if isinstance(found.value, Number | Text) else None
    return shown, [message.code for message in found.messages]


def test_data_validations_become_limits_with_their_reason(model: FormModel) -> None:
    assert at(model, "C3").limits == Limits(choices=("Hợp tác xã", "Doanh nghiệp", "Hộ kinh doanh"))
    assert at(model, "D3").limits == Limits(day=True)
    assert at(model, "E3").limits == Limits(least=Decimal(1))
    assert at(model, "F3").limits == Limits(least=Decimal(0), most=Decimal(100))
    assert at(model, "G3").limits == Limits(longest=20)
    assert "từ 0 đến 100" in at(model, "F3").reason


@pytest.mark.parametrize(
    "rule",
    [
        a_rule("E3", "whole", operator="notBetween", formula1="1", formula2="2"),
        a_rule("E3", "decimal", operator="greaterThan", formula1="0"),
        a_rule("E3", "whole", operator="lessThan", formula1="$L$2"),
        a_rule("E3", "custom", formula1="ISNUMBER(E3)"),
        a_rule("C3", "list", formula1="Danh_mục"),
        a_rule("C3", "list", formula1="INDIRECT(A1)"),
    ],
)
def test_what_is_no_plain_number_or_range_of_the_sheet_limits_nothing(rule: DataValidation) -> None:
    model = propose(with_rules(rule)).model
    assert at(model, "E3").limits is None and at(model, "C3").limits is None


@pytest.mark.parametrize(
    ("a1", "raw", "value", "codes"),
    [
        ("C3", "hợp tác  xã", "Hợp tác xã", []),
        ("C3", "Công ty", "Công ty", ["forms.cell.not_a_choice"]),
        ("D3", "5/11/2026", "05/11/2026", []),
        ("D3", "31.12.2026", "31/12/2026", []),
        ("D3", "31/11/2026", "31/11/2026", ["forms.cell.not_a_day"]),
        ("D3", "tháng 11", "tháng 11", ["forms.cell.not_a_day"]),
        ("E3", "0", Decimal(0), ["forms.cell.below_least"]),
        ("E3", "1", Decimal(1), []),
        ("F3", "100,5", Decimal("100.5"), ["forms.cell.above_most"]),
        ("G3", "x" * 21, "x" * 21, ["forms.cell.too_long"]),
        ("G3", "", None, []),
    ],
)
def test_what_is_typed_is_read_and_judged_by_them(
    model: FormModel, a1: str, raw: str, value: Any, codes: list[str]
) -> None:
    assert typed(model, a1, raw) == (value, codes)


def test_a_filled_copy_is_judged_in_the_same_way_and_says_what_is_wanted(
    data: bytes, model: FormModel
) -> None:
    values = {
        "C3": Text("Công ty"),
        "D3": Text("05/11/2026"),
        "E3": Number(Decimal(0)),
        "C4": Text("Doanh nghiệp"),
    }
    cells = {CellKey(at(model, a1).row, at(model, a1).column): value for a1, value in values.items()}
    copy = fill(data, model, Figures(cells))

    read = read_filled(model, copy, new_row_id=counted_ids())

    said = {message.a1: (message.code, message.expected) for message in read.messages}
    assert said["C3"] == (
        "forms.cell.not_a_choice",
        "chữ; một trong: Hợp tác xã; Doanh nghiệp; Hộ kinh doanh",
    )
    assert said["E3"][0] == "forms.cell.below_least"
    assert not {"D3", "C4"} & set(said)
    assert [m.code for m in validate(model, Figures(cells)).messages] == [
        "forms.cell.not_a_choice",
        "forms.cell.below_least",
    ]


def test_the_designer_sets_them_keeps_them_and_takes_them_away(model: FormModel) -> None:
    cell = at(model, "F3")
    here = {"row": cell.row, "column": cell.column, "kind": CellKind.INPUT}

    def after(**more: Any) -> Limits | None:
        return at(correct(model, [Correction(**here, **more)]), "F3").limits

    assert after(precision=1) == cell.limits
    assert after(limits=Limits(most=Decimal(50))) == Limits(most=Decimal(50))
    assert after(limits=None) is None
    assert after(type=CellType.TEXT) is None
    with pytest.raises(InvalidInput) as refused:
        after(limits=Limits(day=True))
    assert refused.value.code == "forms.correcting.limits_of_another_type"


def test_limits_that_nothing_can_meet_are_refused() -> None:
    with pytest.raises(ValidationError):
        Limits(least=Decimal(2), most=Decimal(1))


def test_blank_meets_every_limit_and_a_day_is_one_of_the_calendar(model: FormModel) -> None:
    cells = {CellKey(at(model, a1).row, at(model, a1).column): Blank() for a1 in ("C3", "D3", "E3")}
    assert validate(model, Figures(cells)).messages == ()
    assert day_of("29/02/2028") and not day_of("29/02/2026")


def test_a_value_that_comes_as_one_is_kept_as_a_typed_one(model: FormModel) -> None:
    choice, day, free = (model.cells[CellKey("Biểu.3", column)] for column in "CDG")

    assert as_kept(choice, Text("hợp tác xã")) == Text("Hợp tác xã")
    assert as_kept(day, Text("5/11/2026")) == Text("05/11/2026")
    assert as_kept(free, Text("5/11/2026")) == as_kept(None, Text("5/11/2026")) == Text("5/11/2026")
    assert as_kept(day, BLANK) == BLANK
