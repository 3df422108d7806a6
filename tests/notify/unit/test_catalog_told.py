"""Who hears of a form's registration and of the days for announcing a regime."""

from datetime import date
from typing import Any

import pytest
from kit.ids import new_id
from notify.application.reactions.catalog_told import (
    AnnouncementDays,
    AnnouncementDue,
    RegistrationMoved,
    RegistrationStep,
)

from tests.notify.building import (
    ADMIN,
    CLERK_OF_LEAD,
    COMMUNE,
    LEAD,
    LEADER,
    PROVINCE,
    NotifyUnitOfWork,
    a_directory,
    a_grant,
    a_writer,
)


def a_step(**more: Any) -> RegistrationStep:
    told: dict[str, Any] = {
        "event_id": new_id(),
        "registration_id": new_id(),
        "province_id": PROVINCE,
        "form_name": "Biểu kinh tế - xã hội",
        "owner_unit_id": LEAD,
        "next_unit_id": COMMUNE,
        "right": "approve",
        "action": "hand_over",
        "reason": "",
        "notice_number": "",
        "actor": str(ADMIN),
        "actor_name": "Quản trị",
    }
    return RegistrationStep(**(told | more))


def react() -> RegistrationMoved:
    directory = a_directory()
    directory.grants.append(a_grant(CLERK_OF_LEAD, "regime_owner", LEAD))
    return RegistrationMoved(a_writer(directory), directory)


@pytest.mark.requirement("DN-8.2b")
async def test_those_whose_turn_it_is_and_the_owner_are_told_of_a_step_of_a_registration() -> None:
    uow = NotifyUnitOfWork()
    step = a_step(action="announce", notice_number="15/TB-STTTT")

    await react()(step, uow)

    assert uow.told() == {LEADER: "registration_moved", CLERK_OF_LEAD: "registration_moved"}
    bodies = {message.account_id: message.body for message in uow.messages.all}
    assert "15/TB-STTTT" in bodies[CLERK_OF_LEAD]
    assert "bước tiếp theo" in bodies[LEADER]
    assert "bước tiếp theo" not in bodies[CLERK_OF_LEAD]
    assert {message.link for message in uow.messages.all} == {f"/dang-ky/{step.registration_id}"}


async def test_who_took_the_step_is_not_told_and_a_return_says_why() -> None:
    uow = NotifyUnitOfWork()

    await react()(a_step(action="return", reason="Thiếu cột", actor=str(LEADER)), uow)

    assert uow.told() == {CLERK_OF_LEAD: "registration_moved"}
    assert "Thiếu cột" in uow.messages.all[0].body


@pytest.mark.requirement("DN-13.3")
@pytest.mark.parametrize(("days", "title"), [(5, "Còn 5 ngày làm việc"), (-1, "Quá hạn công bố")])
async def test_the_province_s_office_is_told_that_the_days_for_announcing_run_out(
    days: int, title: str
) -> None:
    uow, directory = NotifyUnitOfWork(), a_directory()
    told = AnnouncementDays(new_id(), new_id(), PROVINCE, "Báo cáo tháng", date(2026, 12, 1), days, "DN 13.3")

    await AnnouncementDue(a_writer(directory), directory)(told, uow)

    assert uow.told() == {ADMIN: "announcement_due"}
    assert uow.messages.all[0].title.startswith(title)
    assert "01/12/2026" in uow.messages.all[0].body
