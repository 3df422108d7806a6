"""A person says what of the messages is sent by e-mail too."""

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.setting import CLERK
from tests.acceptance.portal.test_accessibility import faults
from tests.support.people import person, succeeded
from tests.support.stack import Stack

pytestmark = pytest.mark.full


def test_a_person_switches_mails_of_one_kind_off_and_all_of_them(desks: Desks, stack: Stack) -> None:
    clerk = person(stack, CLERK)
    desk = desks[CLERK]
    page = desk.page
    try:
        desk.go("/thong-bao")
        desk.press("Nhận qua thư điện tử…")
        expect(page.get_by_role("dialog")).to_contain_text("Gửi đến ")
        page.get_by_label("Báo cáo đã được ký").uncheck()
        desk.picture("60-nhan-qua-thu")
        assert faults(desk) == []
        desk.in_dialog("Lưu").click()
        desk.sees("Đã lưu lựa chọn nhận thư.")
        assert clerk.read("/notify/v1/preferences")["mail_off"] == ["signed"]

        desk.press("Nhận qua thư điện tử…")
        expect(page.get_by_label("Báo cáo đã được ký")).not_to_be_checked()
        page.get_by_label("Gửi thư điện tử").click()
        expect(page.get_by_label("Báo cáo quá hạn")).to_be_disabled()
        desk.in_dialog("Lưu").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert clerk.read("/notify/v1/preferences")["mail"] is False
        desk.reads_no_fault()
    finally:
        succeeded(clerk.send("PUT", "/notify/v1/preferences", {"mail": True, "mail_off": []}))
