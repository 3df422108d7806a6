"""Refusals of the registration of forms, by name."""

from __future__ import annotations

from collections.abc import Sequence

from kit.errors import InvalidInput, NotFound, Place, Refused

ACTIONS = {
    "send": "gửi đăng ký",
    "take_up": "tiếp nhận thiết kế",
    "return": "trả lại",
    "hand_over": "bàn giao bản dùng thử",
    "confirm": "xác nhận",
    "publish": "công bố",
    "announce": "thông báo bằng văn bản",
    "assign": "giao báo cáo",
}
STATES = {
    "sent": "đã gửi, chờ thiết kế",
    "building": "đang thiết kế",
    "in_trial": "đang dùng thử",
    "confirmed": "đã xác nhận",
    "returned": "bị trả lại",
    "published": "đã công bố",
    "announced": "đã có văn bản thông báo",
    "assigned": "đã giao báo cáo",
}


class RegistrationNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "catalog.registration.not_found",
            "Không có hồ sơ đăng ký biểu mẫu này trong phạm vi của đồng chí.",
        )


class StepNotNow(Refused):
    def __init__(self, action: str, state: str, possible: Sequence[str], rule: str) -> None:
        next_steps = ", ".join(ACTIONS[one] for one in possible) or "không còn bước nào"
        super().__init__(
            "catalog.registration.step_not_now",
            f"Hồ sơ đăng ký {STATES[state]} nên chưa thể {ACTIONS[action]}.",
            rule=rule,
            remedy=f"Bước có thể làm lúc này: {next_steps}.",
            details={"state": state, "possible": list(possible)},
        )


class ReturnReasonMissing(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "catalog.registration.reason_missing",
            "Chưa nêu lý do trả lại.",
            places=(Place(field="reason"),),
            remedy="Ghi rõ chỗ cần sửa để bên kia biết.",
        )


class RegistrationIncomplete(InvalidInput):
    """DN-7.1, DT-8."""

    def __init__(self, missing: Sequence[tuple[str, str]], rule: str) -> None:
        super().__init__(
            "catalog.registration.incomplete",
            f"Đăng ký biểu mẫu còn thiếu: {'; '.join(words for _, words in missing)}.",
            places=tuple(Place(field=field) for field, _ in missing),
            rule=rule,
            remedy="Bổ sung các mục còn thiếu rồi gửi lại.",
            details={"missing": [{"field": field, "message": words} for field, words in missing]},
        )


class NoticeMissing(InvalidInput):
    def __init__(self, rule: str) -> None:
        super().__init__(
            "catalog.registration.notice_missing",
            "Chưa nhập số văn bản thông báo cho cơ quan chủ trì.",
            places=(Place(field="number"),),
            rule=rule,
            remedy="Nhập số, ngày của văn bản thông báo.",
        )


class FormNotReady(Refused):
    def __init__(self, state: str, wanted: str) -> None:
        words = {
            "draft": "bản nháp",
            "trial": "đang dùng thử",
            "published": "đã công bố",
            "retired": "đã thôi dùng",
        }
        super().__init__(
            "catalog.registration.form_not_ready",
            f"Phiên bản biểu mẫu {words[state]}; bước này cần phiên bản {words[wanted]}.",
            places=(Place(field="form_version_id"),),
            remedy="Chọn đúng phiên bản do bộ phận thiết kế lập cho hồ sơ này.",
        )


class RegimeWithoutThisForm(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.registration.regime_without_form",
            f"Chế độ báo cáo “{name}” chưa được công bố hoặc không dùng biểu mẫu đã đăng ký.",
            places=(Place(field="regime_id"),),
            remedy="Công bố chế độ báo cáo có biểu mẫu này, rồi chọn chế độ ấy.",
        )
