"""Refusals about who may set up which regime, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.errors import InvalidInput, Place, Refused

LEVELS = {
    "province": "cấp tỉnh",
    "department": "sở, ban, ngành",
    "district": "cấp huyện",
    "commune": "cấp xã",
    "unit": "đơn vị trực thuộc",
    "office": "phòng, ban",
}
KINDS = {"periodic": "định kỳ", "thematic": "chuyên đề", "ad_hoc": "đột xuất"}


class KindNotForThisLevel(Refused):
    """DL-11.3."""

    def __init__(self, level: str, kinds: Iterable[str], rule: str) -> None:
        allowed = ", ".join(KINDS[kind] for kind in kinds)
        super().__init__(
            "catalog.regime.kind_not_for_level",
            f"Đơn vị {LEVELS.get(level, level)} chỉ được lập chế độ báo cáo {allowed}.",
            places=(Place(field="kind"),),
            rule=rule,
            remedy="Chọn loại chế độ khác, hoặc đề nghị cơ quan quản lý Hệ thống của tỉnh lập chế độ này.",
        )


class NotBelow(Refused):
    """DL-11.3."""

    def __init__(self, units: Sequence[str], rule: str) -> None:
        super().__init__(
            "catalog.regime.units_not_below",
            f"Có {len(units)} đơn vị không thuộc cơ quan lập chế độ báo cáo: {', '.join(units[:5])}.",
            places=(Place(field="reporting_unit_ids"),),
            rule=rule,
            remedy="Chỉ chọn các đơn vị cấp dưới của cơ quan lập chế độ.",
        )


class LevelUnknown(InvalidInput):
    def __init__(self, level: str, known: Iterable[str]) -> None:
        super().__init__(
            "catalog.regime.level_unknown",
            f"Tỉnh không có cấp đơn vị “{level}”.",
            places=(Place(field="unit_levels"),),
            remedy="Dùng: " + ", ".join(known),
        )


class DocumentDaysWrong(InvalidInput):
    def __init__(self, number: str) -> None:
        super().__init__(
            "catalog.regime.document_days_wrong",
            f"Văn bản “{number}” hết hiệu lực trước khi có hiệu lực.",
            places=(Place(field="legal_documents"),),
            remedy="Sửa lại ngày có hiệu lực, ngày hết hiệu lực của văn bản.",
        )


class PermissionNotPdf(InvalidInput):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.regime.permission_not_pdf",
            f"Tệp “{name}” không phải tệp PDF.",
            places=(Place(field="file"),),
            remedy="Tải lên văn bản cho phép dưới dạng PDF.",
        )


class NotAnnounceable(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.regime.not_published",
            f"Chế độ báo cáo “{name}” không ở trạng thái đang áp dụng.",
            remedy="Công bố chế độ trên Hệ thống trước.",
        )


class TakesNoVersion(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.regime.not_published",
            f"Chế độ báo cáo “{name}” không ở trạng thái đang áp dụng.",
            rule="Chỉ chế độ đang áp dụng mới nhận phiên bản mới của biểu mẫu.",
            remedy="Bản nháp thì sửa danh sách biểu mẫu ngay trong bản nháp.",
        )


class VersionNotYetPublished(Refused):
    def __init__(self, number: int) -> None:
        super().__init__(
            "catalog.form_version.not_published",
            f"Phiên bản {number} không ở trạng thái đã công bố.",
            places=(Place(field="form_version_id"),),
            remedy="Công bố phiên bản biểu mẫu trước, rồi đưa vào chế độ báo cáo.",
        )


class FormNotUsed(Refused):
    def __init__(self, code: str, name: str) -> None:
        super().__init__(
            "catalog.regime.form_not_used",
            f"Chế độ báo cáo “{name}” không dùng biểu {code}.",
            places=(Place(field="form_version_id"),),
            rule="Chế độ đang áp dụng chỉ thay phiên bản của các biểu đang dùng, không thêm biểu.",
            remedy="Chọn phiên bản của một biểu mà chế độ đang dùng.",
        )


class VersionNotNewer(Refused):
    def __init__(self, code: str, number: int, used: int) -> None:
        super().__init__(
            "catalog.regime.version_not_newer",
            f"Chế độ báo cáo đang dùng phiên bản {used} của biểu {code}; phiên bản {number} không mới hơn.",
            places=(Place(field="form_version_id"),),
            rule="Không quay lại phiên bản cũ: số liệu đã chuyển sang phiên bản mới không chuyển ngược.",
            remedy="Cần như phiên bản cũ thì công bố một phiên bản mới có nội dung ấy.",
        )
