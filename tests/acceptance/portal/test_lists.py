"""A list with as many rows as the unit has, filled from the clipboard."""

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Grid
from tests.acceptance.portal.setting import CLERK, GATHERER, drafted, report_with, waiting_report
from tests.acceptance.portal.test_accessibility import faults
from tests.support.people import person, succeeded
from tests.support.stack import Stack

PROJECTS = (
    "Đường liên xã\tBan QLDA\tẤp 1\t2025-2026\t12/QĐ, 3/2/2025\t1.000\t\t100\t200\t150\t90\t\tkhông\r\n"
    "Trường mầm non\tBan QLDA\tẤp 2\t2026\t15/QĐ, 9/1/2026\t2.500,5\t\t300\t0\t120\t60\t\t\r\n"
)


@pytest.mark.full
def test_a_pasted_block_makes_the_rows_it_needs_and_totals_follow(desks: Desks, stack: Stack) -> None:
    setting = waiting_report(stack, "du-an-dau-tu-cong.xlsx")
    desk = desks[CLERK]
    desk.go(setting.address)
    rows = desk.page.locator("tr.row-list")
    before = rows.count()
    desk.press("Thêm dòng")
    expect(rows).to_have_count(before + 1)

    last = rows.last.get_attribute("data-row")
    assert last is not None
    grid = Grid(desk)
    grid.paste(last, "B", PROJECTS)
    expect(rows).to_have_count(before + 2)
    grid.is_saved()
    total = desk.page.locator("tr.row-total").first.get_attribute("data-row")
    assert total is not None
    grid.shows(total, "G", "3.500,5")
    grid.shows(total, "H", "600,0")
    desk.picture("22-danh-sach")

    rows.last.locator("td").nth(1).click()
    desk.press("Xóa dòng đang chọn")
    desk.page.locator(".ant-popconfirm").get_by_role("button", name="Xóa dòng").click()
    expect(rows).to_have_count(before + 1)
    grid.shows(total, "G", "1.000,0")


@pytest.mark.full
def test_a_designer_says_what_tells_rows_apart_and_a_second_row_with_one_key_is_told(
    desks: Desks, stack: Stack
) -> None:
    gatherer = person(stack, GATHERER)
    draft = drafted(gatherer, "du-an-dau-tu-cong.xlsx")
    designer = desks[GATHERER]
    designer.go(f"/bieu-mau/{draft['form_id']}")
    designer.page.get_by_text("Loại số liệu, danh sách").click()
    rows = designer.page.get_by_role("region", name="Dòng của danh sách")
    rows.get_by_label("Hai dòng cùng khóa của danh sách 1").click()
    designer.page.locator(".ant-select-item-option").filter(has_text="Không cho trình").click()
    rows.get_by_label("Số dòng nhiều nhất của danh sách 1").fill("30")
    designer.press("Lưu dòng của danh sách")
    designer.sees("Đã lưu khóa và giới hạn của danh sách.")
    designer.picture("23-dong-cua-danh-sach")
    assert faults(designer) == []
    designer.reads_no_fault()

    path = f"/catalog/v1/form-versions/{draft['id']}"
    version = gatherer.read(path)["version"]
    succeeded(gatherer.post(f"{path}:publish", version=version))
    clerk = desks[CLERK]
    clerk.go(report_with(stack, [draft["id"]]).address)
    listed = clerk.page.locator("tr.row-list")
    before = listed.count()
    clerk.press("Thêm dòng")
    expect(listed).to_have_count(before + 1)
    last = listed.last.get_attribute("data-row")
    assert last is not None
    grid = Grid(clerk)
    grid.paste(last, "B", PROJECTS.replace("Trường mầm non", "đường liên xã"))
    expect(listed).to_have_count(before + 2)
    grid.is_saved()
    clerk.page.get_by_role("tab", name="Kiểm tra").click()
    clerk.sees("trùng khóa với dòng thứ 1")
    clerk.picture("24-hai-dong-cung-khoa")
    clerk.reads_no_fault()
