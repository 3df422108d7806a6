"""One trace id from the gateway to whoever was told in the end."""

import httpx
import pytest
from kit.telemetry.statements import SHARE, carries_all

from tests.support.cycle import Regime, act, carry_on, fill_from_workbook, read, report_of
from tests.support.people import eventually, succeeded
from tests.support.province import Province
from tests.support.stack import Stack

ON_THE_WAY = {"gateway", "submission", "signing", "notify"}


@pytest.mark.requirement("DL-9.3c", "DT-14.3b")
def test_one_trace_leads_from_the_gateway_through_services_sql_and_events(
    stack: Stack, province: Province, regime: Regime
) -> None:
    clerk, leader = province["nhap"], province["lanh-dao"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    act(clerk, report["id"], "submit")
    carry_on([leader], report["id"], "figures_approved")
    now = read(leader, report["id"])
    approved = succeeded(
        leader.post(f"/submission/v1/reports/{report['id']}:approve", {}, version=now["version"])
    )

    trace_id = approved.headers["x-trace-id"]
    told: set[str] = set()

    def whole() -> list[dict[str, str]]:
        spans = spans_of(stack, trace_id)
        told.update(span["service"] for span in spans)
        return spans if told >= ON_THE_WAY else []

    eventually(whole, lambda: f"in one trace: {ON_THE_WAY - told}", 60)


def test_a_trace_of_the_share_carries_the_statements(
    stack: Stack, province: Province, regime: Regime
) -> None:
    clerk = province["nhap"]
    report = report_of(clerk, regime)

    def carried() -> str | None:
        """One in ten of these does."""
        answer = clerk.get(f"/submission/v1/reports/{report['id']}")
        trace_id: str = answer.headers["x-trace-id"]
        return trace_id if carries_all(int(trace_id, 16), SHARE) else None

    trace_id = eventually(carried, "a trace of the share", 60)

    def statements() -> set[str]:
        return {span["name"] for span in spans_of(stack, trace_id) if span["service"] == "submission"} & {
            "SELECT"
        }

    eventually(statements, "its statements", 60)


def test_no_trace_keeps_what_a_person_searched_for(stack: Stack, province: Province) -> None:
    answer = succeeded(province["nhap"].get("/submission/v1/search", q="Nguyễn Thị Hoa"))
    trace_id = answer.headers["x-trace-id"]

    def told() -> list[dict[str, str]]:
        spans = spans_of(stack, trace_id)
        return spans if {"gateway", "submission"} <= {span["service"] for span in spans} else []

    spans = eventually(told, "the spans of the search", 60)
    assert "/api/submission/v1/search" in str(spans)
    assert "Hoa" not in str(spans)


def spans_of(stack: Stack, trace_id: str) -> list[dict[str, str]]:
    """What has been told of the trace so far."""
    answer = httpx.get(f"{stack.facts['traces']}/traces/{trace_id}", timeout=10)
    spans: list[dict[str, str]] = answer.json()["spans"] if answer.is_success else []
    return spans
