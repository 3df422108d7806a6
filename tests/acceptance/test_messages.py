"""People are told what concerns them: in the portal at once, by e-mail, in Vietnamese."""

import json
import threading
import time
from typing import Any

import httpx
import pytest

from tests.support.cycle import Regime, act, fill_from_workbook, report_of
from tests.support.people import Person, eventually, succeeded
from tests.support.province import Province
from tests.support.stack import Stack
from tests.support.versions import publish_newer


def _message(who: Person, kind: str, report_id: str) -> dict[str, Any] | None:
    items = who.read("/notify/v1/messages", limit=200)["items"]
    found = [each for each in items if each["kind"] == kind and each["report_id"] == report_id]
    assert len(found) <= 1, found
    return found[0] if found else None


def _mails(stack: Stack, address: str) -> list[dict[str, Any]]:
    answer = httpx.get(f"{stack.facts['smtp_inbox']}/messages", params={"to": address}, timeout=10)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.requirement("TH-14.5", "DN-13.5")
def test_an_assignment_and_a_submission_are_told_in_the_portal_and_by_mail(
    stack: Stack, province: Province, regime: Regime
) -> None:
    clerk, leader = province["nhap"], province["lanh-dao"]
    report = report_of(clerk, regime)
    assigned = eventually(lambda: _message(clerk, "assigned", report["id"]), "the clerk told of it")
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    act(clerk, report["id"], "submit")
    submitted = eventually(lambda: _message(leader, "submitted", report["id"]), "the leader told of it")

    address = f"{province.code}.nhap@example.vn"
    eventually(
        lambda: [mail for mail in _mails(stack, address) if report["id"] in mail["text"]],
        "the clerk's e-mail of this report",
        60,
    )

    assert "Xã Một" in assigned["body"]
    assert "Tình hình kinh tế - xã hội" in assigned["title"]
    assert "Hạn gửi: " in assigned["body"]
    assert assigned["link"] == submitted["link"] == f"/bao-cao/{report['id']}"
    assert _message(clerk, "submitted", report["id"]) is None


@pytest.mark.requirement("DL-11.2", "DL-14.4")
def test_units_with_open_reports_are_told_of_a_newer_version_of_their_form(
    stack: Stack, province: Province, regime: Regime
) -> None:
    clerk, admin = province["nhap"], province["quan-tri"]
    report = report_of(clerk, regime)
    form_id = admin.read(f"/catalog/v1/form-versions/{regime.form_version_id}")["form_id"]
    newer = {"form_version_id": publish_newer(admin, form_id)["id"]}
    path = f"/catalog/v1/regimes/{regime.id}"
    succeeded(admin.post(f"{path}:take-version", newer, version=admin.read(path)["version"]))

    told = eventually(lambda: _message(clerk, "form_renewed", report["id"]), "the clerk told of it")

    assert "phiên bản 2 của biểu" in told["body"]
    assert "Dòng có thêm: “Diêm nghiệp”." in told["body"]
    assert "Dòng không còn: “Thủy sản”." in told["body"]
    assert told["link"] == f"/bao-cao/{report['id']}"
    address = f"{province.code}.nhap@example.vn"
    eventually(
        lambda: [
            mail
            for mail in _mails(stack, address)
            if report["id"] in mail["text"] and "Diêm nghiệp" in mail["text"]
        ],
        "the clerk's e-mail of it",
        60,
    )


def test_a_return_says_who_why_and_what_to_do(province: Province, regime: Regime) -> None:
    clerk, leader = province["nhap"], province["lanh-dao"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    act(clerk, report["id"], "submit")
    act(leader, report["id"], "return", reason="Kiểm tra lại chỉ tiêu thu ngân sách")

    returned = eventually(lambda: _message(clerk, "returned", report["id"]), "the clerk told of the return")
    read = succeeded(clerk.post(f"/notify/v1/messages/{returned['id']}:read")).json()

    assert "Kiểm tra lại chỉ tiêu thu ngân sách" in returned["body"]
    assert read["read_at"] is not None


def test_an_open_page_gets_a_hint_within_seconds(province: Province, regime: Regime) -> None:
    clerk = province["nhap"]
    report = report_of(clerk, regime)
    hints: list[dict[str, Any]] = []
    opened = threading.Event()

    def follow() -> None:
        with clerk.http.stream("GET", "/api/notify/v1/stream", timeout=30) as answer:
            opened.set()
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    hints.append(json.loads(line[6:]))
                if any(hint["id"] == report["id"] for hint in hints):
                    return

    following = threading.Thread(target=follow, daemon=True)
    following.start()
    assert opened.wait(15)
    time.sleep(1)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    act(clerk, report["id"], "submit")
    following.join(15)

    hint = next(each for each in hints if each["id"] == report["id"])
    assert set(hint) == {"kind", "id", "version"}
