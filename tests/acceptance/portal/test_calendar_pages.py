"""The working calendar set in the browser, a regime's year on one page, and deadlines in a calendar program."""

import secrets
from typing import Any

import httpx
import icalendar
import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.setting import CLERK, GATHERER, regime_body
from tests.acceptance.portal.test_accessibility import faults
from tests.support.people import person, succeeded
from tests.support.stack import Stack

ADMIN = "quan-tri.tinh"
# Far enough ahead that no other test asks for it.
YEAR = 2030
OFF, WORKED = f"18/06/{YEAR}", f"22/06/{YEAR}"


def rolling_regime(stack: Stack) -> dict[str, Any]:
    """Due on the 18th of each month, or the next working day."""
    gatherer = person(stack, GATHERER)
    body = regime_body(stack, f"Báo cáo theo lịch {secrets.token_hex(2)}", [])
    body["deadlines"] = [{"rule": "by day 18", "on_day_off": "next_working_day"}]
    regime: dict[str, Any] = succeeded(gatherer.post("/catalog/v1/regimes", body)).json()
    path = f"/catalog/v1/regimes/{regime['id']}:publish"
    succeeded(gatherer.post(path, version=regime["version"]))
    return regime


@pytest.mark.full
@pytest.mark.requirement("DL-14.2")
def test_swapped_days_are_tried_saved_by_a_decision_and_move_a_deadline(desks: Desks, stack: Stack) -> None:
    regime = rolling_regime(stack)
    desk = desks[ADMIN]
    desk.go("/lich-lam-viec")
    desk.page.get_by_label("Năm", exact=True).click()
    desk.page.get_by_title(f"Năm {YEAR}", exact=True).click()
    desk.sees("lịch mẫu theo Bộ luật Lao động 2019")
    desk.picture("40-lich-lam-viec")
    expect(desk.button("Lưu lịch")).to_be_disabled()

    desk.page.get_by_label("Nghỉ ngày").fill(OFF)
    desk.page.get_by_label("Làm bù vào").fill(WORKED)
    desk.press("Hoán đổi")
    desk.page.get_by_role("button", name="16/8: ngày làm việc").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Nghỉ lễ, nghỉ bù, nghỉ hoán đổi").check()
    dialog.get_by_label("Tên gọi").fill("Nghỉ theo thông báo")
    desk.in_dialog("Đặt ngày này").click()
    desk.page.get_by_label("Số quyết định, thông báo").fill("9441/TB-BNV")
    desk.page.get_by_label("Ngày ban hành").fill(f"02/05/{YEAR}")
    desk.press("Xem thời hạn sẽ dời")
    row = desk.page.get_by_role("row", name=regime["name"])
    expect(row).to_contain_text(f"18/06/{YEAR}")
    expect(row).to_contain_text(f"hết ngày 19/06/{YEAR}")
    desk.picture("41-thoi-han-se-doi")
    assert faults(desk) == []

    desk.press("Lưu lịch")
    desk.sees(f"Đã lưu lịch, phiên bản {YEAR}.2.")
    desk.sees(f"theo 9441/TB-BNV ngày 02/05/{YEAR}")
    expect(desk.page.get_by_role("region", name="Lịch sử")).to_contain_text("Nghỉ theo thông báo")
    desk.picture("42-lich-da-luu")
    span = {"from": f"{YEAR}-06-01", "to": f"{YEAR}-06-30"}
    (june,) = person(stack, GATHERER).read(f"/catalog/v1/regimes/{regime['id']}/periods", **span)["items"]
    assert june["deadlines"][0]["last_day"] == f"{YEAR}-06-19"
    desk.reads_no_fault()


@pytest.mark.full
def test_a_regime_s_year_is_one_page_to_print(desks: Desks, stack: Stack) -> None:
    regime = rolling_regime(stack)
    desk = desks[GATHERER]
    desk.go(f"/che-do/{regime['id']}")
    desk.page.get_by_role("link", name="Lịch năm").click()
    expect(desk.page.locator("main h1")).to_contain_text(regime["name"])
    expect(desk.page.get_by_role("table", name="Các kỳ báo cáo trong năm")).to_be_visible()
    expect(desk.page.locator(".month .due")).to_have_count(12)
    desk.picture("43-lich-nam-cua-che-do")
    assert faults(desk) == []
    desk.page.emulate_media(media="print")
    expect(desk.button("In lịch")).to_be_hidden()
    desk.picture("44-lich-nam-ban-in")
    desk.page.emulate_media(media="screen")
    desk.reads_no_fault()


@pytest.mark.full
def test_a_units_deadlines_open_in_a_calendar_program_until_the_address_is_revoked(
    desks: Desks, stack: Stack
) -> None:
    regime = rolling_regime(stack)
    desk = desks[CLERK]
    desk.go("/lich-lam-viec")
    desk.press("Tạo địa chỉ lịch")
    address = desk.page.locator(".feed-address").inner_text()
    desk.picture("45-dia-chi-lich")
    assert faults(desk) == []

    opened = httpx.get(address, timeout=30)
    assert (opened.status_code, opened.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    titles = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(opened.content).walk("VEVENT")]
    assert any(regime["name"] in title for title in titles)
    assert httpx.get(address[:-4], timeout=30).status_code == 404
    assert httpx.post(address, timeout=30).status_code in (401, 404)

    desk.page.get_by_role("button", name="Thu hồi").first.click()
    desk.page.locator(".ant-popconfirm").get_by_role("button", name="Thu hồi").click()
    expect(desk.page.get_by_role("table", name="Các địa chỉ đang dùng")).to_be_hidden()
    assert httpx.get(address, timeout=30).status_code == 404
    desk.reads_no_fault()
