"""Where the province lets one account approve, sign and send, the portal does it with one button."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.portal.desk import Desk
from tests.support.cycle import carry_on, fill_from_workbook, open_regime, report_of
from tests.support.people import Person, succeeded
from tests.support.province import Province, found_province
from tests.support.stack import Stack


@pytest.mark.full
@pytest.mark.requirement("DN-9.2a", "DN-8.2a")
def test_the_leader_approves_signs_and_sends_with_one_button(
    chromium: Browser, stack: Stack, screenshots: Path
) -> None:
    province = found_province(stack, "dong-nai")
    regime = open_regime(province, "kt-xh-thang.xlsx")
    report = report_of(province["nhap"], regime)
    fill_from_workbook(province["nhap"], report, regime, "kt-xh-thang-filled.xlsx")
    carry_on([province["nhap"]], report["id"], until="in_review")

    leader = first_desk(chromium, stack, screenshots, province, "lanh-dao")
    leader.go(f"/bao-cao/{report['id']}")
    leader.press("Duyệt, ký số và gửi")
    leader.page.fill("#joined-pin", "00000000")
    leader.in_dialog("Duyệt, ký số và gửi").click()
    leader.sees("Cách xử lý:")
    leader.picture("31-sai-ma-pin")
    leader.page.fill("#joined-pin", province["lanh-dao"].pin)
    leader.in_dialog("Làm tiếp").click()
    expect(leader.in_dialog("Xong")).to_be_visible(timeout=120_000)
    leader.in_dialog("Xong").click()
    leader.go(f"/bao-cao/{report['id']}?muc=ky-so")
    leader.sees("Chữ ký số trên văn bản")
    leader.sees("Hợp lệ")
    leader.picture("32-duyet-ky-gui")
    leader.reads_no_fault()
    leader.context.close()


def first_desk(chromium: Browser, stack: Stack, screenshots: Path, province: Province, name: str) -> Desk:
    """The person's password is reset by the administrator, so this is a first sign-in."""
    who, admin = province[name], province["quan-tri"]
    path = f"/identity/v1/accounts/{account_id(who)}:reset_password"
    temporary = succeeded(admin.post(path)).json()["temporary_password"]
    return Desk.open(chromium, stack, who.username, screenshots, temporary)


def account_id(who: Person) -> str:
    return str(who.read("/identity/v1/me")["account"]["id"])
