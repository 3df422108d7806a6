"""The main pages against axe's rules for WCAG 2.1 A and AA: nothing critical or serious is let through."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Desk
from tests.acceptance.portal.setting import CLERK, GATHERER, LEADER, waiting_report
from tests.support.stack import ROOT, Stack

pytestmark = pytest.mark.full

AXE = ROOT / "portal" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.mark.parametrize(
    ("username", "path"),
    [
        (CLERK, "/"),
        (CLERK, "/bao-cao"),
        (CLERK, "/thong-bao"),
        (LEADER, "/duyet"),
        (GATHERER, "/tien-do"),
        (GATHERER, "/tong-hop"),
        (GATHERER, "/bieu-mau"),
        (GATHERER, "/che-do"),
        (GATHERER, "/chi-tieu"),
        (GATHERER, "/chi-tieu/gan-trung"),
        (GATHERER, "/danh-muc"),
        ("so-tai-chinh.vanthu", "/tai-khoan"),
    ],
)
def test_a_page_has_no_serious_fault_for_assistive_technology(desks: Desks, username: str, path: str) -> None:
    desk = desks[username]
    desk.go(path)
    expect(desk.page.locator("main h1")).to_be_visible()
    desk.page.wait_for_timeout(1500)
    assert faults(desk) == []


def test_the_page_of_a_report_has_no_serious_fault_in_any_tab(desks: Desks, stack: Stack) -> None:
    setting = waiting_report(stack, "ho-ngheo-xa.xlsx")
    desk = desks[CLERK]
    desk.go(setting.address)
    expect(desk.page.locator('tr[data-row="HN-HCN.15"]')).to_be_visible()
    desk.page.locator("td.cell-input").first.click()
    desk.picture("23-ba-tang-tieu-de")
    assert faults(desk) == []
    for tab in ("Thuyết minh", "Kiểm tra", "Ký số", "Lịch sử"):
        desk.page.get_by_role("tab", name=tab).click()
        desk.page.wait_for_timeout(1500)
        assert faults(desk) == []


def faults(desk: Desk) -> list[str]:
    desk.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = desk.page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("critical", "serious")
        for node in violation["nodes"]
    ]
