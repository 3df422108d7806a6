"""Tables of indicators go out and come in, through the API."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.catalog.integration.conftest import Running
from tests.catalog.integration.indicating import published


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_a_table_goes_out_and_comes_back_the_same(catalog: Running, form: str) -> None:
    designer = catalog.by(catalog.here.designer)
    await published(designer, "HO", "=Tổng số hộ")
    weight = (await designer.get("/indicators", q="tổng số hộ")).json()["items"][0]["id"]
    await published(
        designer,
        "TL",
        "Tỷ lệ hộ nghèo",
        over_units={"rule": "weighted_mean", "weight_id": weight},
        time_kind="rate",
        over_time="last",
        precision=2,
    )
    out = await designer.get(f"/indicators/table.{form}")

    back = await designer.upload("/indicators:import", f"bang.{form}", out.content)

    assert out.status_code == 200
    assert back.status_code == 200, back.text
    assert (back.json()["unchanged"], back.json()["changed"]) == (["HO", "TL"], [])
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(out.content)).worksheets[0]
        assert (sheet["B2"].value, sheet["B2"].data_type) == ("=Tổng số hộ", "s")
    else:
        assert "'=Tổng số hộ" in out.content.decode()


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ")
async def test_a_table_with_faults_is_refused_whole_and_each_fault_told_by_its_row(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    table = (
        "Mã,Tên chỉ tiêu,Khái niệm,Phương pháp tính,Đơn vị tính,Lĩnh vực,Tổng hợp theo đơn vị,Trọng số\n"
        "A1,Tổng số hộ,Hộ dân cư,Đếm,hộ,Mức sống dân cư,cộng,\n"
        "A2,Tỷ lệ hộ nghèo,Tỷ lệ,Chia,%,muc song dan cu,Bình quân gia quyền,A1\n"
    )
    broken = (
        table
        + "A3,,x,x,hộ,01,,\nA4,Sai đơn vị,x,x,lạng,01,,\nA1,Trùng,x,x,hộ,01,,\nA5,Thiếu,x,x,hộ,01,Bình quân gia quyền,\n"
    )

    dry = await designer.upload("/indicators:import", "b.csv", table.encode(), dry_run="true", publish="true")
    nothing = (await designer.get("/indicators")).json()["items"]
    refused = await designer.upload("/indicators:import", "b.csv", broken.encode())
    still_nothing = (await designer.get("/indicators")).json()["items"]
    taken = await designer.upload("/indicators:import", "b.csv", table.encode(), publish="true")
    listed = (await designer.get("/indicators")).json()["items"]

    assert (dry.json()["registered"], dry.json()["published"]) == (["A1", "A2"], 2)
    assert nothing == still_nothing == []
    assert refused.status_code == 422
    assert {(row["row"], row["column"]) for row in refused.json()["details"]["rows"]} == {
        (2, "Mã"), (4, "Tên chỉ tiêu"), (5, "Đơn vị tính"), (6, "Mã"), (7, "Tổng hợp theo đơn vị"),
    }  # fmt: skip
    assert taken.json()["published"] == 2
    assert [(item["code"], item["measure"]) for item in listed] == [("A1", "Hộ"), ("A2", "Phần trăm")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("b.pdf", b"x", "catalog.table.wrong"),
        ("b.csv", "Mã;Tên\n".encode("utf-16"), "catalog.table.wrong"),
        ("b.csv", b"a,b\n1,2\n", "catalog.table.wrong"),
        ("b.xlsx", b"PK not a workbook", "forms.file.not_xlsx"),
    ],
)
async def test_a_file_that_is_no_such_table_is_refused(
    catalog: Running, name: str, data: bytes, code: str
) -> None:
    designer = catalog.by(catalog.here.designer)

    refused = await designer.upload("/indicators:import", name, data)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
