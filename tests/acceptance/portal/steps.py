"""What leader and văn thư do with a report under the demo's profile: approve twice, sign, issue, send."""

from playwright.sync_api import expect

from tests.acceptance.portal.desk import Desk


def approve(desk: Desk, address: str) -> None:
    desk.go(address)
    for label, then in (("Duyệt số liệu", "lãnh đạo duyệt báo cáo"), ("Duyệt báo cáo", "lãnh đạo ký số")):
        desk.press(label)
        desk.in_dialog(label).click()
        expect(desk.page.locator("main")).to_contain_text(then)


def sign(desk: Desk, address: str) -> None:
    desk.go(f"{address}?muc=ky-so")
    desk.page.fill("#pin", desk.pin)
    desk.picture("13-lanh-dao-ky-so")
    desk.press("Ký số")
    desk.sees("Chờ phát hành")


def issue(desk: Desk, address: str) -> None:
    desk.go(f"{address}?muc=ky-so")
    desk.page.fill("#pin", desk.pin)
    desk.press("Ký số cơ quan, phát hành")
    desk.sees("Số, ký hiệu:")
    desk.sees("Hợp lệ")
    desk.picture("14-van-ban-da-ky")


def send(desk: Desk, address: str) -> None:
    desk.go(address)
    desk.press("Gửi báo cáo")
    desk.in_dialog("Gửi báo cáo").click()
    desk.sees("Gửi lúc")
