"""A figure approved in one report is offered in the next by keyboard and all at once; a designer links two forms."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Grid
from tests.acceptance.portal.setting import (
    CLERK,
    GATHERER,
    LEADER,
    REGISTRY,
    Setting,
    drafted,
    opened_too,
    report_with,
)
from tests.acceptance.portal.test_accessibility import faults
from tests.support.cycle import act, carry_on
from tests.support.people import person, succeeded
from tests.support.stack import Stack

pytestmark = pytest.mark.full

HEAD = "Mã,Tên chỉ tiêu,Khái niệm,Phương pháp tính,Đơn vị tính,Lĩnh vực\n"
ROW, COLUMNS = "KTXH.15", ("F", "G")


def bound_form(stack: Stack) -> str:
    """A published form whose row asks for an indicator of its own."""
    gatherer, mark = person(stack, GATHERER), secrets.token_hex(3)
    line = f"NN-{mark},Giá trị nông nghiệp {mark},Toàn bộ giá trị,Cộng,Tỷ đồng,Công nghiệp"
    files = {"file": ("bang.csv", (HEAD + line).encode(), "text/csv")}
    succeeded(gatherer.post("/catalog/v1/indicators:import", files=files, data={"publish": "true"}))
    indicator = gatherer.read("/catalog/v1/indicators", q=f"NN-{mark}")["items"][0]["id"]
    draft = drafted(gatherer, "kt-xh-thang.xlsx")
    path = f"/catalog/v1/form-versions/{draft['id']}"
    body = {"bindings": [{"row": ROW, "indicator_id": indicator}]}
    bound = succeeded(gatherer.send("PATCH", f"{path}/indicators", body, version=draft["version"])).json()
    return str(succeeded(gatherer.post(f"{path}:publish", version=bound["version"])).json()["id"])


def approved(stack: Stack, setting: Setting, **figures: str) -> None:
    clerk, leader = person(stack, CLERK), person(stack, LEADER)
    edits = [{"row": ROW, "column": column, "raw": raw} for column, raw in figures.items()]
    path = f"/submission/v1/reports/{setting.report_id}/filings/{setting.form_version_ids[0]}/cells"
    succeeded(clerk.send("PATCH", path, {"edits": edits}))
    act(clerk, setting.report_id, "submit")
    act(leader, setting.report_id, "approve_figures")


def test_an_approved_figure_is_offered_taken_by_keyboard_and_all_at_once_with_its_source(
    desks: Desks, stack: Stack
) -> None:
    form = bound_form(stack)
    first = report_with(stack, [form])
    approved(stack, first, F="12,5", G="110")
    second = report_with(stack, [form])

    clerk = desks[CLERK]
    grid = Grid(clerk)
    clerk.go(second.address)
    expect(grid.cell(ROW, "F").locator(".cell-offered")).to_contain_text("12,5")
    grid.choose(ROW, "F")
    expect(clerk.page.locator(".cell-note")).to_contain_text("Đã có 12,5 ở báo cáo «Báo cáo thử giao diện")
    clerk.picture("60-so-lieu-da-co")
    clerk.page.keyboard.press("Alt+ArrowDown")
    clerk.sees("Đã lấy 1 số liệu, kèm nguồn của từng số.")
    grid.shows(ROW, "F", "12,5")
    grid.choose(ROW, "F")
    expect(clerk.page.locator(".place-bar")).to_contain_text("Lấy từ báo cáo «Báo cáo thử giao diện")

    clerk.press("Lấy số liệu đã có (2)")
    dialog = clerk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 ô còn trống đã có số liệu; 0 ô đang ghi số khác.")
    expect(dialog).to_contain_text("đơn vị đã duyệt, ngày")
    clerk.picture("61-xem-truoc-so-lieu-da-co")
    assert faults(clerk) == []
    clerk.in_dialog("Lấy 1 ô").click()
    grid.shows(ROW, "G", "110")

    grid.type(ROW, "G", "111")
    grid.is_saved()
    grid.choose(ROW, "G")
    expect(clerk.page.locator(".cell-note")).to_contain_text("Ô G15 ghi 111, còn báo cáo")
    clerk.picture("62-so-khac-so-da-co")
    clerk.reads_no_fault()


@pytest.mark.requirement("PR-1")
def test_a_running_total_is_offered_with_both_its_parts_and_taken_by_a_key(
    desks: Desks, stack: Stack
) -> None:
    form = bound_form(stack)
    september = report_with(stack, [form], signing="not_demanded", period_key="2026-09")
    approved(stack, september, G="100")
    everyone = [person(stack, name) for name in (CLERK, LEADER, REGISTRY, GATHERER, "so-tai-chinh.lanhdao")]
    for who in everyone:
        # The accounts of the demo list one PIN: that of the leader, or of the agency for its văn thư.
        who.agency_pin = who.pin
    carry_on(everyone, september.report_id, "accepted")
    october = opened_too(stack, september)

    clerk = desks[CLERK]
    grid = Grid(clerk)
    clerk.go(october.address)
    expect(grid.cell(ROW, "G").locator(".cell-offered")).to_have_count(0)
    grid.type(ROW, "F", "7,5", then="Tab")
    expect(grid.cell(ROW, "G").locator(".cell-offered")).to_contain_text("107,5")
    grid.is_saved()
    note = clerk.page.locator(".cell-note")
    expect(note).to_contain_text(
        "Lũy kế là 107,5: lũy kế Tháng 9 năm 2026 là 100, cộng số kỳ này 7,5 (ô F15)."
    )
    clerk.picture("64-luy-ke-de-lay")
    assert faults(clerk) == []
    # Another figure of this period makes another total, without a reload.
    grid.type(ROW, "F", "10", then="Tab")
    expect(note).to_contain_text("Lũy kế là 110:")
    clerk.page.keyboard.press("Alt+ArrowDown")
    clerk.sees("Đã lấy 1 số liệu, kèm nguồn của từng số.")
    grid.shows(ROW, "G", "110")
    grid.choose(ROW, "G")
    expect(clerk.page.locator(".place-bar")).to_contain_text("Lấy từ lũy kế Tháng 9 năm 2026 là 100")
    clerk.picture("65-luy-ke-da-lay")
    clerk.reads_no_fault()


@pytest.mark.requirement("DL-9.2a")
def test_a_designer_links_cells_of_two_forms_and_takes_a_link_away(desks: Desks, stack: Stack) -> None:
    gatherer = person(stack, GATHERER)
    forms: list[Any] = []
    for _ in range(2):
        draft = drafted(gatherer, "kt-xh-thang.xlsx")
        path = f"/catalog/v1/form-versions/{draft['id']}:publish"
        forms.append(succeeded(gatherer.post(path, version=draft["version"])).json())
    source, target = forms

    desk = desks[GATHERER]
    desk.go(f"/bieu-mau/{target['form_id']}")
    desk.page.get_by_text("Lấy từ biểu nhập liệu (0)").click()
    desk.page.get_by_label("Biểu mẫu nhập liệu").click()
    desk.page.keyboard.type(source["code"])
    desk.page.locator(".ant-select-item-option").filter(has_text=source["code"]).first.click()
    pictures = desk.page.locator(".link-desk .grid-picture")
    expect(pictures).to_have_count(2)
    pictures.nth(0).get_by_role("button", name="Ô G15", exact=False).first.click()
    pictures.nth(1).get_by_role("button", name="Ô H15", exact=False).first.click()
    desk.sees("Đơn vị tính khác nhau")
    expect(desk.button("Thêm liên kết")).to_be_disabled()
    pictures.nth(1).get_by_role("button", name="Ô G16", exact=False).first.click()
    desk.picture("63-lien-ket-bieu-nhap-lieu")
    desk.press("Thêm liên kết")
    desk.sees("Lấy từ biểu nhập liệu (1)")
    expect(desk.page.locator("tbody .ant-table-row")).to_contain_text(f"Biểu {source['code']}: G16")
    assert faults(desk) == []
    desk.page.get_by_role("button", name="Bỏ liên kết của G15", exact=False).click()
    desk.sees("Lấy từ biểu nhập liệu (0)")
    desk.reads_no_fault()
