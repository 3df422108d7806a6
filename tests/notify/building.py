"""Builders and fakes of notify: they name only what matters to a test."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from kit.directory import DirectoryAccount, DirectoryGrant, DirectoryPlace
from kit.ids import new_id
from kit.testing import FakeDirectory, FakeUnitOfWork
from notify.adapters.words import Templates
from notify.application.ports import MailRefused
from notify.application.writing import Writer
from notify.domain.errors import MessageUnknown, SubscriberUnknown
from notify.domain.maintenance import Maintenance
from notify.domain.maintenance_errors import MaintenanceUnknown
from notify.domain.message import MailState, Message, Preference
from notify.domain.reminder import Stage
from notify.domain.report import Happening, ReportEvent, ReportFacts
from notify.domain.subscriber import Subscriber

PROVINCE, LEAD, COMMUNE, REGIME, REPORT = (new_id() for _ in range(5))
CLERK, LEADER, CLERK_OF_LEAD, ADMIN, PROGRAM = (new_id() for _ in range(5))
NOW = datetime(2026, 11, 17, 3, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def an_account(account_id: UUID, name: str, place: UUID = COMMUNE, **more: Any) -> DirectoryAccount:
    told = {"username": name, "full_name": name, "email": f"{account_id.hex[-6:]}@xa.example"} | more
    return DirectoryAccount(id=account_id, province_id=PROVINCE, place_id=place, **told)


def a_place(place_id: UUID, name: str, parent: UUID | None) -> DirectoryPlace:
    return DirectoryPlace(place_id, PROVINCE, parent, name, name, "commune", "commune")


def a_grant(account_id: UUID, right: str, place: UUID) -> DirectoryGrant:
    return DirectoryGrant(new_id(), account_id, right, place)


def a_directory(**more: Any) -> FakeDirectory:
    return FakeDirectory(
        a_place(PROVINCE, "Tỉnh", None),
        a_place(LEAD, "Sở Tài chính", PROVINCE),
        a_place(COMMUNE, "Xã Tân An", PROVINCE),
        an_account(CLERK, "Nguyễn Thị Lan", position_title="Công chức văn phòng"),
        an_account(LEADER, "Trần Văn Bình", position_title="Chủ tịch"),
        an_account(CLERK_OF_LEAD, "Lê Hoa", LEAD),
        an_account(ADMIN, "Quản trị", PROVINCE),
        an_account(PROGRAM, "Phần mềm", program=True),
        a_grant(CLERK, "entry", COMMUNE),
        a_grant(PROGRAM, "entry", COMMUNE),
        a_grant(LEADER, "approve", COMMUNE),
        a_grant(LEADER, "sign", COMMUNE),
        a_grant(CLERK_OF_LEAD, "take_in", LEAD),
        a_grant(ADMIN, "province_admin", PROVINCE),
        clock=lambda: NOW,
        **more,
    )


def facts(**changed: Any) -> ReportFacts:
    told: dict[str, Any] = {
        "report_id": REPORT,
        "province_id": PROVINCE,
        "regime_id": REGIME,
        "regime_name": "Báo cáo kinh tế - xã hội",
        "period_key": "2026-11",
        "period_label": "tháng 11 năm 2026",
        "unit_id": COMMUNE,
        "unit_name": "Xã Tân An",
        "lead_unit_id": LEAD,
        "lead_unit_name": "Sở Tài chính",
        "revision": 1,
        "version": 1,
        "state": "assigned",
        "due_at": DUE,
        "article": "Điều 8 khoản 1",
    }
    return ReportFacts(**(told | changed))


def an_event(happening: Happening, report: ReportFacts | None = None, **more: Any) -> ReportEvent:
    told: dict[str, Any] = {"actor": "system:period-opener", "actor_name": "", "acted_at": NOW} | more
    return ReportEvent(event_id=new_id(), happening=happening, report=report or facts(), **told)


class FakeMessages:
    def __init__(self) -> None:
        self.all: list[Message] = []

    async def add(self, message: Message) -> bool:
        if any(m.account_id == message.account_id and m.cause == message.cause for m in self.all):
            return False
        self.all.append(message)
        return True

    async def get(self, message_id: UUID, account_id: UUID) -> Message:
        for message in self.all:
            if (message.id, message.account_id) == (message_id, account_id):
                return message
        raise MessageUnknown(message_id)

    async def mark_read(self, message_id: UUID, account_id: UUID, at: datetime) -> None:
        (await self.get(message_id, account_id)).read_at = at

    async def mark_all_read(self, account_id: UUID, at: datetime) -> int:
        mine = [m for m in self.all if m.account_id == account_id and m.read_at is None]
        for message in mine:
            message.read_at = at
        return len(mine)

    async def mail_due(self, now: datetime, limit: int) -> list[Message]:
        due = [m for m in self.all if m.mail is MailState.WANTED and (m.mail_next_at or now) <= now]
        return due[:limit]

    async def save_mail(self, message: Message, error: str = "") -> None:
        pass


class FakeReports:
    def __init__(self) -> None:
        self.all: dict[UUID, ReportFacts] = {}
        self.told: set[tuple[UUID, Stage, datetime]] = set()

    async def keep(self, report: ReportFacts) -> None:
        known = self.all.get(report.report_id)
        if known is None or known.version <= report.version:
            self.all[report.report_id] = report

    async def find(self, report_id: UUID) -> ReportFacts | None:
        return self.all.get(report_id)

    async def open_due_before(self, moment: datetime, after: datetime) -> list[ReportFacts]:
        return [r for r in self.all.values() if r.open and r.due_at and after <= r.due_at <= moment]

    async def open_of_regime(self, regime_id: UUID) -> list[ReportFacts]:
        return [r for r in self.all.values() if r.regime_id == regime_id and r.open]

    async def remind_once(self, report_id: UUID, stage: Stage, due_at: datetime) -> bool:
        key = (report_id, stage, due_at)
        fresh = key not in self.told
        self.told.add(key)
        return fresh


class FakePreferences(dict[UUID, Preference]):
    async def of(self, account_id: UUID) -> Preference:
        return self.get(account_id, Preference(account_id))

    async def save(self, preference: Preference) -> None:
        self[preference.account_id] = preference


class FakeSubscribers:
    def __init__(self) -> None:
        self.all: dict[UUID, Subscriber] = {}

    async def add(self, subscriber: Subscriber) -> None:
        self.all[subscriber.id] = subscriber

    async def get(self, subscriber_id: UUID) -> Subscriber:
        if subscriber_id not in self.all:
            raise SubscriberUnknown(subscriber_id)
        return self.all[subscriber_id]

    async def remove(self, subscriber_id: UUID, at: datetime) -> None:
        del self.all[subscriber_id]

    async def of_province(self, province_id: UUID) -> list[Subscriber]:
        return [s for s in self.all.values() if s.province_id == province_id]

    async def name_taken(self, name: str) -> bool:
        return any(s.name == name for s in self.all.values())


class FakeMaintenances:
    def __init__(self) -> None:
        self.all: dict[UUID, Maintenance] = {}

    async def add(self, maintenance: Maintenance) -> None:
        self.all[maintenance.id] = maintenance

    async def get(self, province_id: UUID, maintenance_id: UUID) -> Maintenance:
        found = self.all.get(maintenance_id)
        if found is None or found.province_id != province_id:
            raise MaintenanceUnknown(maintenance_id)
        return found

    async def save(self, maintenance: Maintenance) -> None:
        self.all[maintenance.id] = maintenance

    async def lock_province(self, province_id: UUID) -> None:
        pass

    async def open_ones(self, now: datetime, province_id: UUID | None = None) -> list[Maintenance]:
        found = [m for m in self.all.values() if province_id in (None, m.province_id)]
        return [m for m in found if m.cancelled_at is None and now < m.ends_at]

    async def of_province(self, province_id: UUID, limit: int) -> list[Maintenance]:
        return [m for m in self.all.values() if m.province_id == province_id][:limit]


class FakeHints(list[Mapping[str, Any]]):
    async def tell_account(self, account_id: UUID, kind: str, object_id: UUID, version: int) -> None:
        self.append({"account": account_id, "kind": kind, "version": version})

    async def tell_place(self, place_id: UUID, kind: str, object_id: UUID, version: int) -> None:
        self.append({"place": place_id, "kind": kind, "version": version})


class NotifyUnitOfWork(FakeUnitOfWork):
    def __init__(self) -> None:
        super().__init__()
        self.messages = FakeMessages()
        self.reports = FakeReports()
        self.preferences = FakePreferences()
        self.subscribers = FakeSubscribers()
        self.maintenances = FakeMaintenances()
        self.hints = FakeHints()

    def told(self) -> dict[UUID, str]:
        return {message.account_id: message.kind.value for message in self.messages.all}


def a_writer(directory: FakeDirectory) -> Writer:
    return Writer(Templates(), directory, lambda: NOW)


class FakeMailer:
    """Fails as often as told, refuses the addresses named, keeps the rest."""

    def __init__(self, *, failures: int = 0, refused: tuple[str, ...] = ()) -> None:
        self.failures = failures
        self.refused = refused
        self.sent: list[tuple[UUID, str]] = []

    async def send(self, message: Message, address: str, name: str) -> None:
        if address in self.refused:
            raise MailRefused("no such mailbox")
        if self.failures > 0:
            self.failures -= 1
            raise ConnectionError("the server is away")
        self.sent.append((message.id, address))


def later(**delta: float) -> datetime:
    return NOW + timedelta(**delta)
