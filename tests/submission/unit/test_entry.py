from __future__ import annotations

from decimal import Decimal

from forms.values import BLANK, CellKey, Number, Text, Value
from submission.domain.entry import Draft, Edit, Road
from submission.domain.saving import CellChange, Entered, Entry, RowChange, SectionChange

from .building import BEFORE, FORM

G13 = CellKey("KTXH.13", "G")


def enter(draft: Draft, value: Value, expected: int, *, by: str = "clerk", asked: bool = True) -> Entered:
    entry = Entry(draft, by, BEFORE, Road.GRID)
    entry.cells(FORM, [CellChange(G13, value, expected, asked)])
    return entry.done()


def number(text: str) -> Number:
    return Number(Decimal(text))


def test_two_people_at_one_cell_see_both_values_and_nothing_is_overwritten() -> None:
    draft = Draft()
    enter(draft, number("1593.3"), 0)
    second = enter(draft, number("1600"), 0, by="other")

    assert draft.filing(FORM).value_of(G13) == number("1593.3")
    (conflict,) = second.conflicts
    assert (conflict.theirs, conflict.yours, conflict.by, conflict.version) == (
        {"number": "1593.3"},
        {"number": "1600"},
        "clerk",
        1,
    )


def test_writing_what_stands_there_already_is_no_edit_and_no_conflict() -> None:
    draft = Draft()
    enter(draft, number("5"), 0)
    again = enter(draft, number("5.0"), 0, by="other")
    assert (again.edits, again.conflicts) == ((), ())


def test_a_blank_overwrites_a_figure_only_when_asked() -> None:
    draft = Draft()
    enter(draft, number("5"), 0)
    unasked = enter(draft, BLANK, 1, asked=False)
    assert (unasked.kept, draft.filing(FORM).value_of(G13)) == ((G13,), number("5"))

    enter(draft, BLANK, 1)
    assert draft.filing(FORM).value_of(G13) == BLANK
    assert draft.filing(FORM).version_of(G13) == 2


def test_zero_is_not_blank() -> None:
    draft = Draft()
    enter(draft, number("0"), 0)
    assert draft.filing(FORM).figures().cells == {G13: number("0")}


def test_folding_the_edits_again_in_any_order_gives_the_same_draft() -> None:
    draft = Draft()
    edits: list[Edit] = [*enter(draft, number("1"), 0).edits, *enter(draft, number("2"), 1).edits]
    again = Draft().apply(reversed(edits))
    assert again.filing(FORM).cells == draft.filing(FORM).cells
    assert again.last_edit == 2


def test_a_deleted_list_row_takes_its_figures_with_it_and_keeps_its_tombstone() -> None:
    draft = Draft()
    entry = Entry(draft, "clerk", BEFORE, Road.GRID)
    entry.rows(FORM, [RowChange("row-1", "DTC.list", 1, False, 0)])
    entry.cells(FORM, [CellChange(CellKey("row-1", "B"), Text("Cầu Bình Lợi"), 0)])
    entry.rows(FORM, [RowChange("row-1", "DTC.list", 1, True, 1)])

    assert entry.done().conflicts == ()
    assert draft.filing(FORM).figures().cells == {}
    assert draft.filing(FORM).rows["row-1"].deleted


def test_who_saw_an_older_edit_is_shown_what_others_have_changed_since() -> None:
    draft = Draft()
    enter(draft, number("1"), 0)
    seen = draft.last_edit
    enter(draft, number("2"), 1, by="other")
    (newer,) = draft.edited_since(seen, other_than="clerk")
    assert (newer["row"], newer["column"], newer["by"], newer["value"]) == (
        "KTXH.13",
        "G",
        "other",
        {"number": "2"},
    )
    assert draft.edited_since(seen, other_than="other") == []


def test_two_people_writing_one_section_get_a_conflict() -> None:
    draft = Draft()
    entry = Entry(draft, "clerk", BEFORE, Road.GRID)
    entry.sections([SectionChange("I", "Tình hình", 0)])
    entry.sections([SectionChange("I", "Khác", 0)])
    assert len(entry.done().conflicts) == 1
    assert draft.sections["I"].text == "Tình hình"
