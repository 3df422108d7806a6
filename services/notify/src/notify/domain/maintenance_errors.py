"""What is refused of a maintenance."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kit.clock import VIETNAM
from kit.errors import InvalidInput, NotFound, Place, Refused, Stale


class MaintenanceUnknown(NotFound):
    def __init__(self, maintenance_id: UUID) -> None:
        super().__init__(
            "notify.maintenance.unknown",
            "Không có đợt bảo trì này trong tỉnh của anh/chị.",
            details={"maintenance_id": str(maintenance_id)},
        )


class AnnouncedTooLate(Refused):
    def __init__(self, words: str, article: str, earliest_at: datetime) -> None:
        local = earliest_at.astimezone(VIETNAM)
        super().__init__(
            "notify.maintenance.announced_too_late",
            f"Bảo trì phải được thông báo trước ít nhất {words}; "
            f"thông báo lúc này thì sớm nhất được bắt đầu lúc {local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}.",
            places=[Place(field="starts_at")],
            rule=article,
            remedy="Chọn thời điểm bắt đầu muộn hơn; nếu phải khắc phục khẩn cấp, nêu lý do khẩn cấp.",
            details={"earliest_at": earliest_at.isoformat()},
        )


class Overlaps(Refused):
    def __init__(self, title: str) -> None:
        super().__init__(
            "notify.maintenance.overlaps",
            f"Khoảng thời gian này trùng với đợt bảo trì “{title}” đã thông báo.",
            places=[Place(field="starts_at"), Place(field="ends_at")],
            remedy="Chọn thời gian khác, hoặc hủy đợt đã thông báo trước.",
        )


class EndsBeforeItStarts(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "notify.maintenance.ends_before_it_starts",
            "Thời điểm kết thúc phải sau thời điểm bắt đầu.",
            places=[Place(field="ends_at")],
        )


class TooLong(InvalidInput):
    def __init__(self, days: int) -> None:
        super().__init__(
            "notify.maintenance.too_long",
            f"Một đợt bảo trì dài nhất {days} ngày.",
            places=[Place(field="ends_at")],
            remedy="Chia thành nhiều đợt.",
        )


class LiesInThePast(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "notify.maintenance.lies_in_the_past",
            "Đợt bảo trì này đã qua.",
            places=[Place(field="ends_at")],
            remedy="Chọn thời gian còn ở phía trước.",
        )


class TooFarAhead(InvalidInput):
    def __init__(self, days: int) -> None:
        super().__init__(
            "notify.maintenance.too_far_ahead",
            f"Chỉ thông báo bảo trì trong {days} ngày tới.",
            places=[Place(field="starts_at")],
        )


class ReasonTooShort(InvalidInput):
    def __init__(self, letters: int) -> None:
        super().__init__(
            "notify.maintenance.reason_too_short",
            f"Lý do khẩn cấp cần ít nhất {letters} ký tự.",
            places=[Place(field="emergency_reason")],
            remedy="Nêu rõ vì sao không thể thông báo trước theo quy định.",
        )


class NotUnderWay(Refused):
    def __init__(self) -> None:
        super().__init__(
            "notify.maintenance.not_under_way",
            "Đợt bảo trì này không đang diễn ra nên không kết thúc được.",
            remedy="Đợt chưa bắt đầu thì hủy.",
        )


class NotPlanned(Refused):
    def __init__(self) -> None:
        super().__init__(
            "notify.maintenance.not_planned",
            "Chỉ hủy được đợt bảo trì chưa bắt đầu.",
            remedy="Đợt đang diễn ra thì kết thúc sớm.",
        )


class MovedOn(Stale):
    def __init__(self, seen: int, now: int) -> None:
        super().__init__(
            "notify.maintenance.moved_on",
            "Đợt bảo trì này vừa được người khác thay đổi.",
            remedy="Tải lại trang rồi thực hiện lại.",
            details={"seen": seen, "now": now},
        )
