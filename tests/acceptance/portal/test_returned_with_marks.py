"""A report returned with marked cells, mended, compared, sent, and its receipt: as clerk and leader see it."""

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk, Grid
from tests.acceptance.portal.setting import CLERK, LEADER, REGISTRY, Setting, waiting_report
from tests.acceptance.portal.steps import approve, issue, send, sign
from tests.support.cycle import Regime as Opened
from tests.support.cycle import act, fill_from_workbook
from tests.support.people import person
from tests.support.stack import Stack


@pytest.mark.full
@pytest.mark.requirement("DN-8.2d", "DL-12.3", "DT-7.3a")
def test_marked_cells_are_returned_mended_compared_and_the_sending_is_receipted(
    desks: Desks, stack: Stack, screenshots: Path
) -> None:
    setting = submitted_report(stack)
    clerk, leader = desks[CLERK], desks[LEADER]

    mark_and_return(leader, setting)
    mend(clerk, setting)
    compare(leader, setting)
    sign_and_send(leader, desks[REGISTRY], setting.address)
    read_receipt(leader, setting, screenshots)
    read_history(clerk, setting)
    for desk in (clerk, leader):
        desk.reads_no_fault()


def submitted_report(stack: Stack) -> Setting:
    setting = waiting_report(stack, "kt-xh-thang.xlsx")
    clerk = person(stack, CLERK)
    opened = Opened(setting.regime_id, setting.form_version_ids[0], "")
    fill_from_workbook(clerk, {"id": setting.report_id}, opened, "kt-xh-thang-filled.xlsx")
    act(clerk, setting.report_id, "submit")
    return setting


def mark_and_return(desk: Desk, setting: Setting) -> None:
    desk.go(setting.address)
    grid = Grid(desk)
    grid.choose("KTXH.15", "G")
    desk.page.keyboard.press("Shift+F2")
    desk.page.fill("#pin-note", "Thiếu sản lượng của ấp 3")
    desk.page.keyboard.press("Control+Enter")
    expect(grid.cell("KTXH.15", "G").locator(".remark-flag")).to_be_visible()

    grid.choose("KTXH.17", "E")
    desk.press("Đánh dấu ô cần sửa")
    desk.page.fill("#pin-note", "Số cùng kỳ khác báo cáo năm trước")
    desk.in_dialog("Đánh dấu").click()

    desk.page.get_by_role("tab", name="Thuyết minh").click()
    desk.page.get_by_role("button", name="Đánh dấu mục cần sửa").first.click()
    desk.page.fill("#pin-note", "Nêu nguyên nhân tăng")
    desk.in_dialog("Đánh dấu").click()

    # What was marked outlives a reload; nobody has been told yet.
    desk.page.reload()
    desk.sees("Đã đánh dấu 3 chỗ cần sửa")
    desk.picture("40-danh-dau-o-can-sua")
    desk.press("Trả lại với các chỗ này…")
    desk.page.fill("#reason", "Số liệu nông nghiệp chưa khớp.")
    desk.picture("41-tra-lai-kem-o")
    desk.in_dialog("Trả lại").click()
    desk.sees("3 chỗ cần sửa, đã xử lý 0")


def mend(desk: Desk, setting: Setting) -> None:
    desk.go(setting.address)
    desk.sees("Số liệu nông nghiệp chưa khớp.")
    grid = Grid(desk)
    expect(grid.cell("KTXH.17", "E").locator(".remark-flag")).to_be_visible()
    desk.picture("42-bi-tra-lai-kem-o")

    places = desk.page.locator("ol.places > li")
    places.nth(0).get_by_role("button").first.click()
    expect(grid.cell("KTXH.15", "G").locator("textarea")).to_be_focused()
    desk.page.keyboard.type("1.700,5")
    desk.page.keyboard.press("Enter")
    desk.sees("Đang nhập")
    grid.is_saved()
    grid.choose("KTXH.15", "G")
    desk.page.keyboard.press("Shift+F2")
    desk.sees("3 chỗ cần sửa, đã xử lý 1")

    places.nth(1).get_by_label("Trả lời cho").fill("Đã đối chiếu, giữ nguyên số")
    places.nth(1).get_by_label("Đã xử lý:").click()
    desk.sees("3 chỗ cần sửa, đã xử lý 2")

    places.nth(2).get_by_role("button").first.click()
    first = desk.page.locator(".narrative textarea").first
    first.fill(f"Tăng do được mùa {secrets.token_hex(2)}.")
    desk.press("Lưu thuyết minh")
    desk.sees("Thuyết minh đã lưu trên máy chủ.")
    desk.page.get_by_role("toolbar").get_by_role("button", name="Trình lãnh đạo").click()
    desk.sees("Còn 1 chỗ bị trả lại chưa đánh dấu đã xử lý")
    for explanation in desk.page.get_by_role("dialog").locator("textarea").all():
        explanation.fill("Theo báo cáo của các ấp.")
    desk.in_dialog("Trình lãnh đạo").click()
    desk.sees("Chờ lãnh đạo duyệt")


def compare(desk: Desk, setting: Setting) -> None:
    desk.go(setting.address)
    desk.sees("Đã đối chiếu, giữ nguyên số")
    desk.page.get_by_role("tab", name="Khác biệt").click()
    row = desk.page.locator(".difference-table tr").filter(has_text="G15")
    expect(row).to_contain_text("335,6")
    expect(row).to_contain_text("1.700,5")
    expect(row).to_contain_text("+1.364,9")
    expect(desk.page.locator(".difference ins")).to_contain_text("được mùa")
    desk.picture("43-khac-biet-hai-lan-trinh")
    row.get_by_role("button").click()
    expect(Grid(desk).cell("KTXH.15", "G")).to_have_class(
        "cell cell-input cell-number chosen active remark-settled"
    )

    desk.press("Duyệt số liệu")
    expect(desk.page.get_by_role("dialog")).to_contain_text("So với lần trình 1: 1 ô nhập")
    desk.picture("44-xem-khac-biet-truoc-khi-duyet")


def sign_and_send(leader: Desk, registry: Desk, address: str) -> None:
    approve(leader, address)
    sign(leader, address)
    issue(registry, address)
    send(leader, address)


def read_receipt(desk: Desk, setting: Setting, screenshots: Path) -> None:
    desk.go(setting.address)
    desk.page.get_by_role("link", name="Biên nhận", exact=True).click()
    sheet = desk.page.locator("article.receipt")
    report = person(desk.stack, LEADER).read(f"/submission/v1/reports/{setting.report_id}")
    digits = report["canonical_hash"]
    for words in ("Xã An Phước", "Sở Tài chính", "Gửi đúng hạn", "lần trình 2", report["number"], digits[:8]):
        expect(sheet).to_contain_text(words)
    desk.picture("45-bien-nhan")
    paper = screenshots / "45-bien-nhan.pdf"
    desk.page.pdf(path=paper, prefer_css_page_size=True)
    with paper.open("rb") as file:
        pages = PdfFileReader(file).root["/Pages"]
        box = [round(float(each)) for each in pages["/Kids"][0]["/MediaBox"]]
        assert (int(pages["/Count"]), box) == (1, [0, 0, 595, 842])


def read_history(desk: Desk, setting: Setting) -> None:
    desk.go(f"{setting.address}?muc=lich-su")
    desk.sees("Thiếu sản lượng của ấp 3")
    desk.sees("Chưa đánh dấu đã xử lý.")
    desk.picture("46-lich-su-kem-o")
    desk.page.get_by_role("link", name="Xem biên nhận").click()
    expect(desk.page.locator("article.receipt")).to_be_visible()
