"""What a route asks for: who is calling, which version they saw, the application."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from kit.actor import Actor
from kit.auth.errors import token_missing
from kit.errors import InvalidInput, Place

_bearer = HTTPBearer(auto_error=False, description="Thẻ truy cập của cổng đăng nhập")

T = TypeVar("T")


class VersionMissing(InvalidInput):
    http_status = 428

    def __init__(self) -> None:
        super().__init__(
            "kit.request.version_missing",
            "Cần nói rõ đang sửa phiên bản nào (tiêu đề If-Match).",
            places=[Place(field="If-Match")],
            remedy="Tải lại để lấy phiên bản mới nhất rồi gửi kèm If-Match.",
        )


class Page(BaseModel, Generic[T]):
    """A list with the cursor of its next part."""

    items: list[T]
    next: str | None = None


def _caller(request: Request, _: Annotated[Any, Security(_bearer)]) -> Actor:
    actor = getattr(request.state, "actor", None)
    if not isinstance(actor, Actor):
        raise token_missing()
    return actor


def _if_match(
    if_match: Annotated[str | None, Header(description='Phiên bản đã xem, ví dụ "7"')] = None,
) -> int:
    if if_match is None:
        raise VersionMissing()
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit():
        raise InvalidInput(
            "kit.request.version_invalid",
            "If-Match phải là số phiên bản.",
            places=[Place(field="If-Match")],
        )
    return int(text)


def application(request: Request) -> Any:
    return request.app.state.application


Caller = Annotated[Actor, Depends(_caller)]
IfMatch = Annotated[int, Depends(_if_match)]
