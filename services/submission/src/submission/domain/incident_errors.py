"""What is refused of an incident and of a document sent in its time."""

from __future__ import annotations

from datetime import date

from kit.errors import InvalidInput, NotFound, Place, Refused


class IncidentUnknown(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "submission.incident.unknown", "Không có sự cố nào như vậy được ghi nhận trong tỉnh."
        )


class SpanWrong(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "submission.incident.span_wrong",
            "Thời gian gián đoạn phải có lúc kết thúc sau lúc bắt đầu và đã qua.",
            places=[Place(field="from_at"), Place(field="to_at")],
            remedy="Ghi nhận sự cố sau khi Hệ thống đã hoạt động trở lại.",
        )


class SpanTooLong(InvalidInput):
    def __init__(self, longest: int, oldest: int) -> None:
        super().__init__(
            "submission.incident.span_too_long",
            f"Một sự cố được ghi nhận dài nhất {longest} ngày và không cũ hơn {oldest} ngày.",
            places=[Place(field="from_at"), Place(field="to_at")],
        )


class DayAhead(InvalidInput):
    def __init__(self, field: str) -> None:
        super().__init__(
            "submission.incident.day_ahead", "Ngày văn bản chưa tới.", places=[Place(field=field)]
        )


class UnitNotAffected(Refused):
    def __init__(self, title: str, article: str) -> None:
        super().__init__(
            "submission.incident.unit_not_affected",
            f"Sự cố “{title}” được ghi nhận không gồm đơn vị này.",
            rule=article,
            remedy="Gửi báo cáo như thường; nếu đơn vị cũng bị gián đoạn, đề nghị quản trị tỉnh ghi nhận.",
        )


class DocumentOutsideIncident(Refused):
    def __init__(self, issued_on: date, first: date, last: date, article: str) -> None:
        super().__init__(
            "submission.incident.document_outside",
            f"Văn bản ngày {issued_on:%d/%m/%Y} không nằm trong thời gian gián đoạn đã ghi nhận "
            f"(từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}).",
            places=[Place(field="issued_on")],
            rule=article,
            remedy="Kiểm tra lại ngày văn bản, hoặc gửi báo cáo như thường.",
        )


class FileNotPdf(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "submission.incident.file_not_pdf",
            "Tệp văn bản đã gửi phải là PDF.",
            places=[Place(field="file")],
            remedy="Tải văn bản đã phát hành từ phần mềm quản lý văn bản về dạng PDF.",
        )
