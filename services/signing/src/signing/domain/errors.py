"""Every refusal of this service: what, by which rule, what to do."""

from __future__ import annotations

from kit.errors import InvalidInput, NotFound, NotPermitted, Place, Refused, Stale, Unavailable

from signing.domain.states import ACTION_NAMES, STATE_NAMES, Action, State


class RequestNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "signing.request.not_found",
            "Không có yêu cầu ký số này, hoặc tài khoản không được xem.",
            remedy="Mở lại báo cáo từ danh sách công việc.",
        )


class DocumentNotReadable(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            "signing.document.not_readable",
            "Tài khoản không được xem văn bản này.",
            rule="Văn bản do cơ quan lập, cơ quan cấp trên có quyền theo dõi, và cơ quan nhận khi đã phát hành được xem.",
            remedy="Đề nghị người quản trị cấp quyền tại cơ quan lập báo cáo.",
        )


class ActionNotAllowed(Refused):
    def __init__(self, state: State, action: Action) -> None:
        super().__init__(
            "signing.request.action_not_allowed",
            f"Không thể {ACTION_NAMES[action]}: văn bản {STATE_NAMES[state]}.",
            rule="Lãnh đạo ký trước, sau đó cấp số và ký số của cơ quan (Nghị định 30/2020/NĐ-CP).",
            remedy="Tải lại trang để xem trạng thái mới nhất.",
            details={"state": state.value, "action": action.value},
        )


class ReasonMissing(InvalidInput):
    def __init__(self, action: Action) -> None:
        super().__init__(
            "signing.request.reason_missing",
            f"Cần ghi lý do khi {ACTION_NAMES[action]}.",
            places=[Place(field="reason")],
            remedy="Nhập lý do để người lập báo cáo biết cần sửa gì.",
        )


class RequestMovedOn(Stale):
    def __init__(self) -> None:
        super().__init__(
            "signing.request.moved_on",
            "Văn bản vừa được người khác ký, phát hành hoặc hủy; chữ ký vừa tạo không được ghi nhận.",
            remedy="Tải lại trang để xem văn bản mới nhất.",
        )


class RevisionDiffers(Refused):
    def __init__(self, revision: int) -> None:
        super().__init__(
            "signing.request.hash_differs",
            f"Lần {revision} của báo cáo đã có yêu cầu ký với mã kiểm tra số liệu khác.",
            rule="Một lần của báo cáo chỉ có một bản số liệu; thay đổi số liệu phải lập lần mới.",
            remedy="Lập lần mới của báo cáo rồi trình ký lại.",
        )


class RevisionOutdated(Refused):
    def __init__(self, revision: int) -> None:
        super().__init__(
            "signing.request.revision_outdated",
            f"Báo cáo đã có lần mới hơn lần {revision}; không ký lần cũ.",
            remedy="Trình ký lần mới nhất.",
        )


class PersonNeeded(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            "signing.request.person_needed",
            "Chỉ người dùng thật mới được ký số; chương trình không ký thay.",
            rule="Khóa ký do người có thẩm quyền trực tiếp kiểm soát (Nghị định 30/2020/NĐ-CP, Điều 5).",
        )


class LeaderMissing(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "signing.request.leader_unknown",
            "Người được trình ký không thuộc tỉnh của báo cáo hoặc không còn hoạt động.",
            places=[Place(field="leader_account_id")],
        )


class NumberTaken(Refused):
    def __init__(self, number: int, year: int) -> None:
        super().__init__(
            "signing.number.taken",
            f"Số {number} của năm {year} đã được dùng hoặc đã hủy.",
            places=[Place(field="number")],
            rule="Số văn bản là duy nhất theo cơ quan, loại văn bản và năm (Nghị định 30/2020/NĐ-CP, Điều 15).",
            remedy="Để trống để hệ thống cấp số kế tiếp, hoặc nhập số khác.",
        )


class NumberInvalid(InvalidInput):
    def __init__(self) -> None:
        super().__init__(
            "signing.number.invalid",
            "Số văn bản là số nguyên từ 1 đến 999999.",
            places=[Place(field="number")],
            remedy="Chỉ nhập phần số, ví dụ 123; ký hiệu do hệ thống điền.",
        )


