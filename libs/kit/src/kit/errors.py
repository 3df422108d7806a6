"""The six kinds of refusal, and what each of them always says.

A refusal carries a stable `code`, a Vietnamese `message` (what is wrong), the `places` it
concerns, the `rule` it follows from and the `remedy` open to the person. The domain raises the
first five kinds, adapters the sixth; kit maps each kind once to HTTP and once to gRPC, and a
refusal that crosses a service boundary arrives as the same kind with the same content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where the refusal points: a sheet and cell of a table, a field of a request, or both."""

    sheet: str | None = None
    cell: str | None = None
    field: str | None = None

    def as_dict(self) -> dict[str, str]:
        pairs = (("sheet", self.sheet), ("cell", self.cell), ("field", self.field))
        return {name: value for name, value in pairs if value is not None}


class DomainError(Exception):
    """A refusal in words. Raise one of the six kinds below, or a named subclass of them."""

    http_status: ClassVar[int] = 500
    grpc_status: ClassVar[str] = "INTERNAL"
    title: ClassVar[str] = "Lỗi hệ thống"

    def __init__(
        self,
        code: str,
        message: str,
        *,
        places: Iterable[Place] = (),
        rule: str | None = None,
        remedy: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.places = tuple(places)
        self.rule = rule
        self.remedy = remedy
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class InvalidInput(DomainError):
    """What was sent cannot be understood or breaks a rule of form."""

    http_status = 422
    grpc_status = "INVALID_ARGUMENT"
    title = "Dữ liệu không hợp lệ"


class NotPermitted(DomainError):
    """The person, or the calling service, has no right to this."""

    http_status = 403
    grpc_status = "PERMISSION_DENIED"
    title = "Không có quyền"


class NotFound(DomainError):
    """There is no such thing, or none the person may know of."""

    http_status = 404
    grpc_status = "NOT_FOUND"
    title = "Không tìm thấy"


class Refused(DomainError):
    """Understood and permitted, but not in this state of things."""

    http_status = 409
    grpc_status = "FAILED_PRECONDITION"
    title = "Không thực hiện được"


class Stale(DomainError):
    """The person decided on a version that is no longer the newest."""

    http_status = 412
    grpc_status = "ABORTED"
    title = "Dữ liệu đã thay đổi"


class Unavailable(DomainError):
    """Something needed does not answer now; the same request may succeed in `retry_after` s."""

    http_status = 503
    grpc_status = "UNAVAILABLE"
    title = "Tạm thời chưa phục vụ được"

    def __init__(
        self,
        code: str,
        message: str,
        *,
        places: Iterable[Place] = (),
        rule: str | None = None,
        remedy: str | None = None,
        details: Mapping[str, Any] | None = None,
        retry_after: int = 5,
    ) -> None:
        super().__init__(code, message, places=places, rule=rule, remedy=remedy, details=details)
        self.retry_after = retry_after


KINDS: tuple[type[DomainError], ...] = (
    InvalidInput,
    NotPermitted,
    NotFound,
    Refused,
    Stale,
    Unavailable,
)
