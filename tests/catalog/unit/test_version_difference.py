"""The difference of two versions names what changed, and only that."""

from catalog.domain.version_difference import version_difference

from tests.forms.unit.test_moving import HEAD, ROWS, a_form


def test_a_row_put_in_is_one_row_more_and_no_other_row_changed() -> None:
    put_in = [ROWS[0], ["2", "Đậu", "ha"], ["3", "Ngô", "ha"], ["4", "Khoai", "ha"]]
    found = version_difference(a_form(), a_form(put_in))

    rows = [(change.how, change.label) for change in found if change.what == "row"]
    changed = [change.fields for change in found if change.how == "changed"]

    assert rows == [("added", "Đậu")]
    assert {change.row for change in found if change.how == "added"} == {found[0].row}
    # The running numbers printed beside the rows below.
    assert [*changed] == [{"chữ trong ô": ("2", "3")}, {"chữ trong ô": ("3", "4")}]


def test_a_column_taken_out_and_a_heading_that_reads_otherwise_are_named() -> None:
    without = a_form([row[:2] for row in ROWS], [HEAD[0], HEAD[1], *HEAD[3:]])

    found = version_difference(a_form(), without)

    assert ("removed", "Đơn vị tính") in {(c.how, c.label) for c in found if c.what == "column"}


def test_a_version_against_itself_differs_in_nothing() -> None:
    assert version_difference(a_form(), a_form()) == []
