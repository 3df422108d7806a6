"""Parts that die in the middle of a cycle: nothing lost, nothing twice, and people are told in words."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from reporting_demo.login import LoginFailed

from tests.support.cycle import Regime, act, carry_on, fill_from_workbook, open_regime, read, report_of
from tests.support.login import sign_in
from tests.support.people import Person, eventually, refused, succeeded
from tests.support.processes import kill, pid_of, restart, stopped
from tests.support.province import Province
from tests.support.stack import Stack

SERVICES = ("identity", "catalog", "submission", "signing", "notify")


def filled_report(province: Province, regime: Regime) -> dict[str, object]:
    clerk = province["nhap"]
    report = report_of(clerk, regime)
    fill_from_workbook(clerk, report, regime, "kt-xh-thang-filled.xlsx")
    return report


def history(who: Person, report_id: object) -> list[str]:
    return [act["action"] for act in who.read(f"/submission/v1/reports/{report_id}/history")["items"]]


@pytest.mark.requirement("DL-4.2b", "DT-20.2")
@pytest.mark.parametrize("part", ["submission", *(pytest.param(p, marks=pytest.mark.full) for p in SERVICES)])
def test_a_service_killed_in_a_cycle_comes_back_and_loses_nothing(
    part: str, stack: Stack, province: Province, regime: Regime
) -> None:
    report = filled_report(province, regime)
    died = kill(stack, part)
    done = carry_on_through_trouble(province, str(report["id"]), "accepted")
    reborn = eventually(lambda: pid_of(stack, part), f"{part} back", 60)

    assert reborn != died
    acts = history(province["tong-hop"], report["id"])
    assert len([a for a in acts if a == "send"]) == 1, (acts, done)
    assert read(province["tong-hop"], str(report["id"]))["state"] == "accepted"


def carry_on_through_trouble(province: Province, report_id: str, until: str) -> list[str]:
    """A person who sees "try again" tries again."""
    ends_at = time.monotonic() + 150
    while True:
        try:
            return carry_on(province.everyone, report_id, until)
        except (AssertionError, OSError) as trouble:
            if time.monotonic() > ends_at:
                raise AssertionError("the cycle did not go on") from trouble
            time.sleep(1)


@pytest.mark.requirement("DT-20.2")
def test_with_the_bus_down_work_goes_on_and_events_arrive_later(
    stack: Stack, province: Province, regime: Regime
) -> None:
    report = filled_report(province, regime)
    with stopped(stack, "nats"):
        submitted = act(province["nhap"], str(report["id"]), "submit")
        assert submitted["state"] == "in_review"

    def told() -> bool:
        messages = province["lanh-dao"].read("/notify/v1/messages", limit=100)["items"]
        return any(str(report["id"]) in str(message) for message in messages)

    eventually(told, "the leader's message after the bus is back", 90)


@pytest.mark.full
@pytest.mark.requirement("DT-20.2")
def test_after_a_restart_of_the_database_everything_is_where_it_was(
    stack: Stack, province: Province, regime: Regime
) -> None:
    report = filled_report(province, regime)
    before = read(province["nhap"], str(report["id"]))
    restart(stack, "postgres")
    eventually(
        lambda: province["nhap"].get(f"/submission/v1/reports/{report['id']}").is_success, "answers again", 90
    )

    after = read(province["nhap"], str(report["id"]))
    assert (after["version"], after["last_edit"]) == (before["version"], before["last_edit"])
    carry_on_through_trouble(province, str(report["id"]), "accepted")


@pytest.mark.full
@pytest.mark.requirement("DT-20.2")
def test_after_a_restart_of_the_database_nobody_is_told_that_their_password_is_wrong(stack: Stack) -> None:
    with ThreadPoolExecutor(4) as people:  # so that Keycloak holds several connections
        list(people.map(lambda _: signs_in(stack), range(8)))
    restart(stack, "postgres")
    identity = stack.facts["services"]["identity"]["metrics"]
    eventually(lambda: httpx.get(f"{identity}/readyz").is_success, "the database is back", 60)

    assert [signs_in(stack) for _ in range(6)] == [True] * 6


@pytest.mark.full
@pytest.mark.requirement("DT-20.2")
def test_while_the_database_is_down_the_refusal_says_so_in_words(stack: Stack, province: Province) -> None:
    with stopped(stack, "postgres"):
        problem = refused(province["nhap"].get("/submission/v1/tasks"), 503)
        assert "thử lại" in (problem["remedy"] or "").lower()
    eventually(lambda: province["nhap"].get("/submission/v1/tasks").is_success, "answers again", 90)


@pytest.mark.full
def test_with_keycloak_down_people_signed_in_go_on_and_nobody_new_gets_in(
    stack: Stack, province: Province, regime: Regime
) -> None:
    report = filled_report(province, regime)
    with stopped(stack, "keycloak"):
        done = carry_on(province.everyone, str(report["id"]), "sent")
        assert done
        with pytest.raises(LoginFailed):
            sign_in(stack, province["nhap"].username, "any")
    eventually(lambda: signs_in(stack), "sign-in works again", 120)


def signs_in(stack: Stack) -> bool:
    operator = stack.account("van-hanh")
    try:
        sign_in(stack, "van-hanh", str(operator["password"]))
    except LoginFailed:
        return False
    return True


@pytest.mark.requirement("DN-5.2")
def test_the_same_request_sent_three_times_has_one_effect(province: Province) -> None:
    regime = open_regime(province, "kt-xh-thang.xlsx")
    report = filled_report(province, regime)
    clerk = province["nhap"]
    now = read(clerk, str(report["id"]))
    path, body = f"/submission/v1/reports/{report['id']}:submit", {"last_edit": now["last_edit"]}
    answers = [
        clerk.post(path, body, version=now["version"], key="0192f0c0-0000-7000-8000-000000000001")
        for _ in range(3)
    ]

    assert [succeeded(answer).json() for answer in answers] == [answers[0].json()] * 3
    refused(
        clerk.post(
            path, {"last_edit": 0}, version=now["version"], key="0192f0c0-0000-7000-8000-000000000001"
        ),
        422,
    )
