"""One report through its whole life in Chromium, as the four people who act in it."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk, Grid
from tests.acceptance.portal.setting import CLERK, GATHERER, LEADER, PERIOD, REGISTRY, regime_body
from tests.acceptance.portal.steps import approve, issue, send, sign
from tests.support.people import person, succeeded
from tests.support.province import sample_form
from tests.support.stack import Stack


@pytest.mark.requirement("DT-7.3a", "DT-10.3", "DT-15.2a", "DT-15.2b", "QN-5.1")
def test_a_report_goes_from_the_official_form_to_the_aggregate_in_the_browser(
    desks: Desks, stack: Stack
) -> None:
    name = f"Tình hình kinh tế – xã hội {secrets.token_hex(2)}"
    form = publish_form(desks[GATHERER], f"KTXH-{secrets.token_hex(3)}")
    open_period(desks[GATHERER], draft_regime(stack, name, form))

    address = find_task(desks[CLERK], name)
    enter_figures(desks[CLERK])
    upload_filled_copy(desks[CLERK])
    submit(desks[CLERK])

    return_with_reason(desks[LEADER], address)
    submit_again(desks[CLERK], address)
    approve(desks[LEADER], address)
    sign(desks[LEADER], address)
    issue(desks[REGISTRY], address)
    send(desks[LEADER], address)

    take_in(desks[GATHERER], address)
    accept(desks[GATHERER], address)
    aggregate(desks[GATHERER], address)
    for username in (CLERK, LEADER, REGISTRY, GATHERER):
        desks[username].reads_no_fault()


def publish_form(desk: Desk, code: str) -> str:
    desk.go("/bieu-mau")
    desk.press("Tải lên biểu mẫu .xlsx")
    desk.page.locator('[role="dialog"] input[type="file"]').set_input_files(sample_form("kt-xh-thang.xlsx"))
    desk.page.fill("#form-code", code)
    desk.page.fill("#form-name", "Chỉ tiêu kinh tế – xã hội tháng")
    desk.press("Tải lên và đọc biểu")
    expect(desk.page.locator(".grid-picture")).to_be_visible()
    desk.picture("01-bieu-mau")
    with desk.page.expect_response(lambda answer: answer.url.endswith(":publish")) as published:
        desk.press("Công bố")
        desk.page.locator(".ant-popconfirm").get_by_role("button", name="Công bố").click()
    desk.sees("Đã công bố")
    return str(published.value.json()["id"])


def draft_regime(stack: Stack, name: str, form: str) -> str:
    body = regime_body(stack, name, [form])
    return str(succeeded(person(stack, GATHERER).post("/catalog/v1/regimes", body)).json()["id"])


def open_period(desk: Desk, regime: str) -> None:
    desk.go(f"/che-do/{regime}")
    desk.press("Công bố")
    row = desk.page.get_by_role("row").filter(has_text=PERIOD)
    row.get_by_role("button", name="Vì sao?").click()
    desk.sees("Căn cứ:")
    desk.picture("02-che-do-thoi-han")
    desk.page.keyboard.press("Escape")
    row.get_by_role("button", name="Mở kỳ, giao báo cáo").click()
    desk.sees("giao cho 1 đơn vị")


def find_task(desk: Desk, regime: str) -> str:
    task = desk.page.locator("table.tasks tr").filter(has_text=regime)
    for _ in range(20):
        desk.go("/")
        desk.page.wait_for_load_state("networkidle")
        if task.count():
            break
    desk.picture("03-cong-viec-cua-toi")
    task.first.get_by_role("link").click()
    expect(desk.page.locator("table.grid")).to_be_visible()
    return desk.page.url.removeprefix(desk.stack.gateway).partition("?")[0]


def enter_figures(desk: Desk) -> None:
    grid = Grid(desk)
    grid.type("KTXH.15", "G", "8,5")
    grid.shows("KTXH.15", "G", "8,5")
    grid.shows("KTXH.14", "G", "8,5")
    grid.type("KTXH.16", "G", "1.5")
    grid.choose("KTXH.16", "G")
    desk.sees("Không rõ “1.5” là 1,5 hay 15")
    desk.picture("04-so-khong-ro")
    desk.page.keyboard.press("Delete")
    grid.is_saved()

    # A block whose second line is blank in the column that already has a figure.
    grid.paste("KTXH.15", "E", "100\t1\t\r\n200\t\t3,5\r\n1.300\t2\t4\r\n")
    desk.sees("1 ô trống")
    desk.picture("05-dan-o-trong")
    desk.press("Dán, giữ nguyên 1 số liệu")
    for row, column, shown in (
        ("15", "G", "8,5"),
        ("16", "G", "3,5"),
        ("17", "E", "1.300"),
        ("14", "E", "1.600,0"),
    ):
        grid.shows(f"KTXH.{row}", column, shown)
    grid.is_saved()
    desk.page.reload()
    grid.shows("KTXH.17", "E", "1.300")
    grid.choose("KTXH.17", "E")
    desk.picture("06-nhap-lieu")


def upload_filled_copy(desk: Desk) -> None:
    desk.press("Nạp tệp Excel")
    desk.page.locator('[role="dialog"] input[type="file"]').set_input_files(
        sample_form("kt-xh-thang-filled.xlsx")
    )
    desk.sees("Tệp đọc được. Sẽ thay đổi")
    desk.picture("07-nap-tep-xem-truoc")
    desk.press("Nạp vào báo cáo")
    Grid(desk).shows("KTXH.13", "G", "1.593,3")
    desk.picture("08-bieu-da-day-du")


def submit(desk: Desk) -> None:
    desk.page.get_by_role("tab", name="Thuyết minh").click()
    first = desk.page.locator(".narrative textarea").first
    first.fill("Kinh tế – xã hội của xã tháng 10 giữ ổn định.")
    desk.press("Lưu thuyết minh")
    desk.sees("Thuyết minh đã lưu trên máy chủ.")
    desk.picture("09-thuyet-minh")
    desk.page.get_by_role("tab", name="Kiểm tra").click()
    desk.page.wait_for_load_state("networkidle")
    desk.picture("10-kiem-tra")
    submit_to_leader(desk)


def submit_to_leader(desk: Desk) -> None:
    desk.page.get_by_role("toolbar").get_by_role("button", name="Trình lãnh đạo").click()
    dialog = desk.page.get_by_role("dialog")
    for explanation in dialog.locator("textarea").all():
        explanation.fill("Số liệu theo báo cáo của các tổ, ấp.")
    dialog.get_by_role("button", name="Trình lãnh đạo").click()
    desk.sees("Chờ lãnh đạo duyệt")


def return_with_reason(desk: Desk, address: str) -> None:
    desk.go("/duyet")
    expect(desk.page.locator(f'a[href="{address}"]').first).to_be_visible()
    desk.picture("11-cho-duyet")
    desk.page.locator(f'a[href="{address}"]').first.click()
    expect(desk.page.locator("table.grid")).to_be_visible()
    desk.press("Trả lại")
    desk.page.fill("#reason", "Kiểm tra lại sản lượng lúa, cột (4).")
    desk.in_dialog("Trả lại").click()
    desk.sees("Bị trả lại")


def submit_again(desk: Desk, address: str) -> None:
    desk.go(address)
    desk.sees("Kiểm tra lại sản lượng lúa, cột (4).")
    desk.picture("12-bi-tra-lai")
    grid = Grid(desk)
    grid.type("KTXH.15", "G", "1.000,5")
    grid.is_saved()
    submit_to_leader(desk)


def take_in(desk: Desk, address: str) -> None:
    desk.go(address)
    desk.press("Tiếp nhận")
    desk.in_dialog("Tiếp nhận").click()
    desk.sees("Tiếp nhận lúc")


def accept(desk: Desk, address: str) -> None:
    desk.go(address)
    desk.press("Duyệt (cơ quan chủ trì)")
    desk.in_dialog("Duyệt (cơ quan chủ trì)").click()
    desk.sees("Cơ quan chủ trì đã duyệt")
    desk.page.get_by_role("tab", name="Lịch sử").click()
    desk.sees("Gửi báo cáo")
    desk.picture("15-lich-su")


def aggregate(desk: Desk, address: str) -> None:
    report = person(desk.stack, GATHERER).read(f"/submission/v1/reports/{address.rsplit('/', 1)[1]}")
    desk.go(f"/tien-do?che-do={report['regime']['id']}&ky={report['period']['key']}")
    desk.sees("1 đơn vị được giao: 1 đã gửi")
    desk.picture("16-tien-do")
    desk.press("Tổng hợp kỳ này")
    grid = Grid(desk)
    grid.shows("KTXH.15", "G", "1.000,5")
    grid.choose("KTXH.15", "G")
    expect(desk.page.locator(".sources").get_by_role("link", name="Xã An Phước")).to_be_visible()
    desk.picture("17-tong-hop")
