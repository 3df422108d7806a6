"""What a clerk typed survives a broken network, a closed page and a colleague in the same cell."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk, Grid
from tests.acceptance.portal.setting import CLERK, Setting, waiting_report
from tests.support.people import person
from tests.support.stack import Stack

pytestmark = pytest.mark.full

FORM = "kt-xh-thang.xlsx"
CELLS = re.compile(r"/api/submission/.*/cells$")
FIGURES = re.compile(r"/api/submission/v1/reports/.*/filings/[^/]+$")


@pytest.fixture(scope="module")
def setting(stack: Stack) -> Setting:
    return waiting_report(stack, FORM)


def test_figures_typed_without_a_network_are_kept_and_saved_after_the_page_was_closed(
    desks: Desks, setting: Setting
) -> None:
    desk = desks[CLERK]
    desk.go(setting.address)
    grid = Grid(desk)
    grid.type("KTXH.20", "D", "12,5")
    grid.is_saved()

    desk.page.route(CELLS, lambda route: route.abort())
    grid.type("KTXH.20", "E", "77")
    desk.sees(re.compile("Chưa lưu được lên máy chủ.*đang được giữ trên máy này"))
    desk.picture("20-mat-mang")
    desk.page.unroute(CELLS)
    desk.page.close(run_before_unload=False)

    desk.page = desk.context.new_page()
    desk.go(setting.address)
    desk.sees("Đã lấy lại 1 ô bạn gõ lần trước")
    grid.shows("KTXH.20", "E", "77")
    grid.is_saved()
    assert figure(desk, setting, "KTXH.20", "E") == {"number": "77"}


def test_two_windows_in_one_cell_show_both_figures_and_the_person_chooses(
    chromium: Browser, desks: Desks, setting: Setting
) -> None:
    desk = desks[CLERK]
    other = Desk.open(chromium, desk.stack, CLERK, desk.screenshots)
    for each in (desk, other):
        each.go(setting.address)
        expect(each.page.locator("table.grid")).to_be_visible()
        expect(each.page.locator('tr[data-row="KTXH.20"]')).to_be_visible()
    # Nothing new reaches this window, so it still shows the old figure.
    desk.page.route(re.compile(r"/api/notify/"), lambda route: route.abort())
    desk.page.route(
        FIGURES, lambda route: route.abort() if route.request.method == "GET" else route.fallback()
    )
    Grid(other).type("KTXH.24", "G", "500")
    Grid(other).is_saved()

    grid = Grid(desk)
    grid.type("KTXH.24", "G", "600")
    desk.sees("1 ô người khác cũng vừa sửa.")
    desk.press("Xem và chọn")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("600")
    expect(dialog).to_contain_text("500")
    desk.picture("21-hai-nguoi-mot-o")
    desk.press("Giữ của tôi")
    grid.is_saved()
    assert figure(desk, setting, "KTXH.24", "G") == {"number": "600"}
    other.context.close()


def test_a_deleted_and_a_changed_figure_come_back_with_undo(desks: Desks, setting: Setting) -> None:
    desk = desks[CLERK]
    desk.go(setting.address)
    grid = Grid(desk)
    grid.type("KTXH.25", "D", "3,5")
    grid.choose("KTXH.25", "D")
    desk.page.keyboard.press("Delete")
    grid.shows("KTXH.25", "D", "")
    desk.page.keyboard.press("Control+z")
    grid.shows("KTXH.25", "D", "3,5")
    grid.is_saved()
    assert figure(desk, setting, "KTXH.25", "D") == {"number": "3.5"}


def figure(desk: Desk, setting: Setting, row: str, column: str) -> object:
    path = f"/submission/v1/reports/{setting.report_id}/filings/{setting.form_version_ids[0]}"
    cells = person(desk.stack, CLERK).read(path)["cells"]
    return next(cell["value"] for cell in cells if (cell["row"], cell["column"]) == (row, column))
