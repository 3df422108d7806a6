"""What a service knows of accounts, places and grants: its own copy of what identity owns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol
from uuid import UUID

from kit.actor import Actor
from kit.errors import NotPermitted, Unavailable

Weight = Literal["entry", "decision"]


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """A node of the tree that grants point to; the root of a tree is a province."""

    id: UUID
    province_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    kind: str
    level: str
    valid_from: date | None = None
    valid_to: date | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryAccount:
    id: UUID
    province_id: UUID
    place_id: UUID | None
    username: str
    full_name: str
    position_title: str = ""
    email: str = ""
    active: bool = True
    program: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryGrant:
    """`scope_id` narrows the grant to one thing of the owning service; None is everything."""

    id: UUID
    account_id: UUID
    right: str
    place_id: UUID | None
    with_lower: bool = False
    scope_id: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    province_id: UUID | None = None

    def in_force(self, on: date) -> bool:
        after_start = self.valid_from is None or self.valid_from <= on
        return after_start and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Permission:
    """A yes, with what must be marked in the audit record when the copy could not be confirmed."""

    marks: Mapping[str, Any] = field(default_factory=dict)


class Directory(Protocol):
    """Who is this, what may they do where, the tree; answered from the service's own copy."""

    async def account(self, account_id: UUID) -> DirectoryAccount: ...

    async def place(self, place_id: UUID) -> DirectoryPlace: ...

    async def province_of(self, place_id: UUID) -> UUID: ...

    async def lower_places(self, place_id: UUID, *, itself: bool = False) -> list[DirectoryPlace]: ...

    async def grants_of(self, account_id: UUID) -> list[DirectoryGrant]: ...

    async def may(
        self,
        actor: Actor,
        right: str,
        place_id: UUID,
        scope_id: UUID | None = None,
        on: date | None = None,
    ) -> bool: ...

    async def require(
        self,
        actor: Actor,
        right: str | Iterable[str],
        place_id: UUID,
        scope_id: UUID | None = None,
        *,
        weight: Weight = "entry",
    ) -> Permission: ...

    async def holders(
        self, right: str, place_id: UUID, scope_id: UUID | None = None
    ) -> list[DirectoryAccount]: ...

    async def places_where(self, actor: Actor, right: str | Iterable[str]) -> set[UUID]:
        """Every place where the actor holds the right, lower places worked out."""
        ...


def rights_of(right: str | Iterable[str]) -> tuple[str, ...]:
    return (right,) if isinstance(right, str) else tuple(right)


def not_permitted(right: str | Iterable[str], place: DirectoryPlace | None) -> NotPermitted:
    names = ", ".join(rights_of(right))
    where = f" tại {place.name}" if place else ""
    return NotPermitted(
        "kit.directory.right_missing",
        f"Tài khoản không có quyền “{names}”{where}.",
        remedy="Đề nghị người quản trị của cơ quan cấp quyền, hoặc đăng nhập bằng tài khoản có quyền.",
        details={"rights": list(rights_of(right)), "place_id": str(place.id) if place else None},
    )


def rights_unconfirmed(minutes: int) -> Unavailable:
    return Unavailable(
        "kit.directory.rights_unconfirmed",
        "Chưa xác nhận được quyền với dịch vụ tài khoản nên chưa thể duyệt, ký, cấp quyền hay quản trị.",
        rule=f"Khi mất kết nối với dịch vụ tài khoản, chỉ việc nhập, trình và gửi được tiếp tục trong {minutes} phút.",
        remedy="Đợi ít phút rồi thực hiện lại; dữ liệu đang có không bị mất.",
        retry_after=15,
    )
