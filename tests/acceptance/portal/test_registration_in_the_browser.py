"""A form is registered, taken up and returned in the browser; the list of regimes is read by anybody."""

import secrets

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.setting import GATHERER
from tests.acceptance.portal.test_accessibility import faults
from tests.support.province import sample_form
from tests.support.stack import Stack

pytestmark = pytest.mark.full

ADMIN = "quan-tri.tinh"
# By the demo's profile the lead agency's own designers build its forms.
DESIGNER = GATHERER


@pytest.mark.requirement("DN-8.2b", "DT-7.1")
def test_a_registration_goes_to_the_designer_and_comes_back_with_a_reason(desks: Desks) -> None:
    owner, designer = desks[GATHERER], desks[DESIGNER]
    name = f"Biểu đăng ký thử {secrets.token_hex(3)}"
    owner.go("/dang-ky")
    owner.page.get_by_role("button", name="Đăng ký biểu mẫu mới").click()
    owner.page.set_input_files('.ant-modal input[type="file"]', sample_form("kt-xh-thang.xlsx"))
    for label, text in (
        ("Tên biểu mẫu báo cáo", name),
        ("Căn cứ pháp lý", "Quyết định số 01/2026/QĐ-UBND"),
        ("Danh sách đối tượng báo cáo", "Các xã, phường"),
        ("Thời hạn gửi báo cáo", "Chậm nhất ngày 19 hằng tháng"),
        ("Cán bộ thực hiện tổng hợp", "Phòng Tổng hợp"),
        ("Lãnh đạo duyệt báo cáo", "Giám đốc Sở Tài chính"),
    ):
        owner.page.get_by_label(label).fill(text)
    owner.picture("60-dang-ky-bieu-mau")
    owner.page.get_by_role("button", name="Gửi đăng ký").click()
    expect(owner.page.locator("main h1")).to_contain_text(name)
    path = owner.page.url.removeprefix(owner.stack.gateway)

    designer.go(path)
    designer.page.get_by_role("button", name="Tiếp nhận thiết kế").click()
    expect(designer.page.get_by_text("Đang thiết kế").first).to_be_visible()
    designer.page.get_by_label("Lý do trả lại").fill("Chưa rõ đối tượng báo cáo")
    designer.picture("61-ho-so-dang-ky")
    designer.page.get_by_role("button", name="Trả lại").click()
    expect(designer.page.get_by_text("Bị trả lại").first).to_be_visible()

    owner.go(path)
    expect(owner.page.get_by_role("button", name="Gửi lại đăng ký")).to_be_visible()
    expect(owner.page.get_by_text("Chưa rõ đối tượng báo cáo")).to_be_visible()
    owner.picture("62-bi-tra-lai")
    assert faults(owner) == []
    assert owner.faults == []


@pytest.mark.requirement("QN-16.3", "DN-13.3")
def test_reviews_announcements_and_burden_are_seen_by_the_office(desks: Desks) -> None:
    office = desks[ADMIN]
    office.go("/ra-soat")
    expect(office.page.get_by_text("Mỗi chế độ đang áp dụng được rà soát")).to_be_visible()
    office.picture("63-ra-soat")
    for tab, words, picture in (
        ("Công bố danh mục", "Danh mục được công bố trên Cổng", "64-cong-bo"),
        ("Gánh nặng báo cáo", "Mỗi đơn vị phải làm trong năm", "65-ganh-nang"),
    ):
        office.page.get_by_role("tab", name=tab).click()
        expect(office.page.get_by_text(words)).to_be_visible()
        office.picture(picture)
    assert faults(office) == []
    assert office.faults == []


@pytest.mark.requirement("DN-13.3")
def test_anybody_reads_the_list_of_regimes(chromium: Browser, stack: Stack) -> None:
    page = chromium.new_page()
    page.goto(f"{stack.gateway}/cong-khai")
    expect(page.locator("h1")).to_have_text("Danh mục chế độ báo cáo")
    expect(page.get_by_role("link", name="CSV")).to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    page.screenshot(path=stack.folder / "screenshots" / "66-cong-khai.png", full_page=True)
    page.close()


def test_the_form_s_page_offers_trial_copy_and_package(desks: Desks) -> None:
    designer = desks[GATHERER]
    designer.go("/bieu-mau")
    designer.page.locator("tbody a").first.click()
    expect(designer.page.get_by_role("button", name="Xuất gói có chữ ký")).to_be_visible()
    expect(designer.page.get_by_role("button", name="Sao chép")).to_be_visible()
    designer.picture("67-bieu-mau")
    assert designer.faults == []
