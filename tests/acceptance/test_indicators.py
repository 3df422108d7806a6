"""Indicators on the running stack: one definition, searched, merged, bound to a form, followed by the aggregate."""

import io
import secrets
from decimal import Decimal
from typing import Any

import pytest
import sdmx

from tests.support.cycle import carry_on, fill_from_workbook, open_regime, report_of
from tests.support.people import Person, eventually, refused, succeeded
from tests.support.province import COMMUNE, NEIGHBOUR, Province, sample_form

HEAD = "Mã,Tên chỉ tiêu,Khái niệm,Phương pháp tính,Đơn vị tính,Lĩnh vực,Tổng hợp theo đơn vị\n"


def table(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows)).encode()


def take(who: Person, data: bytes, **fields: str) -> Any:
    return who.post(
        "/catalog/v1/indicators:import", files={"file": ("chi-tieu.csv", data, "text/csv")}, data=fields
    )


def published(who: Person, code: str, name: str, rule: str = "Cộng") -> dict[str, Any]:
    row = f"{code},{name},Nội dung của {name},Cộng số liệu các xã,Tỷ đồng,Công nghiệp,{rule}"
    succeeded(take(who, table(row), publish="true"))
    found: dict[str, Any] = who.read("/catalog/v1/indicators", q=code)["items"][0]
    return found


@pytest.mark.requirement("TH-14.1đ", "DT-5.2b")
def test_shared_catalogues_are_there_edited_and_never_deleted_while_used(province: Province) -> None:
    admin, clerk = province["quan-tri"], province["nhap"]
    domains = clerk.read("/catalog/v1/shared-entries", kind="domain")["items"]
    assert {"Đất đai, dân số", "Giáo dục"} <= {entry["name"] for entry in domains}

    code = f"DV-{secrets.token_hex(3)}"
    body = {"kind": "measure", "code": code, "name": f"Mô hình {code}"}
    entry = succeeded(admin.post("/catalog/v1/shared-entries", body)).json()
    refused(clerk.post("/catalog/v1/shared-entries", {**body, "code": f"{code}x"}), 403)
    published_with = f"{code},Số mô hình {code},Mô hình đã lập,Đếm,Mô hình {code},Giáo dục,"
    succeeded(take(admin, table(published_with)))

    path = f"/catalog/v1/shared-entries/{entry['id']}"
    refused(admin.send("DELETE", path, version=entry["version"]), 409, "catalog.entry.in_use")
    changed = {"name": f"Mô hình {code}", "retired": True}
    succeeded(admin.send("PUT", path, changed, version=entry["version"]))
    assert [state["retired"] for state in clerk.read(path)["history"]] == [True, False]


@pytest.mark.requirement("DL-4.2c", "DT-4.4", "QN-4.4")
def test_an_indicator_has_one_definition_found_by_everyone_with_and_without_diacritics(
    province: Province,
) -> None:
    admin, clerk = province["quan-tri"], province["nhap"]
    mark = secrets.token_hex(3)
    first = published(admin, f"CN-{mark}", f"Giá trị sản xuất công nghiệp {mark}")
    twin = published(admin, f"CN2-{mark}", f"Giá trị sản xuất công nghiệp {mark} tỉnh")

    for words in (f"GIÁ TRỊ sản xuất {mark}", f"gia tri san xuat {mark}"):
        found = clerk.read("/catalog/v1/indicators", q=words)["items"]
        assert [item["code"] for item in found] == [first["code"], twin["code"]]
    pairs = admin.read("/catalog/v1/indicators/duplicates")["items"]
    assert {first["code"], twin["code"]} in [{pair["one"]["code"], pair["other"]["code"]} for pair in pairs]

    path = f"/catalog/v1/indicators/{twin['id']}"
    refused(clerk.post(f"{path}:merge", {"into": first["id"]}, version=twin["version"]), 403)
    succeeded(admin.post(f"{path}:merge", {"into": first["id"]}, version=twin["version"]))
    assert clerk.read(path)["merged_into_id"] == first["id"]
    assert clerk.read(path)["versions"][0]["name"].endswith("tỉnh")

    version = clerk.read(f"/catalog/v1/indicators/{first['id']}")["version"]
    seen = clerk.read(f"/catalog/v1/indicators/{first['id']}")["versions"][0]
    body = {**seen, "concept": "Khái niệm mới"}
    body = {name: body[name] for name in ("name", "concept", "method", "measure_id", "domain_id")}
    changed = succeeded(
        admin.send("PUT", f"/catalog/v1/indicators/{first['id']}", body, version=version)
    ).json()
    assert [one["published"] for one in changed["versions"]] == [False, True]
    assert clerk.read(f"/catalog/v1/indicators/{first['id']}")["versions"][0]["concept"] != "Khái niệm mới"


