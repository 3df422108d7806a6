"""Not one of the six kinds: nobody is known to refuse anything to yet."""

from __future__ import annotations

from kit.errors import DomainError


class NotAuthenticated(DomainError):
    http_status = 401
    grpc_status = "UNAUTHENTICATED"
    title = "Chưa đăng nhập"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, remedy="Đăng nhập lại rồi thực hiện lại thao tác.")


def token_missing() -> NotAuthenticated:
    return NotAuthenticated("kit.auth.token_missing", "Yêu cầu này cần đăng nhập.")


def token_expired() -> NotAuthenticated:
    return NotAuthenticated("kit.auth.token_expired", "Phiên đăng nhập đã hết hạn.")


def token_refused(why: str) -> NotAuthenticated:
    return NotAuthenticated("kit.auth.token_refused", f"Thẻ truy cập không được chấp nhận: {why}.")


def account_locked() -> NotAuthenticated:
    return NotAuthenticated("kit.auth.account_locked", "Tài khoản đã bị khóa.")
