"""A maintenance is announced in time or as an emergency; while it lasts everybody reads and nobody writes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.support.people import eventually, person, refused, succeeded
from tests.support.province import OPERATOR, Province
from tests.support.stack import Stack

SERVICES = ("identity", "catalog", "submission", "signing", "notify")


def _plan(begins: timedelta, **more: Any) -> dict[str, Any]:
    starts_at = datetime.now(UTC) + begins
    ends_at = starts_at + timedelta(hours=2)
    return {
        "title": "Nâng cấp phần mềm đợt thử",
        "what": "Cài đặt bản mới, khởi động lại các dịch vụ",
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        **more,
    }


@pytest.mark.requirement("DT-20.3", "QN-14.6")
def test_it_is_refused_too_early_and_holds_every_write_until_it_is_ended(
    stack: Stack, province: Province
) -> None:
    admin, clerk, operator = province["quan-tri"], province["nhap"], person(stack, OPERATOR)
    rule = admin.read("/notify/v1/maintenances/notice-rule")
    too_late = refused(
        admin.post("/notify/v1/maintenances", _plan(timedelta(hours=1))),
        409,
        "notify.maintenance.announced_too_late",
    )
    refused(clerk.post("/notify/v1/maintenances", _plan(timedelta(days=20))), 403)
    planned = succeeded(admin.post("/notify/v1/maintenances", _plan(timedelta(days=20)))).json()
    draft = admin.read(f"/notify/v1/maintenances/{planned['id']}/notice")
    urgent = _plan(timedelta(), emergency_reason="Vá lỗ hổng bảo mật đang bị khai thác")
    standing = succeeded(admin.post("/notify/v1/maintenances", urgent)).json()
    try:
        held = [_eventually_held(stack, province, service) for service in SERVICES]
        read = [clerk.get(f"/{service}/v1/tasks").status_code for service in SERVICES]
        shown = clerk.read("/notify/v1/maintenances/standing")["items"]
        public = httpx.get(f"{stack.gateway}/api/notify/v1/public/maintenances", timeout=10).json()["items"]
        elsewhere = operator.post("/identity/v1/provinces", {})
    finally:
        ended = succeeded(
            admin.post(f"/notify/v1/maintenances/{standing['id']}:end", version=standing["version"])
        ).json()
        gone = {"reason": "Hoãn sang quý sau"}
        path = f"/notify/v1/maintenances/{planned['id']}:cancel"
        eventually(lambda: admin.post(path, gone, version=planned["version"]).is_success, "writes go on")

    assert (too_late["rule"], rule["article"]) == ("DT 20.3", "DT 20.3")
    assert too_late["details"]["earliest_at"][:13] == rule["earliest_at"][:13]
    assert "10 giờ làm việc (DT 20.3)" in draft["body"]
    assert all(0 < int(answer.headers["Retry-After"]) <= 7200 for answer in held)
    assert read == [200] * len(SERVICES)
    assert {one["stage"] for one in shown} == {"under_way", "planned"}
    assert any(one["id"] == standing["id"] and province.code in one["place"] for one in public)
    assert elsewhere.status_code == 422, "another province, and who belongs to none, go on"
    assert ended["stage"] == "ended"
    for service in SERVICES:
        eventually(lambda service=service: _write(province, service).status_code != 503, f"{service} goes on")  # type: ignore[misc]


def _eventually_held(stack: Stack, province: Province, service: str) -> httpx.Response:
    def held() -> httpx.Response | None:
        answer = _write(province, service)
        return answer if answer.status_code == 503 else None

    answer = eventually(held, f"{service} holds writes")
    refused(answer, 503, "kit.maintenance.under_way")
    return answer


def _write(province: Province, service: str) -> httpx.Response:
    """Nowhere in particular: the refusal comes before the address is looked at."""
    return province["nhap"].post(f"/{service}/v1/nowhere")
