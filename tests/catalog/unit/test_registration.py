"""The registration's table under the five texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from catalog.domain.registration import (
    TRANSITIONS,
    Action,
    Asked,
    FormRegistration,
    Notice,
    Party,
    State,
    Step,
    Workbook,
    waits_for,
)
from catalog.domain.registration_errors import NoticeMissing, StepNotNow
from province_profile import Registration, load_profiles

PROFILES = load_profiles(Path(__file__).resolve().parents[3] / "profiles")
TODAY = date(2026, 11, 25)
ASKED = Asked("Biểu", "QĐ 1", "Các xã", "Ngày 18", "Phòng Tổng hợp", "Giám đốc", "figures")


def rules_of(province: str) -> Registration:
    return PROFILES.in_force_on(province, TODAY).registration


def a_step(action: Action, reason: str = "") -> Step:
    return Step(action, datetime(2026, 11, 25, tzinfo=UTC), UUID(int=1), "Nguyễn Văn A", reason)


def a_registration(rules: Registration, state: State = State.SENT) -> FormRegistration:
    sent = FormRegistration.send(
        UUID(int=9), province_id=UUID(int=2), owner_unit_id=UUID(int=3), lead_unit_id=UUID(int=4), asked=ASKED,
        workbook=Workbook("a.xlsx", "0" * 64, 1), step=a_step(Action.SEND), rules=rules,
    )  # fmt: skip
    sent.state = state
    return sent


@pytest.mark.requirement("DN-8.2b", "DT-7.1")
@pytest.mark.parametrize("province", ["dong-nai", "dong-thap"])
def test_where_the_text_has_a_notice_the_lead_agency_assigns_only_after_it(province: str) -> None:
    rules = rules_of(province)
    registration = a_registration(rules, State.PUBLISHED)
    with pytest.raises(StepNotNow):
        registration.assign(UUID(int=7), a_step(Action.ASSIGN), rules)
    with pytest.raises(NoticeMissing):
        registration.announce(Notice(" ", TODAY), a_step(Action.ANNOUNCE), rules)
    registration.announce(Notice("15/TB-STTTT", TODAY), a_step(Action.ANNOUNCE), rules)
    assert waits_for(registration.state, rules) is Party.LEAD
    registration.assign(UUID(int=7), a_step(Action.ASSIGN), rules)
    assert (registration.state, waits_for(registration.state, rules)) == (State.ASSIGNED, None)


@pytest.mark.parametrize("province", ["dak-lak", "quang-ngai", "thanh-hoa"])
def test_where_the_text_has_no_notice_publishing_ends_it(province: str) -> None:
    rules = rules_of(province)
    registration = a_registration(rules, State.PUBLISHED)
    assert waits_for(registration.state, rules) is None
    with pytest.raises(StepNotNow) as refused:
        registration.announce(Notice("1", TODAY), a_step(Action.ANNOUNCE), rules)
    assert refused.value.details["possible"] == []


def test_the_designer_is_the_lead_agency_where_the_text_says_so() -> None:
    assert {key: rules_of(key).designer.place for key in PROFILES.keys()} == {  # noqa: SIM118
        "dak-lak": "province",
        "dong-nai": "province",
        "dong-thap": "lead_unit",
        "quang-ngai": "province",
        "thanh-hoa": "province",
    }


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_what_the_table_doesn_t_offer_is_refused_and_changes_nothing(state: State, action: Action) -> None:
    rules = rules_of("dong-nai")
    row = TRANSITIONS.get((state, action))
    registration = a_registration(rules, state)
    if row is not None and not row.unless:
        registration.move(a_step(action, "lý do"), rules)
        assert (registration.state, registration.version) == (row.to, 2)
        return
    with pytest.raises(StepNotNow):
        registration.move(a_step(action, "lý do"), rules)
    assert (registration.state, registration.version) == (state, 1)
