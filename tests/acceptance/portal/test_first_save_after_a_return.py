"""The first save of a returned report begins a new revision; whoever goes on typing meanwhile loses no key."""

import re

import pytest
from kit.ids import new_id
from playwright.sync_api import Route, expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk, Grid
from tests.acceptance.portal.setting import CLERK, LEADER, Setting, waiting_report
from tests.support.cycle import Regime as Opened
from tests.support.cycle import act, fill_from_workbook
from tests.support.people import person, succeeded
from tests.support.stack import Stack

pytestmark = pytest.mark.full

HISTORY = re.compile(r"/api/submission/v1/reports/[^/]+/history$")


def returned_report(stack: Stack) -> Setting:
    setting = waiting_report(stack, "kt-xh-thang.xlsx")
    opened = Opened(setting.regime_id, setting.form_version_ids[0], "")
    fill_from_workbook(person(stack, CLERK), {"id": setting.report_id}, opened, "kt-xh-thang-filled.xlsx")
    give_back(stack, setting, "KTXH.15", "G")
    return setting


def give_back(stack: Stack, setting: Setting, row: str, column: str) -> None:
    act(person(stack, CLERK), setting.report_id, "submit")
    note = "Thiếu sản lượng của ấp 3"
    place = {"form_version_id": setting.form_version_ids[0], "row": row, "column": column, "note": note}
    act(person(stack, LEADER), setting.report_id, "return", reason="Chưa khớp", places=[place])


@pytest.mark.requirement("DN-8.2d", "DT-7.3a")
def test_while_the_newer_history_is_on_its_way_the_marks_of_the_return_stay_and_so_does_an_answer_typed(
    desks: Desks, stack: Stack
) -> None:
    setting = returned_report(stack)
    desk, grid = at_the_place(desks[CLERK], setting)
    held: list[Route] = []
    desk.page.route(HISTORY, lambda route: held.append(route))

    desk.page.keyboard.type("1.700,5")
    desk.page.keyboard.press("Enter")
    grid.is_saved()
    desk.sees("Đang nhập")
    answer = desk.page.get_by_label("Trả lời cho")
    answer.press_sequentially("Đã bổ sung")
    expect(grid.cell("KTXH.15", "G").locator(".remark-flag")).to_be_visible()
    desk.picture("47-luu-lan-dau-sau-khi-tra-lai")
    assert len(held) == 1
    held.pop().continue_()
    desk.page.unroute(HISTORY)
    expect(answer).to_have_value("Đã bổ sung")
    expect(answer).to_be_focused()
    desk.reads_no_fault()


@pytest.mark.requirement("DN-8.2d", "DT-7.3a")
def test_a_colleague_s_row_that_arrives_leaves_the_person_in_the_cell_they_type_in(
    desks: Desks, stack: Stack
) -> None:
    setting = waiting_report(stack, "du-an-dau-tu-cong.xlsx")
    first, second = (a_row(stack, setting, order) for order in (1, 2))
    give_back(stack, setting, first, "G")
    desk = desks[CLERK]
    desk.go(setting.address)
    grid = Grid(desk)
    desk.page.locator("ol.places > li").first.get_by_role("button").first.click()
    expect(grid.cell(first, "G").locator("textarea")).to_be_focused()
    a_row(stack, setting, 3)

    grid.type(second, "B", "Trường mầm non", then="Tab")
    desk.page.keyboard.type("Ban")
    expect(desk.page.locator("tr.row-list")).to_have_count(3)
    desk.page.keyboard.type(" QLDA")

    field = grid.cell(second, "C").locator("textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value("Ban QLDA")
    # Called away with the cell still open: what was typed stays in it.
    desk.page.locator("ol.places > li").first.get_by_role("button").first.click()
    grid.shows(second, "C", "Ban QLDA")
    grid.is_saved()
    desk.reads_no_fault()


def a_row(stack: Stack, setting: Setting, order: int) -> str:
    """One more project, by a program."""
    clerk, form = person(stack, CLERK), setting.form_version_ids[0]
    (table,) = clerk.read(f"/catalog/v1/form-versions/{form}")["model"]["sheets"][0]["lists"]
    row = str(new_id())
    added = {"id": row, "list_id": table["id"], "order": order, "expected_version": 0, "deleted": False}
    path = f"/submission/v1/reports/{setting.report_id}/filings/{form}/cells"
    succeeded(clerk.send("PATCH", path, {"list_rows": [added]}))
    figures = {"B": f"Đường {order}", "E": "2026", "G": "1000", "I": "100", "J": "200"}
    edits = [{"row": row, "column": column, "raw": raw} for column, raw in figures.items()]
    assert succeeded(clerk.send("PATCH", path, {"edits": edits})).json()["refused"] == []
    return row


def at_the_place(desk: Desk, setting: Setting) -> tuple[Desk, Grid]:
    """Where the return sends the clerk: by the name of the cell in the notice."""
    desk.go(setting.address)
    grid = Grid(desk)
    desk.page.locator("ol.places > li").first.get_by_role("button").first.click()
    expect(grid.cell("KTXH.15", "G").locator("textarea")).to_be_focused()
    return desk, grid