class PinWrong(InvalidInput):
    def __init__(self, *, low: bool = False) -> None:
        warning = " Chỉ còn rất ít lần thử trước khi thiết bị bị khóa." if low else ""
        super().__init__(
            "signing.token.pin_wrong",
            f"Mã PIN không đúng; văn bản chưa được ký.{warning}",
            places=[Place(field="pin")],
            rule="Thiết bị ký số bị khóa sau nhiều lần nhập sai mã PIN liên tiếp.",
            remedy="Kiểm tra bàn phím và nhập lại cẩn thận; nếu quên PIN, liên hệ nơi cấp chứng thư số.",
        )


class PinShape(InvalidInput):
    def __init__(self, field: str = "pin") -> None:
        super().__init__(
            "signing.token.pin_missing",
            "Cần nhập mã PIN của thiết bị ký số (4 đến 64 ký tự).",
            places=[Place(field=field)],
            remedy="Nhập mã PIN của chính mình; hệ thống không lưu mã này.",
        )


class TokenLocked(Refused):
    def __init__(self) -> None:
        super().__init__(
            "signing.token.locked",
            "Thiết bị ký số đã bị khóa do nhập sai mã PIN nhiều lần.",
            remedy="Liên hệ nơi cấp chứng thư số để mở khóa.",
        )


class TooManyWrongPins(Refused):
    def __init__(self, minutes: int) -> None:
        super().__init__(
            "signing.token.too_many_attempts",
            f"Đã nhập sai mã PIN nhiều lần; tạm dừng ký trong {minutes} phút.",
            rule="Hệ thống dừng trước khi thiết bị ký số tự khóa.",
            remedy="Chờ hết thời gian rồi nhập lại đúng mã PIN.",
        )


class TokenMissing(Unavailable):
    def __init__(self, whose: str) -> None:
        super().__init__(
            "signing.token.missing",
            f"Không tìm thấy thiết bị ký số của {whose}.",
            remedy="Kiểm tra thiết bị đã được cấp và kết nối; liên hệ người quản trị nếu chưa có.",
            retry_after=30,
        )


class TokenFailed(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "signing.token.failed",
            "Thiết bị ký số không trả lời; văn bản chưa được ký.",
            remedy="Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị.",
        )


class CertificateUnusable(Refused):
    def __init__(self, why: str) -> None:
        super().__init__(
            "signing.certificate.unusable",
            f"Chứng thư số không dùng được: {why}.",
            rule="Chữ ký số chỉ có giá trị khi chứng thư số đang có hiệu lực.",
            remedy="Đề nghị cấp hoặc gia hạn chứng thư số.",
        )


class TimeStampUnavailable(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "signing.timestamp.unavailable",
            "Dịch vụ cấp dấu thời gian không trả lời; văn bản chưa được ký.",
            remedy="Thử lại sau ít phút.",
        )


class NumberNotKept(Refused):
    def __init__(self, number: int) -> None:
        super().__init__(
            "signing.number.not_kept",
            f"Số {number} không ở trạng thái giữ lại nên không hủy được.",
            rule="Chỉ hủy số của văn bản đã lấy lại mà không phát hành lại.",
            remedy="Xem lại sổ đăng ký văn bản đi.",
        )


class NumbersRacing(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "signing.number.racing",
            "Nhiều văn bản của cơ quan đang được cấp số cùng lúc; văn bản này chưa được phát hành.",
            remedy="Thử lại sau ít giây.",
            retry_after=3,
        )


class ContentDiffers(Refused):
    def __init__(self) -> None:
        super().__init__(
            "signing.content.hash_mismatch",
            "Nội dung nhận được không khớp mã kiểm tra đã thông báo; không lập văn bản để ký.",
            rule="Văn bản ký phải đúng từng chữ với nội dung đã duyệt.",
            remedy="Trình lại; nếu lặp lại, báo người quản trị.",
        )


class ContentUnprintable(InvalidInput):
    def __init__(self, why: str) -> None:
        super().__init__(
            "signing.content.unprintable",
            f"Không lập được văn bản từ nội dung báo cáo: {why}.",
            remedy="Rút gọn nội dung hoặc chia thành nhiều phụ lục rồi trình lại.",
        )


class RenderingUnavailable(Unavailable):
    def __init__(self, why: str) -> None:
        super().__init__("signing.rendering.unavailable", f"Chưa lập được văn bản: {why}.")


class NotAPdf(InvalidInput):
    def __init__(self, why: str) -> None:
        super().__init__(
            "signing.verification.not_a_pdf",
            f"Không kiểm tra được tệp: {why}.",
            places=[Place(field="file")],
            remedy="Chọn tệp PDF đã ký số, không có mật khẩu, dung lượng trong giới hạn.",
        )
