"""What people write into a copy that the form has no place for is named, never read as something else."""

from __future__ import annotations

from forms.filled import Filled, read_filled
from forms.reading import propose

from tests.forms.building import counted_ids, opened, saved
from tests.forms.corpus.drawing import Rows, one_sheet

PROJECTS = one_sheet(
    [
        ["DỰ ÁN"], ["STT", "Tên dự án", "Vốn", "Mã dự án"], [None, "TỔNG SỐ", "=SUM(C4:C7)"],
        [1], [2], [3], ["…", "…"],
    ],
    frame="A2:D7",
    formats={"C3:C7": "0"},
)  # fmt: skip


def copied(rows: Rows) -> Filled:
    form = propose(PROJECTS)
    book = opened(PROJECTS)
    page = book.worksheets[0]
    for place in range(4):
        for column in range(1, 5):
            page.cell(4 + place, column).value = rows[place][column - 1] if place < len(rows) else None
    return read_filled(form.model, saved(book), new_row_id=counted_ids())


def test_a_subtotal_written_into_a_list_is_named_and_never_counted_twice() -> None:
    copy = copied([[1, "Cầu A", 10, "01"], [2, "Cầu B", 20, "02"], [None, "Cộng", 30, None]])

    assert [(m.code, m.a1) for m in copy.messages] == [("forms.filled.total_in_list", "B6")]
    assert copy.figures.list_rows == ()


def test_a_numbered_item_may_be_called_like_a_total_and_a_heading_over_the_number_is_no_item() -> None:
    copy = copied([["Giao thông", None, None, None], [1, "Cộng", 10, "01"], [2, "Cầu B", 20, "02"]])

    assert copy.messages == ()
    assert len(copy.figures.list_rows) == 2


def test_two_rows_of_a_list_with_one_key_are_named() -> None:
    copy = copied([[1, "Cầu A", 10, "01"], [2, "CẦU A", 20, "02"], [3, "Cầu B", 5, "03"]])

    assert [(m.code, m.a1, m.severity) for m in copy.messages] == [
        ("forms.filled.key_repeated", "B5", "warning")
    ]


def test_an_added_column_is_named_in_its_own_words() -> None:
    form, book = propose(PROJECTS), opened(PROJECTS)
    book.worksheets[0]["E2"] = "Đơn vị thi công"
    (message,) = read_filled(form.model, saved(book), new_row_id=counted_ids()).messages

    assert (message.found, "“Đơn vị thi công”" in message.message) == ("Đơn vị thi công", True)


def test_a_copy_of_values_alone_is_no_fault_where_a_formula_was_not_taken_over() -> None:
    rows: Rows = [
        ["TÍNH"], ["TT", "Chỉ tiêu", "Số", "Tính"], [1, "A", None, "=VLOOKUP(C3,C3:C4,1,0)"], [2, "B", None, "=C4*2"],
    ]  # fmt: skip
    data = one_sheet(rows, frame="A2:D4", formats={"C3:D4": "0"})
    form, book = propose(data), opened(data)
    book.worksheets[0]["C3"] = book.worksheets[0]["D3"] = 7
    copy = read_filled(form.model, saved(book), new_row_id=counted_ids())

    assert copy.messages == ()
