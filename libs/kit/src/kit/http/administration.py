"""Administration in the hours that a province's profile sets; what protects is done at any hour."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from starlette.types import ASGIApp, Scope

from kit.clock import Clock, utc_now
from kit.errors import NotPermitted
from kit.http.changes import BeforeChanges, ProvinceOf


class Hours(Protocol):
    """A profile's hours of administration (province_profile.operations)."""

    @property
    def reference(self) -> str: ...

    @property
    def in_words(self) -> str: ...

    def hold(self, moment: datetime) -> bool: ...


HoursOf = Callable[[UUID], Awaitable[Hours | None]]


@dataclass(frozen=True, slots=True)
class Administration:
    """`paths` are prefixes below the service's own; `at_any_hour` matches "METHOD path" in the same way."""

    paths: tuple[str, ...]
    hours_of: HoursOf
    at_any_hour: str = ""

    def covers(self, method: str, path: str) -> bool:
        if not any(_lies_under(path, prefix) for prefix in self.paths):
            return False
        return not (self.at_any_hour and re.fullmatch(self.at_any_hour, f"{method} {path}"))


class OutsideHours(NotPermitted):
    def __init__(self, hours: Hours) -> None:
        super().__init__(
            "kit.administration.outside_hours",
            f"Ngoài giờ quản trị của tỉnh ({hours.in_words}); chưa ghi thay đổi nào.",
            rule=hours.reference,
            remedy="Thực hiện trong giờ quản trị. Khóa tài khoản, thu hồi quyền và thông báo bảo trì làm được mọi lúc.",
        )


class InHours(BeforeChanges):
    """Whose hours hold is the caller's province. The operator has none."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        prefix: str,
        administration: Administration,
        province_of: ProvinceOf,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(app, province_of)
        self._prefix = prefix
        self._administration = administration
        self._clock = clock

    async def check(self, scope: Scope) -> None:
        if not self._administration.covers(scope["method"], scope["path"].removeprefix(self._prefix)):
            return
        province = await self.province(scope)
        if not province or not province.int:
            return
        hours = await self._administration.hours_of(province)
        if hours is not None and not hours.hold(self._clock()):
            raise OutsideHours(hours)


def _lies_under(path: str, prefix: str) -> bool:
    return path.startswith(prefix) and (len(path) == len(prefix) or path[len(prefix)] in "/:")
