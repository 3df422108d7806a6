"""Refusals of this service: each says what, where, by which rule, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from forms.values import CellKey
from kit.errors import InvalidInput, NotFound, NotPermitted, Place, Refused, Stale

from submission.domain.states import ACTION_NAMES, ROLE_NAMES, STATE_NAMES, Action, Role, State


class ActionNotAllowed(Refused):
    """The table has no such transition from this state."""

    def __init__(self, state: State, action: Action, possible: Iterable[Action]) -> None:
        names = [ACTION_NAMES[each] for each in possible]
        super().__init__(
            "submission.report.action_not_allowed",
            f"Báo cáo đang ở trạng thái «{STATE_NAMES[state]}» nên không thể {ACTION_NAMES[action]}.",
            rule="Quy trình báo cáo: nhập → trình → duyệt → ký số → gửi → cơ quan chủ trì duyệt.",
            remedy=f"Việc làm được lúc này: {', '.join(names)}."
            if names
            else "Tải lại trang để xem trạng thái.",
            details={"state": state, "action": action, "possible": list(possible)},
        )


class RightNotHeld(NotPermitted):
    def __init__(self, action: Action, role: Role, rights: Iterable[str], article: str | None) -> None:
        wanted = sorted(rights)
        super().__init__(
            "submission.report.right_not_held",
            f"Tài khoản của bạn không có quyền {ACTION_NAMES[action]}; việc này của {ROLE_NAMES[role]}.",
            rule=article,
            remedy="Đề nghị quản trị của đơn vị cấp quyền, hoặc chuyển việc cho người có quyền.",
            details={"action": action, "role": role, "rights": wanted},
        )


class NotNamed(NotPermitted):
    def __init__(self, action: Action, regime: str, article: str) -> None:
        super().__init__(
            "submission.report.account_not_named",
            f"Chế độ báo cáo «{regime}» chỉ định tài khoản được {ACTION_NAMES[action]}, và tài khoản của bạn không "
            "nằm trong số đó.",
            rule=article,
            remedy="Chuyển việc cho tài khoản được chế độ báo cáo chỉ định (xem trang của chế độ báo cáo).",
            details={"action": action},
        )


class OwnEntry(NotPermitted):
    def __init__(self, action: Action, article: str | None) -> None:
        super().__init__(
            "submission.report.own_entry",
            f"Bạn đã nhập số liệu của bản này nên không được tự {ACTION_NAMES[action]}.",
            rule=article or "Không ai duyệt số liệu do chính mình nhập.",
            remedy="Đề nghị một người có quyền duyệt khác của đơn vị.",
            details={"action": action},
        )


class ReasonMissing(InvalidInput):
    def __init__(self, action: Action) -> None:
        super().__init__(
            "submission.report.reason_missing",
            f"Phải ghi rõ lý do khi {ACTION_NAMES[action]}.",
            places=(Place(field="reason"),),
            rule="Việc trả lại, từ chối, rút lại phải có lý do bằng văn bản.",
            remedy="Nhập lý do rồi thực hiện lại.",
        )


class NotReleased(Refused):
    def __init__(self, lead_unit: str) -> None:
        super().__init__(
            "submission.report.not_released",
            f"Kỳ báo cáo đã được chuẩn bị nhưng {lead_unit} chưa giao cho đơn vị.",
            remedy=f"Chờ {lead_unit} giao báo cáo.",
        )


class NotYourSubmission(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            "submission.report.not_your_submission",
            "Chỉ người đã trình mới được rút lại bản trình.",
            remedy="Người duyệt có thể trả lại kèm lý do.",
        )


class AlreadyHandled(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.report.already_handled",
            "Bản trình đã được người khác xử lý nên không rút lại được nữa.",
            remedy="Đề nghị người đang giữ báo cáo trả lại kèm lý do.",
        )


class AlreadyTakenIn(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.report.already_taken_in",
            "Báo cáo này đã được tiếp nhận.",
            remedy="Không cần làm gì thêm; có thể duyệt hoặc trả lại.",
        )


class NotTakenIn(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.report.not_taken_in",
            "Báo cáo chưa được tiếp nhận nên chưa duyệt được.",
            rule="Cơ quan chủ trì tiếp nhận, kiểm tra rồi mới duyệt.",
            remedy="Bấm tiếp nhận, kiểm tra rồi duyệt.",
        )


class NilNotAllowed(Refused):
    def __init__(self, regime: str) -> None:
        super().__init__(
            "submission.report.nil_not_allowed",
            f"Chế độ báo cáo «{regime}» không cho báo cáo «không phát sinh».",
            remedy="Nhập số liệu của kỳ rồi trình.",
        )


class CorrectionAlreadyAsked(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.report.correction_already_asked",
            "Đã có một đề nghị đính chính đang chờ cơ quan chủ trì trả lời.",
            remedy="Chờ cơ quan chủ trì từ chối báo cáo để mở bản đính chính.",
        )


class ReportMovedOn(Stale):
    def __init__(self, expected: int, now: int) -> None:
        super().__init__(
            "submission.report.moved_on",
            "Báo cáo đã được người khác xử lý sau khi bạn mở trang.",
            remedy="Tải lại báo cáo, xem lịch sử rồi quyết định lại.",
            details={"expected_version": expected, "version": now},
        )


class NewerEdits(Stale):
    def __init__(
        self, seen: int, last_edit: int, cells: list[dict[str, Any]], then: str = "trình lại"
    ) -> None:
        super().__init__(
            "submission.report.newer_edits",
            f"Có {len(cells)} ô được người khác sửa sau lần bạn xem gần nhất.",
            places=[Place(cell=f"{c['row']}/{c['column']}") for c in cells[:50]],
            remedy=f"Xem các ô mới sửa rồi {then}.",
            details={"seen_edit": seen, "last_edit": last_edit, "cells": cells},
        )


class FiguresHaveErrors(InvalidInput):
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        super().__init__(
            "submission.report.figures_have_errors",
            f"Báo cáo còn {len(messages)} lỗi nên chưa trình được. Lỗi đầu tiên: {messages[0]['message']}",
            places=[Place(sheet=m.get("sheet"), cell=m.get("a1")) for m in messages[:50]],
            remedy="Sửa các ô có lỗi rồi trình lại.",
            details={"messages": messages},
        )


class WarningsUnexplained(InvalidInput):
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        super().__init__(
            "submission.report.warnings_unexplained",
            f"Còn {len(messages)} cảnh báo chưa có giải trình.",
            places=[Place(sheet=m.get("sheet"), cell=m.get("a1")) for m in messages[:50]],
            remedy="Ghi giải trình cho từng cảnh báo (trường explanations) rồi trình lại.",
            details={"messages": messages},
        )


class PinWithoutNote(InvalidInput):
    def __init__(self, number: int) -> None:
        super().__init__(
            "submission.pin.note_missing",
            f"Chỗ cần sửa thứ {number + 1} chưa ghi phải sửa gì.",
            places=(Place(field=f"places[{number}].note"),),
            rule="Mỗi ô được đánh dấu khi trả lại phải có lý do.",
            remedy="Ghi lý do cho từng ô, hoặc bỏ đánh dấu ô đó.",
        )


class PinUnknown(InvalidInput):
    def __init__(self, number: int, what: str) -> None:
        super().__init__(
            "submission.pin.place_unknown",
            f"Chỗ cần sửa thứ {number + 1} không đúng: báo cáo này không có {what}.",
            places=(Place(field=f"places[{number}]"),),
            rule="Chỉ đánh dấu được ô nhập, ô tính của biểu và mục của đề cương.",
            remedy="Tải lại báo cáo rồi đánh dấu lại.",
        )


class PinClosed(Refused):
    def __init__(self) -> None:
        super().__init__(
            "submission.pin.closed",
            "Lần trả lại này không còn là lần mới nhất nên không đánh dấu được nữa.",
            remedy="Tải lại báo cáo để xem lần trả lại mới nhất.",
        )


class NothingEntered(Refused):
    def __init__(self, nil_allowed: bool) -> None:
        nil = " hoặc báo cáo «không phát sinh» nếu kỳ này không có số liệu" if nil_allowed else ""
        super().__init__(
            "submission.report.nothing_entered",
            "Báo cáo chưa có số liệu hay nội dung nào.",
            remedy=f"Nhập số liệu{nil}.",
        )


def report_not_found() -> NotFound:
    return NotFound(
        "submission.report.not_found",
        "Không tìm thấy báo cáo, hoặc báo cáo thuộc đơn vị ngoài phạm vi của bạn.",
        remedy="Kiểm tra đường dẫn, hoặc đề nghị được cấp quyền xem.",
    )


def not_in_report(what: str) -> NotFound:
    return NotFound(
        "submission.report.part_not_found",
        f"Báo cáo này không có {what}.",
        remedy="Tải lại báo cáo để xem các biểu và phiên bản của nó.",
    )


def list_not_allocated(why: str) -> Refused:
    return Refused("submission.figure.not_allocated", why)


def nothing_known(key: CellKey) -> NotFound:
    return NotFound(
        "submission.figure.nothing_known",
        f"Hệ thống chưa có số liệu đã duyệt nào cho ô {key.row}/{key.column}.",
        remedy="Tải lại biểu để xem các ô đang có số liệu sẵn, hoặc nhập số liệu.",
        places=(Place(cell=f"{key.row}/{key.column}"),),
    )


def figures_not_sent_yet(unit: str) -> Refused:
    return Refused(
        "submission.report.not_sent_yet",
        f"{unit} chưa gửi báo cáo này nên cơ quan chủ trì chưa xem được số liệu.",
        rule="Cơ quan chủ trì chỉ xem số liệu đã được duyệt, ký và gửi.",
        remedy="Xem tiến độ và đôn đốc đơn vị gửi báo cáo.",
    )
