"""Every refusal of the catalog by name. Codes are stable; the words say what, where, by which rule, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.errors import InvalidInput, NotFound, Place, Refused, Stale


class CalendarNotKnown(Refused):
    def __init__(self, year: int) -> None:
        super().__init__(
            "catalog.calendar.not_known",
            f"Chưa có lịch làm việc năm {year}.",
            remedy="Đề nghị quản trị hệ thống của tỉnh lập lịch làm việc của năm này.",
        )


class CalendarDaysWrong(InvalidInput):
    def __init__(self, year: int, days: Sequence[str]) -> None:
        super().__init__(
            "catalog.calendar.days_wrong",
            f"Lịch năm {year} có ngày không hợp lệ: {', '.join(days)}.",
            places=(Place(field="holidays"), Place(field="made_up")),
            rule="Ngày phải thuộc năm của lịch; ngày làm bù phải là thứ Bảy, Chủ nhật và không phải ngày nghỉ lễ.",
            remedy="Sửa lại các ngày này rồi lưu lại.",
            details={"days": list(days)},
        )


class CalendarDecisionMissing(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "catalog.calendar.decision_missing",
            "Cần ghi số và ngày của quyết định, thông báo về lịch nghỉ.",
            places=(Place(field="decision"), Place(field="decided_on")),
            rule="Bộ luật Lao động 2019, Điều 112: ngày nghỉ Tết, Quốc khánh do Thủ tướng Chính phủ quyết định hằng năm.",
            remedy="Ghi số, ngày của văn bản rồi lưu lại.",
        )


class FeedNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "catalog.feed.not_found",
            "Địa chỉ lịch này không có hoặc đã bị thu hồi.",
            remedy="Tạo địa chỉ lịch mới trong mục Lịch hạn gửi của đơn vị.",
        )


class PeriodNotKnown(NotFound):
    def __init__(self, key: str) -> None:
        super().__init__(
            "catalog.period.not_known",
            f"Không có kỳ báo cáo nào mang mã “{key}”.",
            remedy="Dùng mã dạng 2026-10, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-10-05, 2026-10-K1, 2026-2027-D.",
        )


class SpanTooLong(InvalidInput):
    def __init__(self, days: int, limit: int) -> None:
        super().__init__(
            "catalog.period.span_too_long",
            f"Khoảng ngày được hỏi dài {days} ngày, nhiều nhất là {limit} ngày.",
            places=(Place(field="to"),),
            remedy="Chia khoảng ngày ra và hỏi nhiều lần.",
        )


class DeadlineNotStated(Refused):
    def __init__(self, label: str, why: str) -> None:
        super().__init__(
            "catalog.deadline.not_stated",
            f"Chế độ báo cáo chưa nêu thời hạn gửi cho kỳ “{label}”.",
            rule=why,
            remedy="Người phụ trách chế độ báo cáo bổ sung thời hạn gửi.",
        )


class FormNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("catalog.form.not_found", "Không có biểu mẫu này trong tỉnh của đồng chí.")


class FormVersionNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "catalog.form_version.not_found", "Không có phiên bản biểu mẫu này trong tỉnh của đồng chí."
        )


class RegimeNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("catalog.regime.not_found", "Không có chế độ báo cáo này trong tỉnh của đồng chí.")


class CodeTaken(Refused):
    def __init__(self, what: str, code: str) -> None:
        super().__init__(
            f"catalog.{what}.code_taken",
            f"Mã “{code}” đã được dùng trong tỉnh.",
            places=(Place(field="code"),),
            remedy="Chọn mã khác, hoặc thêm phiên bản mới cho biểu mẫu đã có.",
        )


class Missing(InvalidInput):
    def __init__(self, what: str, field: str, words: str) -> None:
        super().__init__(f"catalog.{what}.{field}_missing", words, places=(Place(field=field),))


class SecretRefused(Refused):
    """DN-1.2, DL-1.2: secret reports are not handled here; nothing of the upload is kept."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            "catalog.secret.refused",
            "Hệ thống không tiếp nhận báo cáo, biểu mẫu có độ mật. Tệp tải lên không được lưu lại.",
            rule=rule,
            remedy="Thực hiện báo cáo mật theo quy định về bảo vệ bí mật nhà nước, không đưa lên Hệ thống.",
        )


class VersionNotDraft(Refused):
    def __init__(self, number: int) -> None:
        super().__init__(
            "catalog.form_version.not_draft",
            f"Phiên bản {number} đã công bố nên không sửa được nữa.",
            remedy="Tải lên một phiên bản mới của biểu mẫu.",
        )


