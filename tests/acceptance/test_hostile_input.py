"""What must not come in: each is answered in Vietnamese with its place, and nothing of it is stored."""

import json
import time
from collections.abc import Callable

import pytest

from tests.support.cycle import Regime, fill_from_workbook, open_regime, read, report_of
from tests.support.people import Person, refused, succeeded
from tests.support.province import Province, sample_form
from tests.support.workbooks import (
    inflating,
    number_cell,
    text_cell,
    with_cell,
    with_external_link,
    with_macros,
)

FORM = "kt-xh-thang.xlsx"
FILLED = "kt-xh-thang-filled.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "not a workbook": lambda _: b"Day khong phai la so tinh",
    "truncated": lambda data: data[: len(data) // 2],
    "inflates": inflating,
    "macros": with_macros,
    "external links": with_external_link,
}


@pytest.fixture(scope="module")
def opened(province: Province) -> Regime:
    return open_regime(province, FORM)


@pytest.fixture(scope="module")
def report(province: Province, opened: Regime) -> dict[str, object]:
    return report_of(province["nhap"], opened)


def filing(report: dict[str, object], regime: Regime) -> str:
    return f"/submission/v1/reports/{report['id']}/filings/{regime.form_version_id}"


def upload(clerk: Person, path: str, data: bytes) -> dict[str, object]:
    answer = clerk.post(f"{path}:import", files={"file": (FILLED, data)})
    if not answer.is_success:
        return dict(refused(answer, 422))
    return dict(answer.json())


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_or_hostile_workbook_is_refused_and_nothing_is_stored(
    kind: str, province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk = province["nhap"]
    before = read(clerk, str(report["id"]))["last_edit"]
    data = BROKEN[kind](sample_form(FILLED).read_bytes())

    problem = refused(clerk.post(f"{filing(report, opened)}:import", files={"file": (FILLED, data)}), 422)
    as_form = province["quan-tri"].post(
        "/catalog/v1/forms",
        files={"file": (FORM, data)},
        data={"name": "Biểu", "code": f"b-{time.time_ns()}"},
    )

    refused(as_form, 422, problem["code"])
    assert read(clerk, str(report["id"]))["last_edit"] == before


@pytest.mark.requirement("DT-7.1")
def test_a_moved_column_is_named_and_nothing_is_read(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk = province["nhap"]
    before = read(clerk, str(report["id"]))["last_edit"]
    moved = with_cell(sample_form(FILLED).read_bytes(), SHEET, "F9", text_cell("Một cột khác"))

    problem = refused(clerk.post(f"{filing(report, opened)}:import", files={"file": (FILLED, moved)}), 422)

    assert problem["places"], problem
    assert read(clerk, str(report["id"]))["last_edit"] == before


def test_text_in_a_number_cell_is_refused_by_cell(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk = province["nhap"]
    wrong = with_cell(sample_form(FILLED).read_bytes(), SHEET, "F15", text_cell("khoảng ba trăm"))

    answer = clerk.post(f"{filing(report, opened)}:import", files={"file": (FILLED, wrong)})

    assert "F15" in json.dumps(answer.json()), answer.text
    assert not answer.is_success or "F15" not in {c.get("a1") for c in answer.json().get("written", [])}


def test_a_decimal_comma_typed_as_text_is_read_and_said(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk = province["nhap"]
    typed = with_cell(sample_form(FILLED).read_bytes(), SHEET, "F15", text_cell("8,5"))

    answer = succeeded(clerk.post(f"{filing(report, opened)}:import", files={"file": (FILLED, typed)})).json()

    assert "8,5" in json.dumps(answer, ensure_ascii=False), answer
    cells = {cell["a1"]: cell for cell in clerk.read(filing(report, opened))["cells"]}
    assert cells["F15"]["value"] == {"number": "8.5"}


def test_a_figure_beyond_the_precision_is_refused_by_cell(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    beyond = with_cell(sample_form(FILLED).read_bytes(), SHEET, "F15", number_cell("8.123456789"))

    answer = province["nhap"].post(f"{filing(report, opened)}:import", files={"file": (FILLED, beyond)})

    assert "F15" in json.dumps(answer.json()), answer.text


def test_a_cell_that_is_no_input_and_an_old_version_are_refused(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk = province["nhap"]
    fill_from_workbook(clerk, report, opened, FILLED)
    cells = {cell["a1"]: cell for cell in clerk.read(filing(report, opened))["cells"]}
    total, entry = cells["F13"], cells["F16"]
    path = f"{filing(report, opened)}/cells"
    edit = {"row": entry["row"], "column": entry["column"], "raw": "7", "expected_version": entry["version"]}

    computed = {"row": total["row"], "column": total["column"], "raw": "1", "expected_version": 0}
    answer = clerk.send("PATCH", path, {"edits": [computed]})
    assert "F13" in answer.text and not answer.json().get("cells"), answer.text

    succeeded(clerk.send("PATCH", path, {"edits": [edit]}))
    stale = succeeded(clerk.send("PATCH", path, {"edits": [{**edit, "raw": "9"}]})).json()
    assert stale["conflicts"], stale
    now = {cell["a1"]: cell for cell in clerk.read(filing(report, opened))["cells"]}
    assert now["F16"]["value"] == {"number": "7"}


def test_a_form_of_another_version_and_a_report_of_another_unit_are_refused(
    province: Province, opened: Regime, report: dict[str, object]
) -> None:
    clerk, neighbour = province["nhap"], province["xa-2-nhap"]
    other = open_regime(province, "ho-ngheo-xa.xlsx", "year", "2026")
    stranger = f"/submission/v1/reports/{report['id']}/filings/{other.form_version_id}"

    refused(clerk.get(stranger), 404)
    assert neighbour.get(f"/submission/v1/reports/{report['id']}").status_code in (403, 404)
    answer = neighbour.post(f"{filing(report, opened)}:import", files={"file": (FILLED, b"x")})
    assert answer.status_code in (403, 404), answer.text