@pytest.mark.requirement("DL-4.2c", "TH-14.1đ")
def test_a_table_with_a_fault_is_refused_by_row_and_nothing_of_it_is_kept(province: Province) -> None:
    admin = province["quan-tri"]
    mark = secrets.token_hex(3)
    good = f"T1-{mark},Tốt,x,x,Tỷ đồng,Giáo dục,Cộng"
    problem = refused(
        take(admin, table(good, f"T2-{mark},Sai,x,x,lạng,Giáo dục,Cộng"), publish="true"),
        422,
        "catalog.indicator.import_refused",
    )
    assert [(row["row"], row["column"]) for row in problem["details"]["rows"]] == [(3, "Đơn vị tính")]
    assert admin.read("/catalog/v1/indicators", q=mark)["items"] == []


@pytest.mark.full
@pytest.mark.requirement("DL-13.1b", "DN-8.2e", "DT-7.4", "DT-15.2b")
def test_a_form_bound_to_indicators_tells_what_it_asks_and_is_aggregated_by_their_rules(
    province: Province,
) -> None:
    admin, clerk = province["quan-tri"], province["nhap"]
    mark = secrets.token_hex(3)
    mean = published(admin, f"BQ-{mark}", f"Giá trị bình quân {mark}", "Bình quân")
    draft = _draft_form(admin, mark)
    inputs = [
        c for c in draft["model"]["sheets"][0]["cells"] if c["kind"] == "input" and c["type"] == "number"
    ]
    averaged = inputs[0]["row"]
    bound = succeeded(
        admin.send(
            "PATCH",
            f"/catalog/v1/form-versions/{draft['id']}/indicators",
            {"bindings": [{"row": averaged, "indicator_id": mean["id"]}]},
            version=draft["version"],
        )
    ).json()
    succeeded(admin.post(f"/catalog/v1/form-versions/{draft['id']}:publish", version=bound["version"]))
    (kept,) = clerk.read(f"/catalog/v1/form-versions/{draft['id']}")["model"]["indicators"]
    assert kept["method"] == "Cộng số liệu các xã"

    regime = open_regime(province, "kt-xh-thang.xlsx", form_version_id=draft["id"])
    for who in ("nhap", "xa-2-nhap"):
        report = report_of(province[who], regime)
        fill_from_workbook(province[who], report, regime, "kt-xh-thang-filled.xlsx")
        carry_on(province.everyone, report["id"], "accepted")
    order = {"regime_id": regime.id, "period": regime.period_key}
    made = succeeded(province["tong-hop"].post("/submission/v1/aggregations", order)).json()

    filled = report_of(clerk, regime)
    path = f"/submission/v1/reports/{filled['id']}/filings/{draft['id']}"
    one = {cell["a1"]: _number(cell) for cell in _cells_of(clerk, path)}
    both = {cell["a1"]: _number(cell) for cell in made["cells"]}
    compared = {
        cell["row"]: both[cell["a1"]] / one[cell["a1"]]
        for cell in inputs
        if one.get(cell["a1"]) and both.get(cell["a1"]) is not None
    }
    assert compared.pop(averaged) == 1
    assert set(compared.values()) == {2}


