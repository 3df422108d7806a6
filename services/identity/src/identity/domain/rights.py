"""The functional rights, and which administrator may hand out which."""

from __future__ import annotations

from enum import StrEnum

from identity.domain.errors import Malformed


class Right(StrEnum):
    OPERATOR = "operator"
    PROVINCE_ADMIN = "province_admin"
    UNIT_ADMIN = "unit_admin"
    FORM_DESIGNER = "form_designer"
    REGIME_OWNER = "regime_owner"
    ENTRY = "entry"
    CHECK = "check"
    APPROVE_FIGURES = "approve_figures"
    APPROVE = "approve"
    SIGN = "sign"
    ISSUE = "issue"
    SEND = "send"
    TAKE_IN = "take_in"
    DECIDE = "decide"
    AGGREGATE = "aggregate"
    MONITOR = "monitor"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    HISTORY_IMPORT = "history_import"


VIETNAMESE: dict[Right, str] = {
    Right.OPERATOR: "vận hành hệ thống",
    Right.PROVINCE_ADMIN: "quản trị hệ thống của tỉnh",
    Right.UNIT_ADMIN: "quản trị đơn vị",
    Right.FORM_DESIGNER: "thiết kế biểu mẫu",
    Right.REGIME_OWNER: "thiết lập chế độ báo cáo",
    Right.ENTRY: "nhập liệu",
    Right.CHECK: "kiểm tra",
    Right.APPROVE_FIGURES: "duyệt số liệu",
    Right.APPROVE: "duyệt báo cáo",
    Right.SIGN: "ký số",
    Right.ISSUE: "phát hành (văn thư)",
    Right.SEND: "gửi báo cáo",
    Right.TAKE_IN: "tiếp nhận",
    Right.DECIDE: "duyệt tại cơ quan chủ trì",
    Right.AGGREGATE: "tổng hợp",
    Right.MONITOR: "theo dõi",
    Right.REVIEWER: "rà soát",
    Right.AUDITOR: "kiểm tra nhật ký",
    Right.HISTORY_IMPORT: "nạp số liệu các kỳ trước",
}

# DT-14.3: entry, aggregate, approve, send for the unit's own users, and the acts between them.
GRANTED_BY_UNIT_ADMIN = frozenset(
    {
        Right.ENTRY,
        Right.CHECK,
        Right.APPROVE_FIGURES,
        Right.APPROVE,
        Right.SIGN,
        Right.ISSUE,
        Right.SEND,
        Right.TAKE_IN,
        Right.DECIDE,
        Right.AGGREGATE,
    }
)
# The operator makes provinces and their first administrator, and reads nothing of their reports.
GRANTED_BY_OPERATOR = frozenset({Right.OPERATOR, Right.PROVINCE_ADMIN})
# Rights that hold for a whole province are given at its root only.
AT_THE_ROOT = frozenset({Right.PROVINCE_ADMIN})


def a_right(name: str) -> Right:
    try:
        return Right(name)
    except ValueError:
        raise Malformed(
            "right", f"Không có quyền tên “{name[:60]}”.", "Chọn một trong: " + ", ".join(Right) + "."
        ) from None
