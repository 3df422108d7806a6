from datetime import datetime, timedelta

import pytest
from kit.actor import Actor
from kit.errors import NotPermitted
from notify.application.commands.keep_inbox import KeepInbox
from notify.application.commands.keep_subscribers import KeepSubscribers
from notify.application.commands.remind import RemindHandler
from notify.application.commands.send_mail import SendMailHandler
from notify.application.reactions.report_moved import ReportMoved
from notify.domain.errors import EventUnknown, MessageUnknown, SubscriberNameInvalid, SubscriberNameTaken
from notify.domain.message import MAIL_TRIES, MailState
from notify.domain.reminder import Stage, stage_at
from notify.domain.report import Happening

from tests.notify.building import (
    ADMIN,
    CLERK,
    DUE,
    LEADER,
    NOW,
    FakeMailer,
    NotifyUnitOfWork,
    a_directory,
    a_writer,
    an_event,
    facts,
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def _one_message() -> NotifyUnitOfWork:
    uow, directory = NotifyUnitOfWork(), a_directory()
    await ReportMoved(a_writer(directory), directory)(an_event(Happening.ASSIGNED), uow)
    return uow


async def test_mail_that_fails_is_tried_again_later_and_then_sent_once() -> None:
    uow, clock, mailer = await _one_message(), Clock(), FakeMailer(failures=2)
    send = SendMailHandler(uow, mailer, a_directory(), clock)

    first = await send()
    at_once = await send()
    for _ in range(4):
        clock.now += timedelta(minutes=5)
        await send()

    assert (first, at_once, len(mailer.sent)) == (0, 0, 1)
    assert uow.messages.all[0].mail is MailState.SENT


async def test_mail_is_given_up_after_its_tries() -> None:
    uow, clock = await _one_message(), Clock()
    send = SendMailHandler(uow, FakeMailer(failures=1000), a_directory(), clock)
    for _ in range(40):
        clock.now += timedelta(hours=2)
        await send()

    message = uow.messages.all[0]
    assert (message.mail, message.mail_tries) == (MailState.FAILED, MAIL_TRIES)


async def test_a_refused_address_is_not_tried_again() -> None:
    uow, directory = await _one_message(), a_directory()
    mailer = FakeMailer(refused=(directory.accounts[CLERK].email,))

    await SendMailHandler(uow, mailer, directory, lambda: NOW)()

    assert (uow.messages.all[0].mail, uow.messages.all[0].mail_tries) == (MailState.FAILED, 1)


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        (timedelta(days=4), None),
        (timedelta(days=3), Stage.THREE_DAYS),
        (timedelta(hours=23), Stage.ONE_DAY),
        (timedelta(minutes=90), Stage.TWO_HOURS),
        (timedelta(0), Stage.OVERDUE),
        (timedelta(days=-1), Stage.OVERDUE),
        (timedelta(days=-3), None),
    ],
)
def test_the_most_urgent_stage_counts(before: timedelta, stage: Stage | None) -> None:
    assert stage_at(DUE - before, DUE) is stage


async def test_each_stage_of_a_deadline_is_told_once_and_a_sent_report_is_left_alone() -> None:
    uow, directory, clock = NotifyUnitOfWork(), a_directory(), Clock()
    remind = RemindHandler(uow, a_writer(directory), directory, clock)
    await uow.reports.keep(facts())
    told = []
    for before in (timedelta(days=2), timedelta(days=2), timedelta(hours=20), timedelta(hours=1)):
        clock.now = DUE - before
        told.append(await remind())
    await uow.reports.keep(facts(state="sent", version=2))
    clock.now = DUE + timedelta(hours=1)
    told.append(await remind())

    assert told == [1, 0, 2, 2, 0]
    assert set(uow.told().values()) == {"deadline_near"}


async def test_a_moved_deadline_is_told_anew() -> None:
    uow, directory, clock = NotifyUnitOfWork(), a_directory(), Clock()
    remind = RemindHandler(uow, a_writer(directory), directory, clock)
    await uow.reports.keep(facts())
    clock.now = DUE - timedelta(days=2)
    first = await remind()
    await uow.reports.keep(facts(due_at=DUE + timedelta(hours=8), version=2))
    second = await remind()

    assert (first, second) == (1, 1)


async def test_one_reads_only_ones_own_messages() -> None:
    uow = await _one_message()
    inbox = KeepInbox(uow, lambda: NOW)
    message = uow.messages.all[0]

    with pytest.raises(MessageUnknown):
        await inbox.read(message.id, Actor.account(LEADER))
    read = await inbox.read(message.id, Actor.account(CLERK))

    assert read.read_at == NOW


async def test_only_the_provinces_administrator_adds_subscribers_and_names_are_unique() -> None:
    uow = NotifyUnitOfWork()
    keep = KeepSubscribers(uow, a_directory(), lambda: NOW)
    admin = Actor.account(ADMIN)

    with pytest.raises(NotPermitted):
        await keep.add(Actor.account(CLERK), "ioc", [])
    added = await keep.add(admin, "ioc", ["sent"])
    with pytest.raises(SubscriberNameTaken):
        await keep.add(admin, "ioc", [])
    with pytest.raises(SubscriberNameInvalid):
        await keep.add(admin, "Ioc.*", [])
    with pytest.raises(EventUnknown):
        await keep.add(admin, "kho", ["deleted"])

    assert [entry.act for entry in uow.audit.entries] == ["added"]
    assert await keep.of_province(admin) == [added]
