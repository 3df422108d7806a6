"""The sample official forms: what the importer takes them for, and what they compute to."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from forms.compute import compute
from forms.filled import read_filled
from forms.model import Cell, CellKind, CellType, FormModel, RowKind
from forms.publishing import check_publishable
from forms.reading import propose
from forms.validation import validate
from forms.values import BLANK, CellKey, Figures
from forms.writing import blank, fill
from lxml import etree

from tests.forms.building import FORMS, counted_ids, figures_of, filled, model_of, opened, sample, shown

EXPECTED = {
    "kt-xh-thang": {
        "G13": "1593.3", "D13": "1931.5", "H13": "82.5", "I13": "109.6", "F22": "150.5", "G31": "14561",
        "G37": "63300", "G45": "59959", "G54": "3.14", "I54": "-0.96", "H59": "", "I60": "", "G64": "85.79",
        "H64": "0.79",
    },
    "du-an-dau-tu-cong": {
        "G12": "872200", "H12": "300600", "I12": "129500", "J12": "171100", "K12": "214260", "L12": "209945.2",
        "M12": "69.8",
    },
    "ho-ngheo-xa": {
        "C13": "4100", "C14": "2042", "C19": "2058", "E13": "191", "F13": "26", "G13": "165", "H13": "126",
        "I13": "4.66", "J13": "18.48", "O19": "8.94", "I27": "0",
    },
}  # fmt: skip


def cell_at(model: FormModel, a1: str) -> Cell:
    return next(cell for cell in model.cells.values() if cell.a1 == a1)


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_computes_to_the_published_results(form: str) -> None:
    model = model_of(form)
    computed = compute(model, figures_of(form))

    results = {
        a1: shown(computed.get(cell_at(model, a1).row, cell_at(model, a1).column)) for a1 in EXPECTED[form]
    }

    assert results == EXPECTED[form]


def test_rows_of_the_project_list_compute_their_own_totals_and_rates() -> None:
    figures = figures_of("du-an-dau-tu-cong")
    computed = compute(model_of("du-an-dau-tu-cong"), figures)
    first, *_, last = figures.rows_of("DTC.L1")

    assert (shown(computed.get(first.id, "H")), shown(computed.get(first.id, "M"))) == ("105000", "77.6")
    assert (computed.get(last.id, "H"), computed.get(last.id, "M")) == (BLANK, BLANK)


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_sample_is_read_without_a_complaint_and_agrees_with_its_own_results(form: str) -> None:
    assert filled(form).messages == ()
    assert validate(model_of(form), figures_of(form)).messages == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_formula_of_the_samples_is_translated(form: str) -> None:
    proposal = propose(sample(form))
    book = opened(sample(form))
    formulas = sum(
        isinstance(c.value, str) and c.value.startswith("=") for row in book.worksheets[0] for c in row
    )
    listed = sum(table.last_row - table.first_row for table in proposal.model.lists_by_id.values())

    computed = len(list(proposal.model.computed_cells()))
    patterns = [
        c for t in proposal.model.lists_by_id.values() for c in t.cells if c.kind is CellKind.COMPUTED
    ]

    assert proposal.left_as_label == ()
    assert computed + len(patterns) * (listed + 1) == formulas
    assert check_publishable(proposal.model) == ()


def test_the_monthly_form_has_its_headings_inputs_and_precisions() -> None:
    sheet = model_of("kt-xh-thang").sheets[0]
    headings = [row.index for row in sheet.rows if row.kind is RowKind.HEADING]
    computed_rows = {13, 14, 18, 22, 23, 31, 37, 38, 45, 54, 61}
    inputs = {cell.a1 for cell in sheet.cells if cell.kind is CellKind.INPUT}
    expected = {
        f"{column}{row}"
        for row in range(12, 66)
        if row not in headings
        for column in ("DEFG" if row not in computed_rows and row != 64 else "D" if row == 64 else "")
    } | {f"J{row}" for row in range(12, 66) if row not in headings}

    assert headings == [12, 30, 50, 58]
    assert inputs == expected
    assert (sheet.header_rows, sheet.number_row, sheet.frozen_at) == ((9, 10), 11, "C12")
    assert (sheet.period_cell, sheet.unit_cell) == ("A7", "G8")
    assert [c.precision for c in (cell_at(model_of("kt-xh-thang"), a) for a in ("D15", "D32", "D64"))] == [
        1,
        0,
        2,
    ]
    assert cell_at(model_of("kt-xh-thang"), "J15").type is CellType.TEXT
    assert sheet.columns_by_id["I"].path == ("So sánh (%)", "So với cùng kỳ")
    assert sheet.rows_by_id["KTXH.48"].parent_id == "KTXH.47"


def test_the_project_form_is_a_list_with_its_total_and_marker() -> None:
    (table,) = model_of("du-an-dau-tu-cong").lists_by_id.values()
    kinds = {cell.column: (cell.kind, cell.type) for cell in table.cells}

    assert (table.first_row, table.last_row, table.marker_row, table.total_row) == (13, 15, 16, "DTC.12")
    assert (table.number_column, table.key_columns) == ("A", ("B",))
    assert [c for c, kind in kinds.items() if kind == (CellKind.INPUT, CellType.TEXT)] == [
        "B",
        "C",
        "D",
        "E",
        "F",
        "N",
    ]
    assert [c for c, kind in kinds.items() if kind == (CellKind.INPUT, CellType.NUMBER)] == [
        "G",
        "I",
        "J",
        "K",
        "L",
    ]
    assert [c for c, kind in kinds.items() if kind[0] is CellKind.COMPUTED] == ["H", "M"]


def test_the_poverty_form_knows_cells_that_do_not_apply_and_names_left_to_the_unit() -> None:
    model = model_of("ho-ngheo-xa")
    crossed = {cell.a1 for cell in model.cells.values() if cell.kind is CellKind.NOT_APPLICABLE}
    names = {cell.a1 for cell in model.input_cells() if cell.column == "B"}

    assert crossed == {f"{c}{r}" for r in range(14, 19) for c in "GM"} | {
        f"{c}{r}" for r in range(19, 28) for c in "FL"
    }
    assert names == {f"B{row}" for row in (*range(15, 19), *range(20, 28))}
    assert model.sheets[0].header_rows == (9, 10, 11)
    assert shown(figures_of("ho-ngheo-xa").get("HN-HCN.20", "B")) == "Thôn Bắc Sơn"


@pytest.mark.parametrize("form", FORMS)
def test_a_model_survives_json_with_its_decimals_as_text(form: str) -> None:
    model = model_of(form)

    assert FormModel.model_validate_json(model.model_dump_json()) == model
    assert Figures.from_json(figures_of(form).to_json()) == figures_of(form)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_comes_back_part_by_part_as_it_was(form: str) -> None:
    before, after = parts_of(sample(form)), parts_of(fill(sample(form), model_of(form), Figures()))

    assert blank(sample(form)) == sample(form)
    assert list(before) == list(after)
    for name, content in before.items():
        if name.startswith("xl/worksheets/"):
            assert etree.canonicalize(content.decode()) == etree.canonicalize(after[name].decode())
        else:
            assert content == after[name]


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_differs_from_the_agencys_own_copy_only_outside_the_table(form: str) -> None:
    written = fill(sample(form), model_of(form), figures_of(form))
    ours, theirs = parts_of(written), parts_of(sample(f"{form}-filled"))
    header = model_of(form).sheets[0].header_rows[0]

    assert [
        name for name in ours if ours[name] != theirs[name] and name.startswith(("xl/styles", "xl/theme"))
    ] == []
    for results in (False, True):
        mine = opened(written, results=results).worksheets[0]
        agency = opened(sample(f"{form}-filled"), results=results).worksheets[0]
        last = max(cell.row or 0 for row in mine for cell in row if cell.number_format != "General")
        differing = [
            cell.coordinate
            for row in agency.iter_rows(min_row=header, max_row=last)
            for cell in row
            if (cell.value or "") != (mine[cell.coordinate].value or "")
            or cell.number_format != mine[cell.coordinate].number_format
        ]
        assert differing == []
        assert set(map(str, mine.merged_cells.ranges)) == set(map(str, agency.merged_cells.ranges))
        assert {k: v.width for k, v in mine.column_dimensions.items()} == {
            k: v.width for k, v in agency.column_dimensions.items()
        }
        assert (mine.print_area, mine.print_title_rows, mine.freeze_panes) == (
            agency.print_area,
            agency.print_title_rows,
            agency.freeze_panes,
        )


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back_the_same_with_the_same_row_ids(form: str) -> None:
    written = fill(sample(form), model_of(form), figures_of(form))

    again = read_filled(model_of(form), written, new_row_id=counted_ids(), current=figures_of(form))

    assert again.figures == figures_of(form)
    assert again.messages == ()


def test_the_workbook_carries_what_a_spreadsheet_shows_where_the_system_says_blank() -> None:
    form = "du-an-dau-tu-cong"
    written = opened(fill(sample(form), model_of(form), figures_of(form)), results=True).worksheets[0]
    last = figures_of(form).rows_of("DTC.L1")[-1]

    assert compute(model_of(form), figures_of(form)).cells[CellKey(last.id, "H")] == BLANK
    assert written["H24"].value == 0
    assert not written["M24"].value
