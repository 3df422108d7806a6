"""What notify's REST says and takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from kit.http import FoundOut
from pydantic import BaseModel, Field

from notify.application.ports import MessagePage
from notify.domain.message import Message, Preference
from notify.domain.subscriber import Subscriber


class MessageOut(BaseModel):
    id: UUID
    kind: str
    title: str
    body: str
    link: str
    report_id: UUID | None
    unit: str
    due_at: datetime | None
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, message: Message) -> MessageOut:
        return cls(
            id=message.id,
            kind=message.kind.value,
            title=message.title,
            body=message.body,
            link=message.link,
            report_id=message.report_id,
            unit=message.unit_name,
            due_at=message.due_at,
            created_at=message.created_at,
            read_at=message.read_at,
        )


class MessagePageOut(BaseModel):
    items: list[MessageOut]
    next: str | None
    unread: int

    @classmethod
    def of(cls, page: MessagePage) -> MessagePageOut:
        return cls(
            items=[MessageOut.of(message) for message in page.items],
            next=page.next,
            unread=page.unread,
        )


class ReadOut(BaseModel):
    read: int


class PreferenceIn(BaseModel):
    mail: bool = True
    mail_off: Annotated[list[str], Field(max_length=50)] = []


class PreferenceOut(BaseModel):
    mail: bool
    mail_off: list[str]

    @classmethod
    def of(cls, preference: Preference) -> PreferenceOut:
        return cls(mail=preference.mail, mail_off=sorted(kind.value for kind in preference.mail_off))


class SubscriberIn(BaseModel):
    name: Annotated[str, Field(min_length=2, max_length=41)]
    events: Annotated[list[str], Field(max_length=20)] = []


class SubscriberOut(BaseModel):
    id: UUID
    name: str
    events: list[str]
    subjects: list[str]
    created_at: datetime

    @classmethod
    def of(cls, subscriber: Subscriber) -> SubscriberOut:
        events = sorted(event.value for event in subscriber.events)
        return cls(
            id=subscriber.id,
            name=subscriber.name,
            events=events,
            subjects=[f"outside.{subscriber.name}.report.{event}.v1" for event in events or ["*"]],
            created_at=subscriber.created_at,
        )


def found_message(message: Message) -> FoundOut:
    return FoundOut(
        id=str(message.id),
        kind="message",
        title=message.title,
        detail=message.body.partition("\n")[0],
        link=message.link,
    )
