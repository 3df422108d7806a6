"""Refusals of a report's move to a newer version of a form."""

from __future__ import annotations

from kit.errors import Place, Refused


class NothingToMove(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.form_move.not_waiting",
            "Chế độ báo cáo không có phiên bản biểu mẫu mới nào như bạn nêu cho báo cáo này.",
            places=(Place(field="forms"),),
            rule="Báo cáo chỉ chuyển sang phiên bản mà chế độ báo cáo đang dùng, từ phiên bản báo cáo đang có.",
            remedy="Tải lại báo cáo để xem phiên bản đang dùng và xem trước việc chuyển.",
        )


class OtherFallen(Refused):
    def __init__(self, seen: int, now: int) -> None:
        super().__init__(
            "submission.form_move.other_fallen",
            f"Bạn đã xem {seen} số liệu không có chỗ ở phiên bản mới, nay là {now}.",
            places=(Place(field="fallen"),),
            rule="Số liệu chỉ chuyển sang phiên bản mới khi người nhập đã xem những gì không mang sang được.",
            remedy="Xem lại bản xem trước rồi đồng ý lại.",
            details={"seen": seen, "fallen": now},
        )
