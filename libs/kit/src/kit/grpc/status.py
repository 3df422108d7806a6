"""Refusals cross a service boundary as google.rpc details and arrive as the same kind."""

from __future__ import annotations

import json
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc.error_details_pb2 import ErrorInfo  # type: ignore[import-untyped]
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]

from kit.auth.errors import NotAuthenticated
from kit.errors import KINDS, DomainError, Place, Unavailable

DETAILS_KEY = "grpc-status-details-bin"
_KIND_OF = {kind.grpc_status: kind for kind in KINDS}


def status_code(error: DomainError) -> grpc.StatusCode:
    return grpc.StatusCode[error.grpc_status]


def to_details(error: DomainError, service: str) -> bytes:
    info = ErrorInfo(reason=error.code, domain=service)
    told: dict[str, Any] = {
        "rule": error.rule,
        "remedy": error.remedy,
        "places": [place.as_dict() for place in error.places],
        "details": error.details,
        "retry_after": getattr(error, "retry_after", None),
    }
    for name, value in told.items():
        if value not in (None, [], {}):
            info.metadata[name] = json.dumps(value, ensure_ascii=False, default=str)
    packed = AnyMessage()
    packed.Pack(info)
    status = Status(code=status_code(error).value[0], message=error.message, details=[packed])
    return bytes(status.SerializeToString())


def from_rpc_error(error: grpc.aio.AioRpcError, peer: str) -> DomainError:
    """What the peer refused, or that it could not be reached."""
    code = error.code()
    trailing: Any = error.trailing_metadata() or ()
    for key, value in trailing:
        if key == DETAILS_KEY:
            return _from_details(Status.FromString(bytes(value)), code)
    if code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
        return Unavailable(
            "kit.peer.unavailable",
            f"Dịch vụ “{peer}” tạm thời chưa trả lời.",
            remedy="Thử lại sau ít phút.",
            details={"peer": peer, "grpc": code.name},
        )
    kind = _KIND_OF.get(code.name)
    if kind is not None:
        return kind(f"kit.peer.{code.name.lower()}", error.details() or code.name)
    return DomainError(
        "kit.peer.failed",
        f"Dịch vụ “{peer}” gặp lỗi ngoài dự kiến.",
        details={"peer": peer, "grpc": code.name},
    )


def _from_details(status: Status, code: grpc.StatusCode) -> DomainError:
    info = ErrorInfo()
    for detail in status.details:
        detail.Unpack(info)
    told = {name: json.loads(value) for name, value in info.metadata.items()}
    if code is grpc.StatusCode.UNAUTHENTICATED:
        return NotAuthenticated(info.reason, status.message)
    kind = _KIND_OF.get(code.name, DomainError)
    extra: dict[str, Any] = {}
    if kind is Unavailable and "retry_after" in told:
        extra["retry_after"] = int(told["retry_after"])
    return kind(
        info.reason,
        status.message,
        places=[Place(**place) for place in told.get("places", [])],
        rule=told.get("rule"),
        remedy=told.get("remedy"),
        details=told.get("details"),
        **extra,
    )
