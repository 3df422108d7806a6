"""While the system is maintained nothing is changed: every unsafe method is refused, reading goes on."""

from __future__ import annotations

import re
from math import ceil

from starlette.types import ASGIApp, Scope

from kit.clock import VIETNAM, Clock, utc_now
from kit.errors import Unavailable
from kit.http.changes import BeforeChanges, ProvinceOf
from kit.maintenance import Maintenance, Standing


class UnderMaintenance(Unavailable):
    def __init__(self, maintenance: Maintenance, seconds: int) -> None:
        ends = maintenance.ends_at.astimezone(VIETNAM)
        super().__init__(
            "kit.maintenance.under_way",
            f"Hệ thống đang bảo trì đến {ends:%H} giờ {ends:%M} ngày {ends:%d/%m/%Y} ({maintenance.title}); "
            "trong thời gian này chỉ xem được, chưa ghi thay đổi nào.",
            rule="Thông báo bảo trì của cơ quan vận hành",
            remedy="Số liệu đang nhập được giữ trên máy này và tự gửi khi hết bảo trì; việc khác thực hiện lại sau.",
            details={"maintenance_id": str(maintenance.id), "ends_at": maintenance.ends_at.isoformat()},
            retry_after=seconds,
        )


class ReadOnly(BeforeChanges):
    """`allowed` matches the paths that may change something all the same: what ends the maintenance."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        standing: Standing,
        province_of: ProvinceOf,
        allowed: re.Pattern[str] | None = None,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(app, province_of)
        self._standing = standing
        self._allowed = allowed
        self._clock = clock

    async def check(self, scope: Scope) -> None:
        held = await self._standing.now()
        if not held or (self._allowed is not None and self._allowed.fullmatch(scope["path"])):
            return
        province = await self.province(scope)
        # Whose province isn't known is held up by any of them.
        concerned = [one for one in held if province is None or one.province_id == province]
        if concerned:
            last = max(concerned, key=lambda one: one.ends_at)
            left = (last.ends_at - self._clock()).total_seconds()
            raise UnderMaintenance(last, max(1, ceil(left)))
