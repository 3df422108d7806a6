"""A maintenance under way: a clerk signs in, reads, types on; what was typed is saved when it has ended."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Grid
from tests.acceptance.portal.setting import CLERK, waiting_report
from tests.acceptance.portal.test_nothing_typed_is_lost import figure
from tests.support.people import person, succeeded
from tests.support.stack import Stack

pytestmark = pytest.mark.full

ADMIN = "quan-tri.tinh"


@pytest.mark.requirement("DT-20.3", "QN-14.6")
def test_what_a_clerk_types_during_a_maintenance_is_saved_when_it_ends(stack: Stack, desks: Desks) -> None:
    setting = waiting_report(stack, "kt-xh-thang.xlsx")
    office = desks[ADMIN]
    office.go("/bao-tri")
    office.sees("Phải thông báo trước ít nhất")
    form = office.page.get_by_role("region", name="Thông báo bảo trì")
    form.get_by_label("Việc bảo trì").fill("Nâng cấp phần mềm lên bản 1.4")
    form.get_by_label("Nội dung").fill("Cài đặt bản mới, khởi động lại các dịch vụ")
    form.get_by_label("Từ (giờ Việt Nam)").fill(f"{datetime.now(UTC) + timedelta(hours=7.02):%d/%m/%Y %H:%M}")
    form.get_by_label("Đến").fill(f"{datetime.now(UTC) + timedelta(hours=9):%d/%m/%Y %H:%M}")
    form.get_by_role("button", name="Thông báo", exact=True).click()
    office.sees("notify.maintenance.announced_too_late")
    office.picture("50-bao-tri-bao-qua-muon")

    begun = datetime.now(UTC) + timedelta(hours=7)
    form.get_by_label("Từ (giờ Việt Nam)").fill(f"{begun:%d/%m/%Y %H:%M}")
    form.get_by_label("Khẩn cấp").check()
    form.get_by_label("Lý do khẩn cấp").fill("Vá lỗ hổng bảo mật đang bị khai thác")
    form.get_by_role("button", name="Thông báo", exact=True).click()
    try:
        office.sees(re.compile("Hệ thống đang bảo trì đến"))
        office.picture("51-bao-tri-dang-dien-ra")
        office.press("Dự thảo thông báo")
        expect(office.page.get_by_role("dialog")).to_contain_text("Đây là bảo trì khẩn cấp")
        office.picture("52-du-thao-thong-bao")
        office.page.get_by_role("dialog").get_by_role("button", name="Đóng", exact=True).last.click()

        # The clerk signs in while it lasts.
        clerk = desks[CLERK]
        clerk.go(setting.address)
        clerk.sees(re.compile("Hệ thống đang bảo trì đến .*chỉ xem được"))
        grid = Grid(clerk)
        grid.type("KTXH.20", "D", "12,5")
        clerk.sees(re.compile("Chưa lưu được lên máy chủ.*1 ô đang được giữ trên máy này, sẽ tự gửi lại"))
        clerk.sees("kit.maintenance.under_way")
        clerk.picture("53-nhap-trong-luc-bao-tri")
        office.press("Kết thúc sớm")
        grid.is_saved()
        assert figure(clerk, setting, "KTXH.20", "D") == {"number": "12.5"}
        clerk.picture("54-het-bao-tri")
        expect(clerk.page.get_by_text(re.compile("Hệ thống đang bảo trì"))).to_have_count(0, timeout=90_000)
    finally:
        _end_all(stack)


def _end_all(stack: Stack) -> None:
    """No other test is to find the demo province read-only."""
    admin = person(stack, ADMIN)
    for one in admin.read("/notify/v1/maintenances")["items"]:
        if one["stage"] == "under_way":
            succeeded(admin.post(f"/notify/v1/maintenances/{one['id']}:end", version=one["version"]))
