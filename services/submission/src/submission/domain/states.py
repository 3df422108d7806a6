"""States of a report and acts on it, with the words people read for them.

"Late", "overdue" and "stale" are no states: they are computed (see `punctuality`, `aggregation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    ASSIGNED = "assigned"
    DRAFTING = "drafting"
    IN_CHECK = "in_check"
    IN_REVIEW = "in_review"
    FIGURES_APPROVED = "figures_approved"
    APPROVED = "approved"
    LEADER_SIGNED = "leader_signed"
    ISSUED = "issued"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Action(StrEnum):
    ENTER = "enter"
    SUBMIT = "submit"
    SUBMIT_NIL = "submit_nil"
    PASS_CHECK = "pass_check"  # noqa: S105
    APPROVE_FIGURES = "approve_figures"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    LEADER_SIGN = "leader_sign"
    ISSUE = "issue"
    TAKE_BACK = "take_back"
    SEND = "send"
    TAKE_IN = "take_in"
    RECALL = "recall"
    ACCEPT = "accept"
    REJECT = "reject"
    ASK_CORRECTION = "ask_correction"


class Role(StrEnum):
    """The part somebody plays in one transition. Which rights fill it, and where, the profile says."""

    ENTERER = "enterer"
    SUBMITTER = "submitter"
    WITHDRAWER = "withdrawer"
    CHECKER = "checker"
    FIGURES_APPROVER = "figures_approver"
    APPROVER = "approver"
    SIGNER = "signer"
    ISSUER = "issuer"
    TAKER_BACK = "taker_back"
    SENDER = "sender"
    RECALLER = "recaller"
    CORRECTION_ASKER = "correction_asker"
    RECEIVER = "receiver"
    DECIDER = "decider"
    REJECTER = "rejecter"


class Side(StrEnum):
    """Where the rights of a role are held: over the reporting unit or over the unit it reports to."""

    REPORTING_UNIT = "unit"
    LEAD_AGENCY = "lead"


# fmt: off
STATE_NAMES: Mapping[State, str] = {
    State.ASSIGNED:         "đã giao, chưa nhập",
    State.DRAFTING:         "đang nhập",
    State.IN_CHECK:         "đang kiểm tra",
    State.IN_REVIEW:        "chờ lãnh đạo duyệt",
    State.FIGURES_APPROVED: "đã duyệt số liệu",
    State.APPROVED:         "đã duyệt",
    State.LEADER_SIGNED:    "lãnh đạo đã ký, chờ phát hành",
    State.ISSUED:           "đã phát hành",
    State.SENT:             "đã gửi",
    State.ACCEPTED:         "cơ quan chủ trì đã duyệt",
    State.RETURNED:         "bị trả lại",
}

ACTION_NAMES: Mapping[Action, str] = {
    Action.ENTER:           "nhập số liệu",
    Action.SUBMIT:          "trình lãnh đạo",
    Action.SUBMIT_NIL:      "trình báo cáo không phát sinh",
    Action.PASS_CHECK:      "xác nhận đã kiểm tra",
    Action.APPROVE_FIGURES: "duyệt số liệu",
    Action.APPROVE:         "duyệt báo cáo",
    Action.RETURN:          "trả lại",
    Action.WITHDRAW:        "rút lại bản trình",
    Action.LEADER_SIGN:     "ký số",
    Action.ISSUE:           "phát hành",
    Action.TAKE_BACK:       "rút lại báo cáo đã duyệt",
    Action.SEND:            "gửi báo cáo",
    Action.TAKE_IN:         "tiếp nhận",
    Action.RECALL:          "thu hồi",
    Action.ACCEPT:          "duyệt tại cơ quan chủ trì",
    Action.REJECT:          "từ chối",
    Action.ASK_CORRECTION:  "đề nghị đính chính",
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.ENTERER:          "người nhập liệu",
    Role.SUBMITTER:        "người nhập liệu",
    Role.WITHDRAWER:       "người đã trình",
    Role.CHECKER:          "người kiểm tra",
    Role.FIGURES_APPROVER: "người duyệt số liệu",
    Role.APPROVER:         "lãnh đạo duyệt báo cáo",
    Role.SIGNER:           "lãnh đạo ký số",
    Role.ISSUER:           "văn thư phát hành",
    Role.TAKER_BACK:       "người đã duyệt, văn thư hoặc người gửi",
    Role.SENDER:           "người gửi báo cáo",
    Role.RECALLER:         "người gửi báo cáo",
    Role.CORRECTION_ASKER: "người gửi báo cáo",
    Role.RECEIVER:         "người tiếp nhận của cơ quan chủ trì",
    Role.DECIDER:          "người duyệt của cơ quan chủ trì",
    Role.REJECTER:         "người duyệt của cơ quan chủ trì",
}
# fmt: on
