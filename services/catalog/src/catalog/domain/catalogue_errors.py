"""Every refusal about shared catalogues, indicators, their sets and allocation, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.errors import InvalidInput, NotFound, Place, Refused

KINDS = {"measure": "đơn vị tính", "domain": "lĩnh vực", "breakdown": "phân tổ"}


class EntryNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("catalog.entry.not_found", "Không có mục này trong danh mục dùng chung của tỉnh.")


class EntryInUse(Refused):
    def __init__(self, name: str, by: Sequence[str]) -> None:
        super().__init__(
            "catalog.entry.in_use",
            f"Mục “{name}” đang được {len(by)} chỉ tiêu dùng nên không xóa được.",
            rule="Mục danh mục đã dùng được giữ lại để số liệu cũ còn nguyên nghĩa.",
            remedy="Đánh dấu thôi dùng: mục không còn được chọn cho chỉ tiêu mới.",
            details={"indicators": list(by)[:50]},
        )


class BreakdownItemsMissing(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "catalog.entry.items_missing",
            "Phân tổ cần ít nhất hai mục, mỗi mục có mã riêng và tên.",
            places=(Place(field="items"),),
            remedy="Bổ sung các mục của phân tổ, ví dụ: Nam, Nữ.",
        )


class BreakdownItemInUse(Refused):
    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(
            "catalog.entry.item_in_use",
            f"Phân tổ đang được chỉ tiêu dùng nên không bỏ được mục: {', '.join(codes)}.",
            places=(Place(field="items"),),
            remedy="Giữ mục cũ; nếu cách phân tổ đã khác, lập phân tổ mới.",
        )


class EntriesUnknown(InvalidInput):
    def __init__(self, field: str, kind: str) -> None:
        super().__init__(
            f"catalog.indicator.{field}_unknown",
            f"Mục {KINDS[kind]} đã chọn không có trong danh mục dùng chung hoặc đã thôi dùng.",
            places=(Place(field=field),),
            remedy="Chọn lại trong danh mục dùng chung của tỉnh.",
        )


class IndicatorNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("catalog.indicator.not_found", "Không có chỉ tiêu này trong tỉnh của đồng chí.")


class IndicatorsUnknown(InvalidInput):
    def __init__(self, field: str, which: Iterable[str]) -> None:
        listed = list(which)
        super().__init__(
            "catalog.indicator.unknown",
            f"Có {len(listed)} chỉ tiêu không có trong danh mục, chưa công bố hoặc đã gộp vào chỉ tiêu khác.",
            places=(Place(field=field),),
            remedy="Chọn chỉ tiêu đang áp dụng trong danh mục.",
            details={"indicators": listed},
        )


class IndicatorRuleIncomplete(InvalidInput):
    def __init__(self, field: str, words: str) -> None:
        super().__init__(
            "catalog.indicator.rule_incomplete",
            words,
            places=(Place(field=field),),
            rule="Bình quân gia quyền cần chỉ tiêu làm trọng số; tỷ số của các tổng cần tử số và mẫu số; các chỉ tiêu "
            "đó khác chính chỉ tiêu này.",
            remedy="Chọn đủ chỉ tiêu mà cách tổng hợp cần.",
        )


class TimeRuleWrong(InvalidInput):
    def __init__(self, words: str) -> None:
        super().__init__(
            "catalog.indicator.time_rule_wrong",
            words,
            places=(Place(field="over_time"),),
            rule="Chỉ tiêu thời kỳ cộng được qua các kỳ; chỉ tiêu thời điểm và tỷ lệ thì không.",
            remedy="Chọn “Lấy kỳ cuối” hoặc “Không tổng hợp”.",
        )


class IndicatorIncomplete(Refused):
    """DL-4.2c, DT-4.4, QN-4.4: what the one definition of an indicator holds."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        words = "; ".join(words for _, words in missing)
        super().__init__(
            "catalog.indicator.incomplete",
            f"Chưa công bố được chỉ tiêu vì còn thiếu: {words}.",
            places=tuple(Place(field=field) for field, _ in missing),
            remedy="Bổ sung các mục còn thiếu rồi công bố lại.",
            details={"missing": [{"field": field, "message": words} for field, words in missing]},
        )


class NoDraft(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.indicator.no_draft",
            f"Chỉ tiêu “{name}” không có bản nháp nào để công bố.",
            remedy="Sửa nội dung chỉ tiêu để có bản nháp của phiên bản mới.",
        )


class ValidFromWrong(InvalidInput):
    def __init__(self, after: str) -> None:
        super().__init__(
            "catalog.indicator.valid_from_wrong",
            f"Phiên bản mới phải có hiệu lực sau ngày {after}, là ngày phiên bản trước có hiệu lực.",
            places=(Place(field="valid_from"),),
            rule="Phiên bản đã công bố giữ nguyên nội dung và thời gian áp dụng đã qua.",
            remedy="Chọn ngày hiệu lực muộn hơn.",
        )


class IndicatorMergedAway(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            "catalog.indicator.merged",
            f"Chỉ tiêu “{name}” đã gộp vào chỉ tiêu khác.",
            remedy="Mở chỉ tiêu được giữ lại.",
        )


class MergeRefused(Refused):
    def __init__(self, words: str) -> None:
        super().__init__(
            "catalog.indicator.merge_refused",
            words,
            places=(Place(field="into"),),
            rule="Chỉ gộp vào một chỉ tiêu khác đang áp dụng, có cùng đơn vị tính.",
            remedy="Chọn chỉ tiêu được giữ lại cho đúng.",
        )


class ImportRefused(InvalidInput):
    """Nothing of the table was taken: every fault by its row."""

    def __init__(self, faults: Sequence[tuple[int, str, str]]) -> None:
        rows = len({row for row, _, _ in faults})
        first = faults[0]
        super().__init__(
            "catalog.indicator.import_refused",
            f"Bảng chỉ tiêu có {rows} dòng sai, chưa dòng nào được nhận. Dòng {first[0]}: {first[2]}",
            places=tuple(Place(cell=f"{row}", field=column) for row, column, _ in faults[:200]),
            rule="Bảng được nhận trọn vẹn hoặc không nhận dòng nào.",
            remedy="Sửa các dòng được nêu rồi tải lên lại.",
            details={"rows": [{"row": row, "column": c, "message": words} for row, c, words in faults[:500]]},
        )


class TableWrong(InvalidInput):
    def __init__(self, words: str, remedy: str) -> None:
        super().__init__("catalog.table.wrong", words, places=(Place(field="file"),), remedy=remedy)


class SetNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "catalog.indicator_set.not_found", "Không có bộ chỉ tiêu này trong tỉnh của đồng chí."
        )


class SetWrong(InvalidInput):
    def __init__(self, words: str) -> None:
        super().__init__(
            "catalog.indicator_set.wrong",
            words,
            places=(Place(field="groups"),),
            remedy="Mỗi nhóm có tên; mỗi chỉ tiêu chỉ đứng một lần trong bộ; trọng số không âm.",
        )


class AllocationWrong(InvalidInput):
    def __init__(self, words: str, rows: Iterable[str]) -> None:
        super().__init__(
            "catalog.allocation.wrong",
            words,
            places=(Place(field="rows"),),
            remedy="Phân bổ dòng của biểu thuộc chế độ này cho đơn vị thực hiện báo cáo của chế độ.",
            details={"rows": list(rows)},
        )
