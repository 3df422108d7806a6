"""A maintenance is announced as early as the province's text demands, or as an emergency with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from kit.actor import Actor
from kit.clock import VIETNAM
from kit.errors import DomainError, NotPermitted
from notify.adapters.words import Templates
from notify.application.commands.keep_maintenance import KeepMaintenance
from notify.domain.maintenance import Announced, Document, Ended, Plan, Stage
from notify.domain.notice import CalendarTooShort, WorkingTime, earliest_start
from province_profile import MaintenanceNotice, load_profiles

from tests.notify.building import ADMIN, CLERK, PROVINCE, NotifyUnitOfWork, a_directory

PROFILES = load_profiles(Path(__file__).parents[3] / "profiles")
# Thursday, 26 November 2026: Monday is the next working day after the week's end.
THURSDAY = date(2026, 11, 26)
WEEK = [date(2026, 11, day) for day in (26, 27, 30)]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@dataclass
class Weekdays:
    """Days off are Saturdays, Sundays and those named."""

    off: Sequence[date] = ()

    async def working_days(self, province_id: UUID, first: date, last: date) -> list[date]:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if day.weekday() < 5 and day not in self.off]


@dataclass
class Desk:
    profile: str = "dong-thap"
    now: datetime = field(default_factory=lambda: at(26, 16))
    calendar: Weekdays = field(default_factory=Weekdays)
    uow: NotifyUnitOfWork = field(default_factory=NotifyUnitOfWork)

    @property
    def keep(self) -> KeepMaintenance:
        directory = a_directory()
        directory.places[PROVINCE] = replace(directory.places[PROVINCE], profile=self.profile)
        return KeepMaintenance(self.uow, directory, PROFILES, self.calendar, Templates(), lambda: self.now)


def a_plan(starts_at: datetime, **more: str) -> Plan:
    return Plan("Nâng cấp phần mềm", "Cài đặt bản mới", starts_at, starts_at + timedelta(hours=2), **more)


@pytest.mark.parametrize(
    ("announced", "earliest"),
    [
        (at(26, 7), at(27, 9)),
        # One hour is left of Thursday, eight of Friday, the last one is Monday's.
        (at(26, 16), at(30, 8)),
        (at(26, 12), at(27, 15, 30)),
        (at(28, 9), None),
    ],
)
def test_working_hours_are_counted_in_the_hours_and_on_the_days_that_are_worked(
    announced: datetime, earliest: datetime | None
) -> None:
    rules = PROFILES.in_force_on("dong-thap", THURSDAY).operations
    time_worked = WorkingTime(rules.working_hours, WEEK)

    if earliest is None:
        with pytest.raises(CalendarTooShort):
            earliest_start(announced, rules.maintenance_notice, time_worked)
    else:
        assert earliest_start(announced, rules.maintenance_notice, time_worked) == earliest


def test_hours_of_the_clock_go_on_at_night() -> None:
    rules = PROFILES.in_force_on("quang-ngai", THURSDAY).operations
    notice: MaintenanceNotice = rules.maintenance_notice

    assert (notice.hours, notice.article) == (24, "QN 14.6")
    assert earliest_start(at(26, 16), notice, WorkingTime(rules.working_hours, [])) == at(27, 16)


async def test_a_holiday_puts_the_earliest_moment_off() -> None:
    desk = Desk(calendar=Weekdays(off=[date(2026, 11, 27)]))

    rule = await desk.keep.rule(Actor.account(ADMIN))

    assert (rule.earliest_at, rule.words, rule.article) == (
        datetime(2026, 12, 1, 8, tzinfo=VIETNAM),
        "10 giờ làm việc",
        "DT 20.3",
    )


async def test_announced_too_late_it_is_refused_with_article_and_the_earliest_moment() -> None:
    desk = Desk()

    with pytest.raises(DomainError) as refused:
        await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 7)))
    announced = await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 8)))

    assert refused.value.code == "notify.maintenance.announced_too_late"
    assert refused.value.rule == "DT 20.3"
    assert "08 giờ 00 ngày 30/11/2026" in refused.value.message
    assert refused.value.details["earliest_at"] == at(30, 8).isoformat()
    assert desk.uow.outbox.events == [Announced(announced)]


async def test_an_emergency_begins_at_once_and_says_why() -> None:
    desk = Desk()

    with pytest.raises(DomainError) as refused:
        await desk.keep.announce(Actor.account(ADMIN), a_plan(desk.now, emergency_reason="gấp"))
    announced = await desk.keep.announce(
        Actor.account(ADMIN), a_plan(desk.now, emergency_reason="Vá lỗ hổng bảo mật nghiêm trọng")
    )

    assert refused.value.code == "notify.maintenance.reason_too_short"
    assert announced.stage(desk.now) is Stage.UNDER_WAY


async def test_two_of_one_province_never_overlap() -> None:
    desk = Desk()
    await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 8)))

    with pytest.raises(DomainError) as refused:
        await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 9)))
    await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 10)))

    assert refused.value.code == "notify.maintenance.overlaps"


async def test_only_one_under_way_is_ended_and_only_a_planned_one_given_up() -> None:
    desk = Desk()
    first = await desk.keep.announce(Actor.account(ADMIN), a_plan(at(30, 8)))
    with pytest.raises(DomainError) as not_yet:
        await desk.keep.end(Actor.account(ADMIN), first.id, first.version)
    desk.now = at(30, 9)
    with pytest.raises(DomainError) as too_late:
        await desk.keep.cancel(Actor.account(ADMIN), first.id, first.version, "Hoãn sang tuần sau")
    ended = await desk.keep.end(Actor.account(ADMIN), first.id, first.version)

    assert not_yet.value.code == "notify.maintenance.not_under_way"
    assert too_late.value.code == "notify.maintenance.not_planned"
    assert (ended.stage(desk.now), ended.ends_at) == (Stage.ENDED, at(30, 9))
    assert desk.uow.outbox.events[-1] == Ended(ended)


async def test_the_draft_notice_says_what_the_text_wants_and_its_number_is_recorded_afterwards() -> None:
    desk = Desk("quang-ngai", now=at(26, 8))
    announced = await desk.keep.announce(Actor.account(ADMIN), a_plan(at(27, 12)))

    draft = await desk.keep.draft(Actor.account(ADMIN), announced.id)
    document = Document("15/TB-SKHCN", THURSDAY)
    recorded = await desk.keep.record(Actor.account(ADMIN), announced.id, announced.version, document)

    assert "từ 12 giờ 00 ngày 27/11/2026 đến 14 giờ 00 ngày 27/11/2026" in draft.body
    assert "24 giờ (QN 14.6)" in draft.body
    assert (recorded.document, recorded.version) == (document, 2)


async def test_who_administers_nothing_announces_nothing() -> None:
    with pytest.raises(NotPermitted):
        await Desk().keep.announce(Actor.account(CLERK), a_plan(at(30, 8)))
