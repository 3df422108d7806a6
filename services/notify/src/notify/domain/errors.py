"""What notify refuses."""

from __future__ import annotations

from uuid import UUID

from kit.errors import InvalidInput, NotFound, Place, Refused


class MessageUnknown(NotFound):
    def __init__(self, message_id: UUID) -> None:
        super().__init__(
            "notify.message.unknown",
            "Không có thông báo này trong hộp thông báo của anh/chị.",
            details={"message_id": str(message_id)},
        )


class SubscriberUnknown(NotFound):
    def __init__(self, subscriber_id: UUID) -> None:
        super().__init__(
            "notify.subscriber.unknown",
            "Không có hệ thống đăng ký nhận sự kiện này.",
            details={"subscriber_id": str(subscriber_id)},
        )


class SubscriberNameTaken(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "notify.subscriber.name_taken",
            f"Tên “{name}” đã được dùng cho một hệ thống khác.",
            places=[Place(field="name")],
            remedy="Chọn tên khác.",
        )


class SubscriberNameInvalid(InvalidInput):
    def __init__(self, name: str) -> None:
        super().__init__(
            "notify.subscriber.name_invalid",
            f"Tên “{name}” không dùng được: chỉ gồm chữ thường không dấu, chữ số và “-”, dài 2–41 ký tự.",
            places=[Place(field="name")],
        )


class EventUnknown(InvalidInput):
    def __init__(self, event: str, known: str) -> None:
        super().__init__(
            "notify.subscriber.event_unknown",
            f"Không có sự kiện “{event}”. Các sự kiện: {known}.",
            places=[Place(field="events")],
        )


class KindUnknown(InvalidInput):
    def __init__(self, kind: str) -> None:
        super().__init__(
            "notify.preference.kind_unknown",
            f"Không có loại thông báo “{kind}”.",
            places=[Place(field="mail_off")],
        )
