"""What notify's REST says and takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from kit.http import FoundOut
from pydantic import BaseModel, Field

from notify.application.ports import MessagePage
from notify.domain.message import Kind, Message, Preference
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


KIND_NAMES = {
    Kind.ASSIGNED: "Được giao báo cáo",
    Kind.DEADLINE_NEAR: "Báo cáo sắp đến hạn",
    Kind.OVERDUE: "Báo cáo quá hạn",
    Kind.RETURNED: "Báo cáo bị trả lại",
    Kind.SUBMITTED: "Báo cáo trình tôi kiểm tra, duyệt",
    Kind.APPROVED: "Báo cáo đã được duyệt",
    Kind.SIGNED: "Báo cáo đã được ký",
    Kind.SIGNING_REFUSED: "Báo cáo bị từ chối ký",
    Kind.ISSUED: "Báo cáo đã được phát hành",
    Kind.SENT: "Báo cáo gửi đến, chờ tiếp nhận",
    Kind.ACCEPTED: "Báo cáo được cơ quan chủ trì duyệt",
    Kind.DEADLINE_MOVED: "Thời hạn báo cáo thay đổi",
    Kind.FORM_RENEWED: "Biểu mẫu có phiên bản mới",
    Kind.REGIME_CLOSED: "Chế độ báo cáo kết thúc",
    Kind.REGISTRATION_MOVED: "Đăng ký biểu mẫu chuyển bước",
    Kind.ANNOUNCEMENT_DUE: "Đến hạn công bố danh mục chế độ báo cáo",
}


class PreferenceIn(BaseModel):
    mail: bool = True
    mail_off: Annotated[list[str], Field(max_length=50)] = []


class KindOut(BaseModel):
    kind: str
    name: str


class PreferenceOut(BaseModel):
    mail: bool
    mail_off: list[str]
    kinds: list[KindOut]

    @classmethod
    def of(cls, preference: Preference) -> PreferenceOut:
        return cls(
            mail=preference.mail,
            mail_off=sorted(kind.value for kind in preference.mail_off),
            kinds=[KindOut(kind=kind.value, name=name) for kind, name in KIND_NAMES.items()],
        )


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
