"""A published regime and newer versions of the forms it uses."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from kit.http import Caller, IfMatch
from pydantic import BaseModel, Field

from catalog.application.commands.take_version import TakeVersion, VersionTaken
from catalog.entrypoints.http.allocations import AllocatedRowOut
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.regime_schemas import RegimeOut

router = APIRouter(tags=["Chế độ báo cáo"])


class TakeVersionIn(BaseModel):
    form_version_id: UUID = Field(description="Phiên bản đã công bố, mới hơn phiên bản đang dùng")


class VersionTakenOut(BaseModel):
    regime: RegimeOut
    form_code: str
    form_name: str
    before: int = Field(description="Số của phiên bản dùng trước đó")
    after: int
    rows_allocated: int = Field(description="Số dòng giữ được phân bổ chỉ tiêu")
    rows_fallen: list[AllocatedRowOut] = Field(
        description="Dòng đã phân bổ mà phiên bản mới không còn, với các đơn vị đã được phân bổ"
    )

    @classmethod
    def of(cls, taken: VersionTaken) -> VersionTakenOut:
        return cls(
            regime=RegimeOut.of(taken.regime),
            form_code=taken.after.code,
            form_name=taken.after.name,
            before=taken.before.number,
            after=taken.after.number,
            rows_allocated=len(taken.allocation.kept),
            rows_fallen=[AllocatedRowOut.of(row) for row in taken.allocation.fallen],
        )


@router.post(
    "/regimes/{regime_id}:take-version", summary="Đưa phiên bản mới của biểu mẫu vào chế độ đang áp dụng"
)
async def take_version(
    regime_id: UUID, body: TakeVersionIn, actor: Caller, version: IfMatch, app: App
) -> VersionTakenOut:
    """Kỳ mở từ nay dùng phiên bản mới; báo cáo đang làm giữ phiên bản cũ đến khi đơn vị đồng ý chuyển."""
    command = TakeVersion(regime_id, version, body.form_version_id, actor)
    return VersionTakenOut.of(await app.take_version(command))
