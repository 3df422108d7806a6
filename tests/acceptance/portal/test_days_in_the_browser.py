"""Days: the designer reads which cells take them, the clerk types them and sees them reckoned with, the workbook has real ones."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.acceptance.portal.conftest import Desks
from tests.acceptance.portal.desk import Grid
from tests.acceptance.portal.setting import CLERK, GATHERER, published, report_with, uploaded
from tests.acceptance.portal.test_accessibility import faults
from tests.forms.shapes import register_of_days
from tests.support.people import eventually, person, succeeded
from tests.support.stack import Stack


@pytest.mark.full
def test_days_are_typed_reckoned_with_and_go_out_as_days(desks: Desks, stack: Stack) -> None:
    gatherer = person(stack, GATHERER)
    draft = uploaded(gatherer, "so-theo-doi", register_of_days())
    designer = desks[GATHERER]
    designer.go(f"/bieu-mau/{draft['form_id']}")
    designer.page.get_by_role("button", name="Ô C3", exact=False).click()
    designer.sees("Giới hạn theo định dạng của ô: ngày như 05/11/2026.")
    expect(designer.page.get_by_label("Ghi ngày (dd/mm/yyyy)")).to_be_checked()
    designer.page.get_by_role("button", name="Ô G3", exact=False).click()
    expect(designer.page.get_by_label("Kết quả là ngày (dd/mm/yyyy)")).to_be_checked()
    designer.picture("26-o-ghi-ngay")
    assert faults(designer) == []

    designer.page.get_by_label("Công thức").fill("[Biểu.3:E]+30")
    designer.press("Lưu ô này")
    path = f"/catalog/v1/form-versions/{draft['id']}"

    def kept() -> Any:
        cells = gatherer.read(path)["model"]["sheets"][0]["cells"]
        return next(cell for cell in cells if cell["a1"] == "G3")

    eventually(lambda: kept()["formula"] == "[Biểu.3:E]+30", "the formula of G3")
    assert kept()["limits"]["day"]

    version = published(gatherer, gatherer.read(path))
    setting = report_with(stack, [version])
    clerk = desks[CLERK]
    clerk.go(setting.address)
    grid = Grid(clerk)
    for column, day in {"C": "2/11/2026", "D": "30/11/2026", "E": "02/12/2026"}.items():
        grid.type("Biểu.3", column, day)
    grid.shows("Biểu.3", "F", "2")
    grid.shows("Biểu.3", "G", "01/01/2027")
    grid.shows("Biểu.5", "E", "1")
    grid.is_saved()
    clerk.picture("27-ngay-trong-bieu")
    grid.type("Biểu.4", "C", "tuần sau")
    clerk.sees("1 ô chưa đúng cách viết hoặc bị từ chối")
    grid.choose("Biểu.4", "C")
    clerk.sees("“tuần sau” không phải là ngày; ghi như 05/11/2026.")
    clerk.reads_no_fault()

    address = f"/submission/v1/reports/{setting.report_id}/filings/{version}/export.xlsx"
    page = openpyxl.load_workbook(
        io.BytesIO(succeeded(person(stack, CLERK).get(address)).content)
    ).worksheets[0]
    assert page["C3"].value == datetime(2026, 11, 2)  # noqa: DTZ001 - a workbook knows no zone