class RegimeNotDraft(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.regime.not_draft",
            f"Chế độ báo cáo “{name}” đã công bố nên không sửa được nữa.",
            remedy="Kết thúc chế độ này và lập chế độ thay thế.",
        )


class RegimeNotPublished(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.regime.not_published",
            f"Chế độ báo cáo “{name}” không ở trạng thái đang áp dụng.",
            remedy="Chỉ kết thúc được chế độ đang áp dụng.",
        )


class VersionStale(Stale):
    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(
            "catalog.version_stale",
            "Nội dung đã được người khác sửa sau khi đồng chí mở ra.",
            remedy="Tải lại trang, xem phần đã sửa rồi làm lại.",
            details={"expected": expected, "actual": actual},
        )


class RegimeIncomplete(Refused):
    """DN-7.1, DT-8: publishing is refused with the list of what is missing."""

    def __init__(self, missing: Sequence[tuple[str, str]], rule: str) -> None:
        words = "; ".join(words for _, words in missing)
        super().__init__(
            "catalog.regime.incomplete",
            f"Chưa công bố được chế độ báo cáo vì còn thiếu: {words}.",
            places=tuple(Place(field=field) for field, _ in missing),
            rule=rule,
            remedy="Bổ sung các mục còn thiếu rồi công bố lại.",
            details={"missing": [{"field": field, "message": words} for field, words in missing]},
        )


class OriginRefused(Refused):
    def __init__(self, origin: str, rule: str) -> None:
        super().__init__(
            "catalog.regime.origin_refused",
            f"Quy chế của tỉnh không áp dụng đối với chế độ báo cáo {origin}.",
            places=(Place(field="origin"),),
            rule=rule,
            remedy="Thực hiện chế độ này ngoài Hệ thống theo quy định riêng của nó.",
        )


class StageLengthWrong(InvalidInput):
    def __init__(self, text: str, shortest: int, longest: int) -> None:
        super().__init__(
            "catalog.regime.stage_length_wrong",
            f"“{text}” chưa nêu đúng số năm của một giai đoạn báo cáo.",
            places=(Place(field="frequency"),),
            remedy=f"Viết như several_years:5, với số năm từ {shortest} đến {longest}.",
        )


class LaterThanTheLimit(Refused):
    def __init__(self, label: str, own: str, limit: str, rule: str) -> None:
        super().__init__(
            "catalog.deadline.later_than_the_limit",
            f"Thời hạn của chế độ cho kỳ “{label}” là {own}, muộn hơn thời hạn cuối cùng của quy chế là {limit}.",
            places=(Place(field="deadlines"),),
            rule=rule,
            remedy="Bỏ thời hạn riêng hoặc đặt sớm hơn thời hạn của quy chế.",
        )


class NotAWorkbook(InvalidInput):
    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(
            "catalog.upload.wrong_kind",
            f"Tệp “{name}” không phải tệp {wanted}.",
            places=(Place(field="file"),),
            remedy=f"Lưu tệp dưới dạng {wanted} rồi tải lên lại.",
        )


class UnitsOutside(InvalidInput):
    def __init__(self, field: str, ids: Iterable[str]) -> None:
        listed = list(ids)
        super().__init__(
            "catalog.regime.units_outside",
            f"Có {len(listed)} đơn vị không thuộc tỉnh hoặc không còn hoạt động.",
            places=(Place(field=field),),
            remedy="Chọn lại trong danh sách đơn vị của tỉnh.",
            details={"unit_ids": listed},
        )


class AccountsOutside(InvalidInput):
    def __init__(self, field: str, ids: Iterable[str]) -> None:
        listed = list(ids)
        super().__init__(
            "catalog.regime.accounts_outside",
            f"Có {len(listed)} tài khoản không thuộc tỉnh.",
            places=(Place(field=field),),
            remedy="Chọn tài khoản của cơ quan trong tỉnh.",
            details={"account_ids": listed},
        )


class FormVersionsNotPublished(InvalidInput):
    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(
            "catalog.regime.form_versions_not_published",
            f"Có {len(ids)} phiên bản biểu mẫu chưa công bố hoặc không thuộc tỉnh.",
            places=(Place(field="form_version_ids"),),
            remedy="Công bố biểu mẫu trước, rồi chọn phiên bản đã công bố.",
            details={"form_version_ids": list(ids)},
        )


class OutlineUnreadable(InvalidInput):
    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"catalog.outline.{code}", message, places=(Place(field="file"),), remedy=remedy)
