"""A designer writes a rule beside the sheet and tries it; the clerk who breaks it reads which rule and which cells."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk, Grid
from tests.acceptance.portal.setting import CLERK, GATHERER, drafted, report_with
from tests.acceptance.portal.test_accessibility import faults
from tests.support.people import eventually, person, succeeded
from tests.support.stack import Stack


def designing(desks: Desks, stack: Stack) -> tuple[Desk, Any]:
    """A designer before a draft of the monthly form."""
    draft = drafted(person(stack, GATHERER), "kt-xh-thang.xlsx")
    desk = desks[GATHERER]
    desk.go(f"/bieu-mau/{draft['form_id']}")
    return desk, draft


@pytest.mark.full
def test_a_rule_is_written_with_the_keyboard_and_the_sheet_tried_and_read_by_the_clerk(
    desks: Desks, stack: Stack
) -> None:
    designer, draft = designing(desks, stack)
    designer.page.get_by_text("Quy tắc kiểm tra (0)").click()
    designer.press("Thêm quy tắc")
    designer.sees("Chưa có điều kiện.")
    condition = designer.page.get_by_label("Điều kiện phải đúng")
    condition.fill("G15<=")
    designer.page.get_by_role("button", name="Ô D15", exact=False).click()
    expect(condition).to_have_value("G15<=D15")
    designer.page.get_by_label("Lời nói với người nhập").fill("Ước cả năm cao hơn kế hoạch: nêu lý do.")
    designer.page.get_by_label("G15", exact=True).fill("12,5")
    designer.page.get_by_label("D15", exact=True).fill("10")
    designer.page.get_by_label("D15", exact=True).press("Enter")
    designer.sees("Không đạt")
    designer.picture("40-quy-tac-thu")
    designer.press("Lưu các quy tắc")
    designer.sees("Quy tắc kiểm tra (1)")
    designer.press("Công bố")
    designer.page.locator(".ant-popconfirm").get_by_role("button", name="Công bố").click()
    designer.sees("Đã công bố")
    designer.reads_no_fault()

    clerk = desks[CLERK]
    clerk.go(report_with(stack, [draft["id"]]).address)
    grid = Grid(clerk)
    grid.type("KTXH.15", "D", "10")
    grid.type("KTXH.15", "G", "12,5")
    grid.is_saved()
    clerk.picture("41-o-co-quy-tac")
    clerk.page.get_by_role("tab", name="Kiểm tra").click()
    clerk.sees("Quy tắc QT1:")
    clerk.sees("Ước cả năm cao hơn kế hoạch: nêu lý do.")
    expect(clerk.page.get_by_role("button", name="ô D15")).to_be_visible()
    clerk.picture("42-ket-qua-kiem-tra")
    clerk.reads_no_fault()


@pytest.mark.full
def test_a_cell_is_given_limits_and_choices_and_the_clerk_reads_them_where_they_stand(
    desks: Desks, stack: Stack
) -> None:
    gatherer = person(stack, GATHERER)
    designer, draft = designing(desks, stack)
    path = f"/catalog/v1/form-versions/{draft['id']}"

    def limits() -> dict[str, Any]:
        cells = gatherer.read(path)["model"]["sheets"][0]["cells"]
        return {cell["a1"]: cell["limits"] for cell in cells if cell.get("limits")}

    page = designer.page
    page.get_by_role("button", name="Ô G15", exact=False).click()
    page.get_by_label("Lớn nhất").fill("nhiều")
    expect(designer.button("Lưu ô này")).to_be_disabled()
    page.get_by_label("Nhỏ nhất").fill("0")
    page.get_by_label("Lớn nhất").fill("1.000")
    designer.press("Lưu ô này")
    eventually(lambda: "G15" in limits(), "the limits of G15")
    page.get_by_role("button", name="Ô H15", exact=False).click()
    page.get_by_text("Ô nhập", exact=True).last.click()
    page.get_by_text("Chữ", exact=True).click()
    page.get_by_label("Danh sách chọn, mỗi dòng một giá trị").fill("Tăng\nGiảm\nKhông đổi")
    designer.press("Lưu ô này")
    designer.picture("43-gioi-han-cua-o")
    assert faults(designer) == []
    eventually(lambda: "H15" in limits(), "the choices of H15")
    assert limits()["G15"]["most"] == "1000" and limits()["H15"]["choices"] == ["Tăng", "Giảm", "Không đổi"]
    succeeded(gatherer.post(f"{path}:publish", version=gatherer.read(path)["version"]))

    clerk = desks[CLERK]
    clerk.go(report_with(stack, [draft["id"]]).address)
    grid = Grid(clerk)
    grid.type("KTXH.15", "G", "1.200")
    clerk.sees("1 ô chưa đúng cách viết hoặc bị từ chối")
    grid.choose("KTXH.15", "G")
    clerk.sees("từ 0 đến 1.000")
    clerk.sees("1.200 lớn hơn mức lớn nhất 1.000")
    grid.type("KTXH.15", "H", "giảm")
    grid.shows("KTXH.15", "H", "Giảm")
    clerk.picture("44-gia-tri-cho-san")
    clerk.reads_no_fault()


@pytest.mark.full
def test_a_cell_left_with_changes_leads_back_to_them_and_says_who_decided_once_saved(
    desks: Desks, stack: Stack
) -> None:
    designer, _ = designing(desks, stack)
    page = designer.page
    page.get_by_role("button", name="Ô G15", exact=False).click()
    page.get_by_label("Lớn nhất").fill("5")
    page.get_by_role("button", name="Ô F15", exact=False).click()
    expect(page.get_by_label("Lớn nhất")).to_have_value("")
    designer.sees("Ô có thay đổi chưa lưu:")
    designer.picture("46-o-chua-luu")
    assert faults(designer) == []

    page.get_by_role("button", name="G15", exact=True).click()
    expect(page.get_by_label("Lớn nhất")).to_have_value("5")
    page.get_by_label("Ô đang chọn").get_by_text("Nhãn").click()
    designer.press("Lưu ô này")
    designer.sees("Người thiết kế biểu chọn.")
    expect(page.get_by_text("Ô có thay đổi chưa lưu:")).to_have_count(0)
    designer.reads_no_fault()
