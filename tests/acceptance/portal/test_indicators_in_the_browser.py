"""The catalogue of indicators, the shared catalogues, binding in the designer, and an indicator beside the form."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.setting import CLERK, GATHERER, drafted, report_with, waiting_report
from tests.acceptance.portal.test_accessibility import faults
from tests.support.people import Person, person, succeeded
from tests.support.province import sample_form
from tests.support.stack import Stack

pytestmark = pytest.mark.full

HEAD = "Mã,Tên chỉ tiêu,Khái niệm,Phương pháp tính,Đơn vị tính,Lĩnh vực\n"


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ", "DT-5.2b")
def test_an_indicator_is_drafted_found_without_diacritics_published_and_its_twin_offered(
    desks: Desks,
) -> None:
    desk = desks[GATHERER]
    mark = secrets.token_hex(3)
    name = f"Tổng số hộ nghèo {mark}"
    desk.go("/chi-tieu")
    desk.press("Lập chỉ tiêu")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Mã", exact=True).fill(f"HN-{mark}")
    dialog.get_by_label("Tên chỉ tiêu").fill(name)
    dialog.get_by_label("Khái niệm, nội dung").fill("Hộ có thu nhập dưới chuẩn nghèo")
    dialog.get_by_label("Phương pháp tính").fill("Đếm theo kết quả rà soát")
    for label, option in (("Đơn vị tính", "Hộ"), ("Lĩnh vực", "Mức sống dân cư")):
        dialog.get_by_label(label, exact=True).click()
        desk.page.keyboard.type(option)
        desk.page.locator(".ant-select-item-option").filter(has_text=option).first.click()
    desk.picture("40-lap-chi-tieu")
    desk.in_dialog("Lưu bản nháp").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"HN-{mark} – {name}")
    desk.press("Công bố")
    desk.page.locator(".ant-popconfirm").get_by_role("button", name="Công bố").click()
    desk.sees("Đã công bố")
    desk.picture("41-chi-tieu")
    assert faults(desk) == []

    desk.go("/chi-tieu")
    search = desk.page.get_by_label("Tìm chỉ tiêu")
    search.fill(f"tong so ho ngheo {mark}")
    search.press("Enter")
    expect(desk.page.locator("tbody tr")).to_have_count(1)
    desk.sees(name)
    desk.picture("42-tim-chi-tieu")
    desk.press("Lập chỉ tiêu")
    desk.page.get_by_role("dialog").get_by_label("Tên chỉ tiêu").fill(f"{name} toàn tỉnh")
    desk.sees("Danh mục đã có chỉ tiêu tên gần giống; dùng lại nếu là một")
    desk.picture("43-ten-gan-giong")
    desk.reads_no_fault()


@pytest.mark.requirement("TH-14.1đ", "DT-5.2b")
def test_shared_catalogues_are_looked_through(desks: Desks) -> None:
    desk = desks[GATHERER]
    desk.go("/danh-muc")
    desk.page.get_by_text("Phân tổ", exact=True).click()
    desk.sees("Giới tính")
    desk.press("Giới tính")
    desk.sees("Thôi dùng (không còn được chọn cho chỉ tiêu mới; số liệu cũ giữ nguyên)")
    desk.picture("44-danh-muc-dung-chung")
    desk.reads_no_fault()


@pytest.mark.requirement("DL-13.1b", "DL-4.2c")
def test_a_row_is_bound_in_the_designer_and_its_content_stands_beside_the_form(
    desks: Desks, stack: Stack
) -> None:
    gatherer = person(stack, GATHERER)
    mark = secrets.token_hex(3)
    rows = f"GT-{mark},Giá trị sản xuất {mark},Toàn bộ giá trị sản phẩm làm ra trong kỳ,Cộng theo đơn giá thực tế,Tỷ đồng,Công nghiệp"
    succeeded(
        gatherer.post(
            "/catalog/v1/indicators:import",
            files={"file": ("bang.csv", (HEAD + rows).encode(), "text/csv")},
            data={"publish": "true"},
        )
    )
    form = _draft_form(gatherer, mark)
    draft = form["draft"]
    cell = next(c for c in draft["model"]["sheets"][0]["cells"] if c["kind"] == "input")

    designer = desks[GATHERER]
    designer.go(f"/bieu-mau/{form['id']}")
    designer.page.get_by_role("button", name=f"Ô {cell['a1']}", exact=False).first.click()
    designer.page.get_by_label("Chỉ tiêu trong danh mục").click()
    designer.page.keyboard.type(f"gia tri san xuat {mark}")
    designer.page.locator(".ant-select-item-option").filter(has_text=f"GT-{mark}").click()
    expect(designer.page.locator(".binding")).to_contain_text(f"GT-{mark}")
    designer.picture("45-gan-chi-tieu")
    now = gatherer.read(f"/catalog/v1/form-versions/{draft['id']}")
    succeeded(gatherer.post(f"/catalog/v1/form-versions/{draft['id']}:publish", version=now["version"]))

    setting = report_with(stack, [draft["id"]])
    clerk = desks[CLERK]
    clerk.go(setting.address)
    clerk.page.locator(f'tr[data-row="{cell["row"]}"] td[data-column="{cell["column"]}"]').click()
    note = clerk.page.locator(".indicator-note")
    expect(note).to_contain_text(f"Giá trị sản xuất {mark}")
    expect(note).to_contain_text("Cộng theo đơn giá thực tế")
    clerk.picture("46-noi-dung-chi-tieu-ben-bieu")
    assert faults(clerk) == []
    for desk in (designer, clerk):
        desk.reads_no_fault()


def _draft_form(who: Person, mark: str) -> dict[str, Any]:
    path = sample_form("kt-xh-thang.xlsx")
    answer = who.post(
        "/catalog/v1/forms",
        files={"file": (path.name, path.read_bytes())},
        data={"name": f"Biểu có chỉ tiêu {mark}", "code": f"CT-{mark}"},
    )
    form: dict[str, Any] = succeeded(answer).json()
    return form


@pytest.mark.requirement("DL-4.2c", "DN-14.3")
def test_a_set_of_indicators_is_built_by_groups_and_no_typed_weight_is_lost(
    desks: Desks, stack: Stack
) -> None:
    mark = secrets.token_hex(3)
    lines = "\n".join(f"BS-{mark}-{n},Chỉ số {n} của {mark},Toàn bộ,Cộng,Tỷ đồng,Công nghiệp" for n in (1, 2))
    files = {"file": ("bang.csv", (HEAD + lines).encode(), "text/csv")}
    succeeded(
        person(stack, GATHERER).post("/catalog/v1/indicators:import", files=files, data={"publish": "true"})
    )
    desk = desks[GATHERER]
    page = desk.page
    desk.go("/chi-tieu/bo")
    desk.press("Lập bộ chỉ số")
    page.fill("#set-code", f"BCS-{mark}")
    page.fill("#set-name", f"Bộ chỉ số {mark}")
    page.keyboard.press("Enter")
    desk.sees("Bộ này chưa có nhóm nào. Thêm nhóm, rồi thêm chỉ tiêu vào nhóm.")
    for _ in range(2):
        desk.press("Thêm nhóm")
    groups = page.locator(".set-group")
    for number, group in ((1, 0), (2, 0)):
        page.get_by_label(f"Thêm chỉ tiêu vào Nhóm {group + 1}").click()
        page.keyboard.type(f"BS-{mark}-{number}")
        page.locator(".ant-select-item-option").filter(has_text=f"BS-{mark}-{number}").first.click()
    expect(groups.first.get_by_role("row").filter(has_text=f"BS-{mark}-1")).to_contain_text("Tỷ đồng")

    weight = page.get_by_label("Trọng số của nhóm Nhóm 1")
    weight.fill("nhiều")
    desk.sees("Trọng số “nhiều” không phải là số.")
    expect(desk.button("Lưu bộ chỉ số")).to_be_disabled()
    weight.fill("0,6")
    # A group that is moved takes what was typed in it along, and the finger stays on its button.
    page.get_by_label("Đưa nhóm Nhóm 1 xuống").focus()
    page.keyboard.press("Enter")
    expect(groups.nth(1).get_by_label("Trọng số của nhóm Nhóm 1")).to_have_value("0,6")
    expect(groups.nth(0).get_by_label("Trọng số của nhóm Nhóm 2")).to_have_value("")
    expect(page.get_by_label("Đưa nhóm Nhóm 1 xuống")).to_be_focused()
    desk.picture("46-bo-chi-so")
    assert faults(desk) == []

    # Somebody else saves meanwhile: what was changed here stays, and isn't laid over theirs.
    found = person(stack, GATHERER).read("/catalog/v1/indicator-sets", q=f"BCS-{mark}")["items"][0]
    path = f"/catalog/v1/indicator-sets/{found['id']}"
    theirs = {"name": f"Bộ chỉ số {mark} mới", "note": "", "groups": []}
    succeeded(person(stack, GATHERER).send("PUT", path, theirs, version=found["version"]))
    desk.press("Lưu bộ chỉ số")
    desk.sees("Người khác vừa lưu bộ chỉ số này.")
    expect(groups.nth(1).get_by_label("Trọng số của nhóm Nhóm 1")).to_have_value("0,6")
    desk.picture("47-bo-chi-so-nguoi-khac-vua-luu")
    desk.reads_no_fault()


@pytest.mark.requirement("PR-1")
def test_the_desk_of_kinds_lists_columns_of_figures_alone_and_keeps_what_is_unsaved(
    desks: Desks, stack: Stack
) -> None:
    designer = person(stack, GATHERER)
    draft = drafted(designer, "kt-xh-thang.xlsx")
    form = designer.read(f"/catalog/v1/form-versions/{draft['id']}")["form_id"]
    desk = desks[GATHERER]
    desk.go(f"/bieu-mau/{form}")
    desk.page.get_by_text("Loại số liệu", exact=True).click()
    rows = desk.page.get_by_role("region", name="Loại số liệu của các cột").locator("tbody tr")
    expect(rows.filter(has_text="Lũy kế từ đầu năm").get_by_role("checkbox")).to_be_checked()
    expect(rows.filter(has_text="STT")).to_have_count(0)
    expect(rows.filter(has_text="Ghi chú")).to_have_count(0)
    desk.picture("48-loai-so-lieu")
    assert faults(desk) == []

    # Another tab, another page of the portal: what was changed is there when the desk is opened again.
    rows.filter(has_text="Lũy kế từ đầu năm").get_by_role("checkbox").uncheck()
    desk.page.get_by_text("Quy tắc kiểm tra (0)").click()
    desk.press("Thêm quy tắc")
    desk.page.get_by_label("Lời nói với người nhập").fill("Nêu lý do.")
    desk.page.get_by_role("link", name="Chỉ tiêu").first.click()
    desk.page.wait_for_url("**/chi-tieu")
    desk.page.go_back()
    desk.page.get_by_text("Quy tắc kiểm tra (0)").click()
    expect(desk.page.get_by_label("Lời nói với người nhập")).to_have_value("Nêu lý do.")
    desk.press("Bỏ thay đổi")
    desk.page.locator(".ant-popconfirm").get_by_role("button", name="Bỏ", exact=True).click()
    desk.page.get_by_text("Loại số liệu", exact=True).click()
    cumulative = rows.filter(has_text="Lũy kế từ đầu năm").get_by_role("checkbox")
    expect(cumulative).not_to_be_checked()
    desk.sees("Có thay đổi chưa lưu.")
    desk.press("Lưu loại số liệu")
    desk.sees("Đã lưu loại số liệu.")
    expect(desk.button("Lưu loại số liệu")).to_be_disabled()
    expect(cumulative).not_to_be_checked()


@pytest.mark.requirement("DL-4.2d")
def test_a_narrative_in_an_old_font_is_shown_beside_its_reading_and_converted_by_keyboard(
    desks: Desks, stack: Stack
) -> None:
    setting = waiting_report(stack, "kt-xh-thang.xlsx")
    desk = desks[CLERK]
    desk.go(f"{setting.address}?muc=thuyet-minh")
    field = desk.page.locator(".narrative textarea").first
    field.fill("S¶n xuÊt n«ng nghiÖp trong th¸ng æn ®Þnh.\nĐoạn này đúng Unicode.")
    table = desk.page.get_by_role("region", name="Bản xem trước chuyển mã")
    expect(table.get_by_role("columnheader").first).to_have_text("Đang viết")
    desk.picture("49-thuyet-minh-bang-ma-cu")
    assert faults(desk) == []
    desk.button("Chuyển sang Unicode").focus()
    desk.page.keyboard.press("Enter")
    expect(field).to_have_value("Sản xuất nông nghiệp trong tháng ổn định.\nĐoạn này đúng Unicode.")
    desk.button("Hoàn tác chuyển mã").focus()
    desk.page.keyboard.press("Enter")
    expect(field).to_have_value("S¶n xuÊt n«ng nghiÖp trong th¸ng æn ®Þnh.\nĐoạn này đúng Unicode.")
    desk.reads_no_fault()
