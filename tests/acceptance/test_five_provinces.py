"""The whole cycle under each of the five profiles, in one stack, by people with only their own rights."""

from decimal import Decimal

import pytest

from tests.support.cycle import carry_on, fill_from_workbook, open_regime, read, report_of
from tests.support.people import eventually, refused, succeeded
from tests.support.province import Province, found_province
from tests.support.stack import Stack

PROFILES = ("dong-nai", "dak-lak", "dong-thap", "thanh-hoa", "quang-ngai")
# Row and column of "G13" in the monthly form: the cumulative total of production value.
TOTAL = "G13"


@pytest.fixture(scope="module", params=PROFILES)
def any_province(request: pytest.FixtureRequest, stack: Stack) -> Province:
    return found_province(stack, request.param)


@pytest.mark.requirement("DN-8.2d", "DT-7.3a", "DL-12.3", "TH-9.1", "QN-7.2c", "DN-8.2e")
def test_a_report_goes_from_assignment_to_the_aggregate(any_province: Province) -> None:
    province = any_province
    regime = open_regime(province, "kt-xh-thang.xlsx")
    clerk = province["nhap"]
    report = report_of(clerk, regime)

    assert report["state"] == "assigned"
    assert report["deadline"]["article"], "a deadline names its rule"
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    done = carry_on(province.everyone, report["id"], "accepted")

    accepted = read(province["tong-hop"], report["id"])
    assert accepted["accepted_revision"] == accepted["revision"], done
    assert accepted["number"] and accepted["document_sha256"]
    order = {"regime_id": regime.id, "period": regime.period_key}
    aggregation = succeeded(province["tong-hop"].post("/submission/v1/aggregations", order)).json()
    cells = {cell["a1"]: cell for cell in aggregation["cells"]}
    assert Decimal(cells[TOTAL]["value"]["number"]) == Decimal("1593.3")


@pytest.mark.requirement("QN-11.4", "QN-14.4")
def test_no_province_sees_another(any_province: Province, province: Province) -> None:
    regime = open_regime(any_province, "ho-ngheo-xa.xlsx", "year", "2026")
    report = report_of(any_province["nhap"], regime)

    refused(province["quan-tri"].get(f"/submission/v1/reports/{report['id']}"), 404)
    refused(province["quan-tri"].get(f"/catalog/v1/regimes/{regime.id}"), 404)
    listed = province["quan-tri"].read("/submission/v1/reports", regime_id=regime.id)["items"]
    assert listed == []


@pytest.mark.requirement("DT-16.4", "DL-12.4a", "DT-10.2")
def test_what_a_leader_returns_is_corrected_as_the_next_revision(any_province: Province) -> None:
    province = any_province
    regime = open_regime(province, "kt-xh-thang.xlsx")
    clerk, leader = province["nhap"], province["lanh-dao"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    carry_on([clerk], report["id"], "in_review")

    at_review = read(leader, report["id"])
    path = f"/submission/v1/reports/{report['id']}:return"
    refused(leader.post(path, {"reason": " "}, version=at_review["version"]), 422)
    succeeded(leader.post(path, {"reason": "Xem lại ô F22"}, version=at_review["version"]))
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")

    again = eventually(lambda: read(clerk, report["id"]), "the next revision")
    assert (again["state"], again["revision"]) == ("drafting", 2)
