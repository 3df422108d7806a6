"""Who is told what, and what leaves the house."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from kit.ids import new_id
from notify.adapters.outside import to_outbox_event
from notify.application.reactions.report_moved import ReportMoved
from notify.domain.message import Kind, MailState, Preference
from notify.domain.report import FormRenewed, Happening
from notify.domain.subscriber import Subscriber

from tests.notify.building import (
    CLERK,
    CLERK_OF_LEAD,
    COMMUNE,
    LEAD,
    LEADER,
    NOW,
    PROVINCE,
    NotifyUnitOfWork,
    a_directory,
    a_writer,
    an_event,
    facts,
)


def _react() -> ReportMoved:
    directory = a_directory()
    return ReportMoved(a_writer(directory), directory)


@pytest.mark.parametrize(
    ("happening", "state", "told"),
    [
        (Happening.ASSIGNED, "assigned", {CLERK: "assigned"}),
        (Happening.SUBMITTED, "in_review", {LEADER: "submitted"}),
        (Happening.RETURNED, "returned", {CLERK: "returned"}),
        (Happening.APPROVED, "approved", {LEADER: "approved", CLERK: "approved"}),
        (Happening.SENT, "sent", {CLERK_OF_LEAD: "sent"}),
        (Happening.ACCEPTED, "accepted", {CLERK: "accepted", LEADER: "accepted"}),
        (Happening.DEADLINE_MOVED, "drafting", {CLERK: "deadline_moved", LEADER: "deadline_moved"}),
        (Happening.TAKEN_IN, "sent", {}),
    ],
)
async def test_those_are_told_whose_turn_it_is_or_who_wait(
    happening: Happening, state: str, told: dict[object, str]
) -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(happening, facts(state=state)), uow)

    assert uow.told() == told


async def test_a_named_leader_is_told_and_no_other() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.SUBMITTED, to_account_id=CLERK_OF_LEAD), uow)

    assert uow.told() == {CLERK_OF_LEAD: "submitted"}


async def test_who_did_it_is_not_told_of_it() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.APPROVED, actor=str(LEADER)), uow)

    assert uow.told() == {CLERK: "approved"}


async def test_the_same_event_twice_is_one_message() -> None:
    uow, event = NotifyUnitOfWork(), an_event(Happening.ASSIGNED)

    await _react()(event, uow)
    await _react()(event, uow)

    assert len(uow.messages.all) == 1


async def test_the_message_names_report_unit_period_deadline_article_and_people() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.ASSIGNED), uow)

    message = uow.messages.all[0]
    for words in (
        "Báo cáo kinh tế - xã hội",
        "tháng 11 năm 2026",
        "Xã Tân An",
        "17 giờ 00 ngày 20/11/2026",
        "Điều 8 khoản 1",
        "Trần Văn Bình (Chủ tịch)",
        "Nguyễn Thị Lan (Công chức văn phòng)",
    ):
        assert words in f"{message.title}\n{message.body}"
    assert message.link.startswith("/bao-cao/")


async def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    uow, midnight = NotifyUnitOfWork(), datetime(2026, 11, 20, 17, 0, tzinfo=UTC)

    await _react()(an_event(Happening.ASSIGNED, facts(due_at=midnight)), uow)

    assert "Hạn gửi: hết ngày 20/11/2026" in uow.messages.all[0].body


RENEWED = FormRenewed("01/KTXH", "Biểu kinh tế", new_id(), 1, 2, ("Diêm nghiệp",), ("Thủy sản",))


async def test_a_newer_version_of_a_form_is_told_with_what_changes_and_what_can_be_done() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.FORM_RENEWED, facts(state="drafting"), renewed=RENEWED), uow)

    assert uow.told() == {CLERK: "form_renewed", LEADER: "form_renewed"}
    message = uow.messages.all[0]
    assert message.title == (
        "Biểu mẫu có phiên bản mới: báo cáo “Báo cáo kinh tế - xã hội”, tháng 11 năm 2026"
    )
    said = message.body.split("\n\n")[0]
    for words in (
        "phiên bản 2 của biểu “Biểu kinh tế”",
        "Báo cáo của Xã Tân An vẫn theo phiên bản 1, số liệu đã nhập còn nguyên.",
        "Dòng có thêm: “Diêm nghiệp”.",
        "Dòng không còn: “Thủy sản”.",
        "chọn “Xem trước khi chuyển”",
    ):
        assert words in said
    assert (message.link, message.mail) == (f"/bao-cao/{message.report_id}", MailState.WANTED)


async def test_whoever_has_a_report_in_review_is_told_that_it_goes_on_in_the_version_it_has() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.FORM_RENEWED, facts(state="in_review"), renewed=RENEWED), uow)

    assert "Muốn theo phiên bản mới thì rút lại hoặc trả lại báo cáo" in uow.messages.all[0].body


async def test_one_version_is_told_once_however_often_its_event_comes_and_mailed_only_as_chosen() -> None:
    uow = NotifyUnitOfWork()
    await uow.preferences.save(Preference(CLERK, mail_off=frozenset({Kind.FORM_RENEWED})))
    for _ in range(2):
        await _react()(an_event(Happening.FORM_RENEWED, facts(state="drafting"), renewed=RENEWED), uow)

    mailed = {message.account_id: message.mail for message in uow.messages.all}
    assert (len(uow.messages.all), mailed) == (2, {CLERK: MailState.OFF, LEADER: MailState.WANTED})

    later = replace(RENEWED, to_version_id=new_id(), to_number=3)
    await _react()(an_event(Happening.FORM_RENEWED, facts(state="drafting"), renewed=later), uow)
    assert len(uow.messages.all) == 4


async def test_a_return_tells_why() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.RETURNED, reason="Sai dòng 3", action="return"), uow)

    assert "bị trả lại" in uow.messages.all[0].title
    assert "Lý do: Sai dòng 3" in uow.messages.all[0].body


async def test_who_switched_mail_off_gets_the_message_in_the_portal_only() -> None:
    uow = NotifyUnitOfWork()
    await uow.preferences.save(Preference(CLERK, mail=False))

    await _react()(an_event(Happening.ASSIGNED), uow)

    assert uow.messages.all[0].mail is MailState.OFF


async def test_open_pages_of_both_units_get_a_hint_without_content() -> None:
    uow = NotifyUnitOfWork()

    await _react()(an_event(Happening.SENT, facts(state="sent", version=9)), uow)

    places = {hint["place"] for hint in uow.hints if "place" in hint}
    assert places == {COMMUNE, LEAD}
    assert {"account": CLERK_OF_LEAD, "kind": "message", "version": 1} in uow.hints


async def test_a_subscriber_hears_of_its_own_province_only_and_what_it_asked_for() -> None:
    uow = NotifyUnitOfWork()
    ours = Subscriber(new_id(), PROVINCE, "ioc", frozenset(), NOW)
    picky = Subscriber(new_id(), PROVINCE, "kho", frozenset({Happening.ACCEPTED}), NOW)
    theirs = Subscriber(new_id(), new_id(), "other", frozenset(), NOW)
    for subscriber in (ours, picky, theirs):
        await uow.subscribers.add(subscriber)

    await _react()(an_event(Happening.SENT, facts(state="sent"), late=True), uow)

    events = [to_outbox_event(event) for event in uow.outbox.pending]
    assert [event.subject for event in events] == ["outside.ioc.report.sent.v1"]
    assert events[0].payload.late
    assert "Xã Tân An" not in str(events[0].payload)
