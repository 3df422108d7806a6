"""Official shapes, as three programs write them, are taken for what a designer would say they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from forms.comparing import compare
from forms.describing import describe_sheets
from forms.filled import read_filled
from forms.model import CellKind, CellType, Sheet
from forms.reading import Proposal, propose
from forms.values import Figures
from forms.writing import fill

from tests.forms.building import FORMS, counted_ids, figures_of, model_of, sample, some_figures
from tests.forms.corpus import SHAPES, Expected, Shape
from tests.forms.corpus.by_libreoffice import FOLDER, file_name
from tests.forms.shapes import SHAPES as FIRST_SHAPES

BY_NAME = {shape.name: shape for shape in SHAPES}
PROGRAMS = ("drawn", "libreoffice")


@cache
def workbook_of(name: str, program: str) -> bytes:
    return (FOLDER / file_name(name)).read_bytes() if program == "libreoffice" else BY_NAME[name].draw()


@cache
def proposal_of(name: str, program: str) -> Proposal:
    return propose(workbook_of(name, program))


def every_shape(test: object) -> object:
    return pytest.mark.parametrize("program", PROGRAMS)(pytest.mark.parametrize("name", BY_NAME)(test))  # type: ignore[arg-type]


def test_the_corpus_holds_workbooks_of_more_than_25_shapes_and_libreoffice_wrote_each_new_one() -> None:
    assert len(SHAPES) + len(FIRST_SHAPES) + len(FORMS) >= 35
    assert {file_name(name) for name in BY_NAME} <= {path.name for path in Path(FOLDER).iterdir()}


@every_shape
def test_a_shape_is_taken_for_what_it_is(name: str, program: str) -> None:
    shape: Shape = BY_NAME[name]
    proposal = proposal_of(name, program)
    told = {sheet["name"]: sheet for sheet in describe_sheets(proposal)}

    assert set(told) == set(shape.sheets)
    for sheet in proposal.model.sheets:
        expected, said = shape.sheets[sheet.name], told[sheet.name]
        assert (said["header_rows"], sheet.number_row) == (expected.header_rows, expected.number_row)
        assert said["input"] == expected.input
        assert {cell: said["computed"].get(cell) for cell in expected.computed} == expected.computed
        assert len(said["computed"]) == expected.computed_count
        assert said["list_rows"] == expected.list_rows
        assert set(said["untranslated"]) == set(expected.untranslated)
        for cell, why in expected.untranslated.items():
            assert why.casefold() in said["untranslated"][cell].casefold()
        check_surroundings(sheet, expected)
        if program != "libreoffice":  # which drops panes when it converts without a window
            assert sheet.frozen_at == expected.frozen_at


def check_surroundings(sheet: Sheet, expected: Expected) -> None:
    assert sheet.measure == expected.measure
    assert "".join(column.letter for column in sheet.columns if column.hidden) == expected.hidden
    for column, path in expected.paths.items():
        assert sheet.columns_by_id[column].path == path
    for row, measure in expected.measures.items():
        assert sheet.rows_by_id[f"{sheet.name}.{row}"].measure == measure
    for row, parent in expected.parents.items():
        wanted = f"{sheet.name}.{parent}" if parent else None
        assert sheet.rows_by_id[f"{sheet.name}.{row}"].parent_id == wanted
    cells = [*sheet.cells, *(cell for table in sheet.lists for cell in table.cells)]
    texts = {c.column for c in cells if c.kind is CellKind.INPUT and c.type is CellType.TEXT}
    assert not expected.text or texts == set(expected.text)


@every_shape
def test_nothing_is_guessed_silently(name: str, program: str) -> None:
    for sheet in proposal_of(name, program).model.sheets:
        for cell in (*sheet.cells, *(cell for table in sheet.lists for cell in table.cells)):
            assert cell.reason, cell.a1


@every_shape
def test_a_shape_comes_back_part_by_part_as_it_was(name: str, program: str) -> None:
    before = workbook_of(name, program)
    after = fill(before, proposal_of(name, program).model, Figures())

    assert [each for each in compare(before, after) if each.what != "results"] == []


@pytest.mark.parametrize("name", BY_NAME)
def test_a_copy_filled_in_libreoffice_is_read_by_the_form_another_program_wrote(name: str) -> None:
    """Its texts are shared otherwise, its styles are others, its names and column widths are written anew."""
    model = proposal_of(name, "drawn").model
    theirs = proposal_of(name, "libreoffice")
    figures = some_figures(model)
    copy = fill(workbook_of(name, "libreoffice"), theirs.model, figures)

    read = read_filled(model, copy, new_row_id=counted_ids(), current=figures)

    assert read.messages == ()
    assert read.figures == figures
    assert theirs.model.fingerprint == model.fingerprint


@pytest.mark.parametrize("form", FORMS)
def test_the_filled_samples_as_libreoffice_saves_them_say_the_same(form: str) -> None:
    copy = (FOLDER / f"{form}-filled.xlsx").read_bytes()
    read = read_filled(model_of(form), copy, new_row_id=counted_ids(), current=figures_of(form))

    assert read.messages == ()
    assert read.figures == figures_of(form)


@pytest.mark.parametrize("form", FORMS)
def test_the_samples_come_back_without_a_difference(form: str) -> None:
    assert compare(sample(form), fill(sample(form), model_of(form), Figures())) == ()
    both = compare(sample(form), sample(f"{form}-filled"))
    assert {each.what for each in both} >= {"values", "results"}
