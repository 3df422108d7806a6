"""What notify's use cases need from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from kit.directory import Directory
from kit.recording import Audit, Outbox

from notify.domain.hint import Hint, Position
from notify.domain.maintenance import Maintenance
from notify.domain.message import Kind, Message, Preference
from notify.domain.reminder import Stage
from notify.domain.report import Happening, ReportFacts
from notify.domain.subscriber import Subscriber


class Messages(Protocol):
    async def add(self, message: Message) -> bool:
        """False if this person has a message of the same cause already."""
        ...

    async def get(self, message_id: UUID, account_id: UUID) -> Message: ...

    async def mark_read(self, message_id: UUID, account_id: UUID, at: datetime) -> None: ...

    async def mark_all_read(self, account_id: UUID, at: datetime) -> int: ...

    async def mail_due(self, now: datetime, limit: int) -> list[Message]:
        """Locked for this unit of work; others skip them."""
        ...

    async def save_mail(self, message: Message, error: str = "") -> None: ...


class Reports(Protocol):
    async def keep(self, report: ReportFacts) -> None:
        """Only a newer version is kept."""
        ...

    async def find(self, report_id: UUID) -> ReportFacts | None: ...

    async def open_due_before(self, moment: datetime, after: datetime) -> list[ReportFacts]: ...

    async def open_of_regime(self, regime_id: UUID) -> list[ReportFacts]: ...

    async def remind_once(self, report_id: UUID, stage: Stage, due_at: datetime) -> bool:
        """False if this stage of this deadline was told already."""
        ...


class Subscribers(Protocol):
    async def add(self, subscriber: Subscriber) -> None: ...

    async def get(self, subscriber_id: UUID) -> Subscriber: ...

    async def remove(self, subscriber_id: UUID, at: datetime) -> None: ...

    async def of_province(self, province_id: UUID) -> list[Subscriber]: ...

    async def name_taken(self, name: str) -> bool: ...


class Maintenances(Protocol):
    async def add(self, maintenance: Maintenance) -> None: ...

    async def get(self, province_id: UUID, maintenance_id: UUID) -> Maintenance:
        """Locked for this unit of work."""
        ...

    async def save(self, maintenance: Maintenance) -> None: ...

    async def lock_province(self, province_id: UUID) -> None:
        """Announcing is one after the other, so that two can't overlap."""
        ...

    async def open_ones(self, now: datetime, province_id: UUID | None = None) -> list[Maintenance]:
        """Announced and not yet over, the next first."""
        ...

    async def of_province(self, province_id: UUID, limit: int) -> list[Maintenance]:
        """The latest first."""
        ...


class Preferences(Protocol):
    async def of(self, account_id: UUID) -> Preference: ...

    async def save(self, preference: Preference) -> None: ...


class Hints(Protocol):
    async def tell_account(self, account_id: UUID, kind: str, object_id: UUID, version: int) -> None: ...

    async def tell_place(self, place_id: UUID, kind: str, object_id: UUID, version: int) -> None: ...


@dataclass(frozen=True, slots=True)
class OutsideEvent:
    subscriber: Subscriber
    happening: Happening
    report: ReportFacts
    acted_at: datetime
    late: bool


class UnitOfWork(Protocol):
    @property
    def messages(self) -> Messages: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def subscribers(self) -> Subscribers: ...
    @property
    def preferences(self) -> Preferences: ...
    @property
    def maintenances(self) -> Maintenances: ...
    @property
    def hints(self) -> Hints: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...

    async def commit(self) -> None: ...


OpenUnitOfWork = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


class Texts(Protocol):
    def write(self, kind: Kind, facts: Mapping[str, Any]) -> Text: ...

    def draft(self, name: str, facts: Mapping[str, Any]) -> Text:
        """A text that people take out of the system, such as the draft of an official notice."""
        ...


class Calendar(Protocol):
    async def working_days(self, province_id: UUID, first: date, last: date) -> list[date]: ...


class MailRefused(Exception):
    """The address will never take it; anything else is tried again."""


class Mailer(Protocol):
    async def send(self, message: Message, address: str, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class MessagePage:
    items: Sequence[Message]
    next: str | None
    unread: int


class Live(Protocol):
    """What open pages follow."""

    def follow(self, since: Position | None) -> AsyncIterator[Hint | None]:
        """Every hint after that position, then as they come; None now and then as a heartbeat."""
        ...


class Inbox(Protocol):
    """Reading, without a unit of work."""

    async def page(
        self, account_id: UUID, *, unread: bool, cursor: str | None, limit: int
    ) -> MessagePage: ...

    async def search(self, account_id: UUID, words: str, limit: int) -> list[Message]: ...


__all__ = [
    "Calendar",
    "Directory",
    "Hints",
    "Inbox",
    "Live",
    "MailRefused",
    "Mailer",
    "Maintenances",
    "MessagePage",
    "OpenUnitOfWork",
    "OutsideEvent",
    "Preferences",
    "Subscribers",
    "Text",
    "Texts",
    "UnitOfWork",
]  # fmt: skip
