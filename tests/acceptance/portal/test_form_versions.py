"""A newer version of a form in the middle of a period: the lead agency takes it, the clerk sees first and consents."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Grid
from tests.acceptance.portal.setting import CLERK, GATHERER, PERIOD_KEY, regime_body, waiting_report
from tests.acceptance.portal.test_accessibility import faults
from tests.support.cycle import Regime, carry_on, report_of
from tests.support.people import Person, eventually, person, succeeded
from tests.support.stack import Stack
from tests.support.versions import FARMING, FISHERY, FORESTRY, consent, enter, publish_newer, waiting

pytestmark = pytest.mark.full

UNITS = ("xa-an-phuoc", "so-noi-vu")
STAFF = [f"{unit}.{who}" for unit in UNITS for who in ("nhaplieu", "lanhdao", "vanthu")]
DECIDERS = (GATHERER, "so-tai-chinh.lanhdao")


def test_entered_figures_move_to_a_newer_version_only_after_a_preview_and_by_consent(
    desks: Desks, stack: Stack
) -> None:
    setting = waiting_report(stack, "kt-xh-thang.xlsx")
    old = setting.form_version_ids[0]
    enter(person(stack, CLERK), setting.report_id, old, KTXH_15="5", KTXH_16="6", KTXH_17="7,5")
    gatherer = person(stack, GATHERER)
    form_id = gatherer.read(f"/catalog/v1/form-versions/{old}")["form_id"]
    publish_newer(gatherer, form_id)

    lead = desks[GATHERER]
    lead.go(f"/che-do/{setting.regime_id}")
    lead.press("Dùng phiên bản 2")
    expect(lead.page.get_by_role("dialog")).to_contain_text("Không quay lại phiên bản cũ được.")
    lead.picture("70-che-do-dung-phien-ban-moi")
    assert faults(lead) == []
    lead.in_dialog("Dùng phiên bản 2").click()
    lead.sees("Chế độ báo cáo đã dùng phiên bản 2")
    lead.sees("(mới nhất đã công bố)")

    clerk = desks[CLERK]
    grid = Grid(clerk)
    clerk.go("/thong-bao")
    told = clerk.page.locator("li.message").filter(has=clerk.page.locator(f'a[href="{setting.address}"]'))
    newer = told.filter(has_text="Biểu mẫu có phiên bản mới")
    expect(newer).to_contain_text("Dòng có thêm: “Diêm nghiệp”.")
    expect(newer).to_contain_text("Người nhập mở báo cáo, chọn “Xem trước khi chuyển”")
    clerk.picture("70a-thong-bao-phien-ban-moi")
    newer.get_by_role("link").click()
    grid.shows(FARMING, "G", "5")
    expect(clerk.page.get_by_text("Biểu mẫu có phiên bản mới")).to_be_visible()
    clerk.picture("71-bieu-mau-co-phien-ban-moi")
    clerk.button("Xem trước khi chuyển").focus()
    clerk.page.keyboard.press("Enter")
    dialog = clerk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Mang sang được 2 ô. 1 số liệu không có chỗ ở phiên bản mới:")
    expect(dialog.get_by_role("row").filter(has_text="Thủy sản")).to_contain_text("7,5")
    expect(clerk.in_dialog("Đồng ý chuyển")).to_be_disabled()
    clerk.picture("72-xem-truoc-khi-chuyen")
    assert faults(clerk) == []
    dialog.get_by_role("checkbox").focus()
    clerk.page.keyboard.press("Space")
    clerk.in_dialog("Đồng ý chuyển").click()

    clerk.sees("Đã chuyển sang phiên bản mới của biểu mẫu.")
    grid.shows(FORESTRY, "G", "5")
    grid.shows(FARMING, "G", "6")
    grid.shows(FISHERY, "G", "")
    expect(clerk.page.get_by_text("Biểu mẫu có phiên bản mới")).to_have_count(0)
    grid.type(FISHERY, "G", "9")
    grid.is_saved()
    clerk.picture("73-da-chuyen-phien-ban")
    clerk.page.get_by_role("tab", name="Lịch sử").click()
    clerk.sees("Chuyển phiên bản biểu mẫu")
    expect(clerk.page.get_by_role("row").filter(has_text="Thủy sản")).to_contain_text("7,5")
    clerk.picture("74-lich-su-chuyen-phien-ban")
    assert faults(clerk) == []
    clerk.reads_no_fault()
    lead.reads_no_fault()


def _moved(clerk: Person, report_id: str) -> None:
    path = f"/submission/v1/reports/{report_id}/form-moves"
    moves = eventually(lambda: waiting(clerk.read(path)), "the newer version in submission")
    succeeded(clerk.post(path, consent(moves)))


def test_an_aggregate_of_both_versions_shows_what_has_no_place_in_the_newer(
    desks: Desks, stack: Stack
) -> None:
    gatherer = person(stack, GATHERER)
    old = gatherer.read(
        f"/catalog/v1/form-versions/{waiting_report(stack, 'kt-xh-thang.xlsx').form_version_ids[0]}"
    )
    body = regime_body(stack, f"Báo cáo hai phiên bản {secrets.token_hex(2)}", [old["id"]])
    body["reporting_unit_ids"] = [stack.account(f"{unit}.nhaplieu")["unit_id"] for unit in UNITS]
    regime = succeeded(gatherer.post("/catalog/v1/regimes", {**body, "signing": "not_demanded"})).json()
    path = f"/catalog/v1/regimes/{regime['id']}"
    regime = succeeded(gatherer.post(f"{path}:publish", version=regime["version"])).json()
    order = {"regime_id": regime["id"], "period_key": PERIOD_KEY}
    eventually(lambda: gatherer.post("/submission/v1/periods:open", order).is_success, "the period opened")
    everyone = [person(stack, name) for name in (*STAFF, *DECIDERS)]
    for who in everyone:
        # The accounts of the demo list one PIN: that of the leader, or of the agency for its văn thư.
        who.agency_pin = who.pin
    version = old["id"]
    for unit in UNITS:
        clerk = person(stack, f"{unit}.nhaplieu")
        report = report_of(clerk, Regime(regime["id"], version, PERIOD_KEY))
        enter(clerk, report["id"], version, KTXH_15="5", KTXH_17="7,5")
        if unit == UNITS[0]:
            carry_on(everyone, report["id"], "accepted")
            version_body = {"form_version_id": publish_newer(gatherer, old["form_id"])["id"]}
            succeeded(gatherer.post(f"{path}:take-version", version_body, version=regime["version"]))
            continue
        _moved(clerk, report["id"])
        carry_on(everyone, report["id"], "accepted")
    order = {"regime_id": regime["id"], "period": PERIOD_KEY}
    made = succeeded(gatherer.post("/submission/v1/aggregations", order)).json()

    desk = desks[GATHERER]
    desk.go(f"/tong-hop/{made['id']}")
    Grid(desk).shows(FORESTRY, "G", "10")
    desk.sees("1 số liệu của 1 đơn vị không có trong bản tổng hợp")
    fallen = desk.page.get_by_role("row").filter(has_text="Thủy sản")
    expect(fallen.first).to_contain_text("7,5")
    desk.picture("75-tong-hop-hai-phien-ban")
    assert faults(desk) == []
    desk.reads_no_fault()