@pytest.mark.requirement("DT-6.4", "TH-12.1", "TH-12.2")
def test_the_lead_agency_sees_gaps_and_double_allocation(province: Province) -> None:
    admin, clerk = province["quan-tri"], province["nhap"]
    regime = open_regime(province, "kt-xh-thang.xlsx")
    path = f"/catalog/v1/regimes/{regime.id}/allocations"
    (form,) = clerk.read(path)["items"]
    first, second = form["rows"][0]["row"], form["rows"][1]["row"]
    here, there = province.units[COMMUNE], province.units[NEIGHBOUR]
    rows = [{"row": first, "unit_ids": [here]}, {"row": second, "unit_ids": [here, there]}]

    refused(clerk.send("PUT", f"{path}/{regime.form_version_id}", {"rows": rows}, version=0), 403)
    succeeded(admin.send("PUT", f"{path}/{regime.form_version_id}", {"rows": rows}, version=0))
    (seen,) = province["tong-hop"].read(path)["items"]
    assert seen["doubles"] == [second]
    assert first not in seen["gaps"] and len(seen["gaps"]) == len(seen["rows"]) - 2

    other = province["xa-2-nhap"]
    filing = f"/submission/v1/reports/{report_of(other, regime)['id']}/filings/{regime.form_version_id}"
    closed = eventually(lambda: other.read(filing)["closed_rows"], "the allocation in submission")
    assert [row["row"] for row in closed] == [first]
    column = next(c["column"] for c in _inputs(clerk, regime.form_version_id) if c["row"] == first)
    saved = succeeded(
        other.send("PATCH", f"{filing}/cells", {"edits": [{"row": first, "column": column, "raw": "1"}]})
    )
    (refused_cell,) = saved.json()["refused"]
    assert refused_cell["code"] == "submission.figure.not_allocated"


@pytest.mark.requirement("DL-4.2c")
def test_indicators_go_out_as_sdmx_structures_and_in_sets(province: Province) -> None:
    admin, clerk = province["quan-tri"], province["nhap"]
    mark = secrets.token_hex(3)
    indicator = published(admin, f"SX-{mark}", f"Sản xuất {mark}")

    message = sdmx.read_sdmx(
        io.BytesIO(succeeded(clerk.get("/catalog/v1/indicators/structures.xml")).content)
    )
    assert message.codelist["CL_INDICATOR"][f"SX-{mark}"].name["vi"] == f"Sản xuất {mark}"
    assert "DSD_INDICATORS" in message.structure

    groups = [{"name": "Kinh tế", "weight": "1", "items": [{"indicator_id": indicator["id"], "weight": "2"}]}]
    body = {"code": f"BO-{mark}", "name": "Bộ chỉ tiêu tháng", "groups": groups}
    made = succeeded(admin.post("/catalog/v1/indicator-sets", body)).json()
    assert clerk.read(f"/catalog/v1/indicator-sets/{made['id']}")["groups"][0]["items"][0]["weight"] == "2"


def _draft_form(who: Person, mark: str) -> dict[str, Any]:
    path = sample_form("kt-xh-thang.xlsx")
    answer = who.post(
        "/catalog/v1/forms",
        files={"file": (path.name, path.read_bytes())},
        data={"name": f"Biểu có chỉ tiêu {mark}", "code": f"CT-{mark}"},
    )
    draft: dict[str, Any] = succeeded(answer).json()["draft"]
    return draft


def _inputs(who: Person, form_version_id: str) -> list[dict[str, Any]]:
    model = who.read(f"/catalog/v1/form-versions/{form_version_id}")["model"]
    return [cell for cell in model["sheets"][0]["cells"] if cell["kind"] == "input"]


def _cells_of(who: Person, path: str) -> list[dict[str, Any]]:
    found = eventually(lambda: who.read(path).get("cells"), "the filing's cells")
    return list(found)


def _number(cell: dict[str, Any]) -> Decimal | None:
    text = (cell["value"] or {}).get("number")
    return None if text is None else Decimal(text)
