"""Where the province keeps the leader's and the agency's signature apart: each at their own desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.acceptance.portal.desk import Desk
from tests.support.cycle import Regime, carry_on, fill_from_workbook, report_of
from tests.support.people import Person, succeeded
from tests.support.province import Province
from tests.support.stack import Stack


@pytest.mark.full
@pytest.mark.requirement("DT-10.3", "DN-8.2a")
def test_leader_and_registry_sign_at_their_own_desks_and_the_report_is_sent(
    chromium: Browser, stack: Stack, screenshots: Path, province: Province, regime: Regime
) -> None:
    report = report_of(province["nhap"], regime)
    fill_from_workbook(province["nhap"], report, regime, "kt-xh-thang-filled.xlsx")
    carry_on(province.everyone, report["id"], until="approved")
    signing = f"/bao-cao/{report['id']}?muc=ky-so"

    leader = first_desk(chromium, stack, screenshots, province, "lanh-dao")
    leader.go(signing)
    leader.page.fill("#pin", "00000000")
    leader.press("Ký số")
    leader.sees("Cách xử lý:")
    leader.picture("31-sai-ma-pin")
    leader.page.fill("#pin", province["lanh-dao"].pin)
    leader.press("Ký số")
    leader.sees("Chờ phát hành")

    registry = first_desk(chromium, stack, screenshots, province, "van-thu")
    registry.go(signing)
    registry.page.fill("#pin", province["van-thu"].agency_pin)
    registry.press("Ký số cơ quan, phát hành")
    registry.sees("Số, ký hiệu:")
    registry.picture("32-van-thu-phat-hanh")
    registry.press("Gửi báo cáo")
    registry.in_dialog("Gửi báo cáo").click()
    registry.sees("Gửi lúc")
    for desk in (leader, registry):
        desk.reads_no_fault()
        desk.context.close()


def first_desk(chromium: Browser, stack: Stack, screenshots: Path, province: Province, name: str) -> Desk:
    """The person's password is reset by the administrator, so this is a first sign-in."""
    who, admin = province[name], province["quan-tri"]
    path = f"/identity/v1/accounts/{account_id(who)}:reset_password"
    temporary = succeeded(admin.post(path)).json()["temporary_password"]
    return Desk.open(chromium, stack, who.username, screenshots, temporary)


def account_id(who: Person) -> str:
    return str(who.read("/identity/v1/me")["account"]["id"])
