"""What identity refuses, in words. Codes are stable; the portal and programs rely on them."""

from __future__ import annotations

from kit.errors import InvalidInput, NotFound, NotPermitted, Place, Refused, Stale, Unavailable


class UnitNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "identity.unit.not_found",
            "Không có cơ quan, đơn vị này trong tỉnh của bạn.",
            remedy="Tải lại danh sách đơn vị rồi chọn lại.",
        )


class AccountNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "identity.account.not_found",
            "Không có tài khoản này trong phạm vi bạn được xem.",
            remedy="Tải lại danh sách tài khoản rồi chọn lại.",
        )


class GrantNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("identity.grant.not_found", "Tài khoản không có quyền này.")


class CallerUnknown(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            "identity.account.unknown",
            "Bạn đã đăng nhập nhưng hệ thống chưa có tài khoản này hoặc tài khoản đang bị khóa.",
            remedy="Liên hệ quản trị đơn vị hoặc quản trị hệ thống của tỉnh.",
        )


class NotAdministrator(NotPermitted):
    def __init__(self, what: str, who: str = "quản trị hệ thống của tỉnh") -> None:
        super().__init__(
            "identity.right.not_administrator",
            f"Bạn không có quyền {what}: việc này dành cho {who}.",
            remedy=f"Đề nghị {who} thực hiện.",
        )


class RightNotGrantable(NotPermitted):
    def __init__(self, right: str) -> None:
        super().__init__(
            "identity.grant.not_grantable",
            f"Bạn không được cấp hoặc thu hồi quyền “{right}”.",
            rule="Quản trị đơn vị cấp quyền nhập liệu, kiểm tra, tổng hợp, duyệt, ký, phát hành, gửi cho người"
            " dùng của đơn vị; các quyền khác do quản trị hệ thống của tỉnh cấp.",
            remedy="Đề nghị quản trị hệ thống của tỉnh cấp quyền này.",
        )


class OwnRights(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            "identity.grant.own",
            "Không ai tự cấp quyền cho chính mình.",
            remedy="Đề nghị một quản trị khác cấp quyền.",
        )


class OwnLock(Refused):
    def __init__(self) -> None:
        super().__init__(
            "identity.account.own_lock",
            "Không ai tự khóa tài khoản của chính mình.",
            remedy="Đề nghị một quản trị khác thực hiện.",
        )


class Malformed(InvalidInput):
    def __init__(self, field: str, message: str, remedy: str | None = None) -> None:
        super().__init__(f"identity.input.{field}", message, places=(Place(field=field),), remedy=remedy)


class CodeTaken(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(
            "identity.unit.code_taken",
            f"Mã “{code}” đã dùng cho một đơn vị khác.",
            places=(Place(field="code"),),
            remedy="Chọn mã khác, hoặc sửa đơn vị đang mang mã này.",
        )


class UsernameTaken(Refused):
    def __init__(self, username: str) -> None:
        super().__init__(
            "identity.account.username_taken",
            f"Tên đăng nhập “{username}” đã có người khác dùng.",
            places=(Place(field="username"),),
            remedy="Chọn tên đăng nhập khác.",
        )


class ParentNotAllowed(Refused):
    def __init__(self, kind: str, parent_kind: str) -> None:
        super().__init__(
            "identity.unit.parent_not_allowed",
            f"Đơn vị loại “{kind}” không thể đặt dưới đơn vị loại “{parent_kind}”.",
            places=(Place(field="parent_id"),),
            remedy="Chọn đơn vị cấp trên khác hoặc sửa loại đơn vị.",
        )


class ChangeOutOfOrder(Refused):
    def __init__(self, since: str) -> None:
        super().__init__(
            "identity.unit.change_out_of_order",
            f"Thay đổi phải có hiệu lực từ ngày {since} trở đi và không sau hôm nay.",
            places=(Place(field="from_on"),),
            rule="Lịch sử của đơn vị chỉ được nối thêm, không sửa lại.",
        )


class VersionMoved(Stale):
    def __init__(self, what: str) -> None:
        super().__init__(
            "identity.version.moved",
            f"{what} đã được người khác thay đổi sau khi bạn mở.",
            remedy="Tải lại rồi thực hiện lại trên bản mới.",
        )


class ProfileUnknown(InvalidInput):
    def __init__(self, profile: str, known: tuple[str, ...]) -> None:
        super().__init__(
            "identity.province.profile_unknown",
            f"Không có cấu hình theo quy chế tên “{profile}”.",
            places=(Place(field="profile"),),
            remedy="Chọn một trong: " + ", ".join(known) + ".",
        )


class AlreadyLocked(Refused):
    def __init__(self, locked: bool) -> None:
        state = "đang bị khóa" if locked else "không bị khóa"
        super().__init__("identity.account.lock_state", f"Tài khoản {state}.")


class NoPassword(Refused):
    def __init__(self) -> None:
        super().__init__(
            "identity.account.no_password",
            "Tài khoản của chương trình không có mật khẩu.",
            remedy="Cấp lại khóa bí mật của chương trình tại hệ thống đăng nhập.",
        )


class LoginTaken(Refused):
    """The login system knows this name already, for someone else."""

    def __init__(self, username: str) -> None:
        super().__init__(
            "identity.login.taken",
            f"Hệ thống đăng nhập đã có tên “{username}” không thuộc tài khoản này.",
            remedy="Báo bộ phận vận hành kiểm tra, hoặc chọn tên đăng nhập khác.",
        )


class LoginUnavailable(Unavailable):
    """Keycloak does not answer. What was recorded stays, and is finished by the settler job."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__("identity.login.unavailable", message, remedy=remedy, retry_after=10)
