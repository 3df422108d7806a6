"""Refusals about trials, links and packages of forms, by name."""

from __future__ import annotations

from collections.abc import Sequence

from kit.errors import InvalidInput, Place, Refused


class VersionNotPublished(Refused):
    def __init__(self, number: int) -> None:
        super().__init__(
            "catalog.form_version.not_published",
            f"Phiên bản {number} không ở trạng thái đã công bố.",
            remedy="Chỉ thôi dùng được phiên bản đã công bố.",
        )


class EntryFormLinked(InvalidInput):
    """DL-9.2a."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "catalog.form.entry_form_linked",
            f"Biểu {code} chỉ là biểu mẫu nhập liệu nên không lấy số liệu từ biểu khác.",
            places=(Place(field="links"),),
            remedy="Chọn loại “biểu mẫu báo cáo” hoặc “cả hai”, hoặc bỏ các liên kết.",
        )


class CellLinkedTwice(InvalidInput):
    def __init__(self, row: str, column: str) -> None:
        super().__init__(
            "catalog.form.cell_linked_twice",
            f"Ô ở dòng {row}, cột {column} được nối với hai ô nguồn.",
            places=(Place(field="links"),),
            remedy="Mỗi ô chỉ lấy số liệu từ một ô; cần cộng nhiều ô thì dùng công thức.",
        )


class LinkBroken(InvalidInput):
    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(
            "catalog.form.link_broken",
            f"Có {len(faults)} liên kết không dùng được: {'; '.join(faults[:5])}.",
            places=(Place(field="links"),),
            remedy="Nối ô nhập của biểu báo cáo với ô nhập hoặc ô tính của biểu nhập liệu đã công bố.",
            details={"faults": list(faults)},
        )


class PackageUnreadable(InvalidInput):
    def __init__(self, why: str) -> None:
        super().__init__(
            "catalog.package.unreadable",
            f"Tệp không phải gói biểu mẫu của hệ thống: {why}.",
            places=(Place(field="file"),),
            remedy="Xuất lại gói từ hệ thống nguồn và tải lên nguyên vẹn.",
        )


class PackageNotTrusted(Refused):
    def __init__(self, why: str) -> None:
        super().__init__(
            "catalog.package.not_trusted",
            f"Không nhận gói biểu mẫu này: {why}.",
            places=(Place(field="file"),),
            rule="Chỉ nhận gói có chữ ký còn nguyên vẹn của một hệ thống được tin cậy.",
            remedy="Xin lại gói từ tỉnh nguồn, hoặc đề nghị người vận hành thêm khóa của tỉnh ấy vào danh sách tin cậy.",
        )
