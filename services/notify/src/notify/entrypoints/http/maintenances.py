"""Maintenance of the system: announced, seen by everybody, ended, given up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from kit.clock import utc_now
from kit.http import Caller, IfMatch, Page
from pydantic import AwareDatetime, BaseModel, Field

from notify.domain.maintenance import Document, Maintenance, Plan
from notify.entrypoints.http.app import App
from notify.entrypoints.http.maintenance_schemas import (
    DocumentIn,
    MaintenanceOut,
    NoticeRuleOut,
    PublicMaintenanceOut,
    StandingOut,
)

router = APIRouter(tags=["Bảo trì"])
PUBLIC_PATH = "/public/maintenances"
# What may be done while the system is maintained: nothing but ending it.
IN_MAINTENANCE = r"/maintenances/[0-9a-f-]{36}:end"

Words = Annotated[str, Field(min_length=5, max_length=2000)]


class MaintenanceIn(BaseModel):
    title: Annotated[str, Field(min_length=5, max_length=200)]
    what: Words
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    emergency_reason: Annotated[str, Field(max_length=2000, description="Trống: không khẩn cấp")] = ""

    def plan(self) -> Plan:
        return Plan(
            self.title.strip(),
            self.what.strip(),
            self.starts_at.astimezone(UTC),
            self.ends_at.astimezone(UTC),
            self.emergency_reason.strip(),
        )


class CancelIn(BaseModel):
    reason: Words


class DraftOut(BaseModel):
    """Dự thảo thông báo để phát hành qua hệ thống quản lý văn bản hoặc thư công vụ."""

    title: str
    body: str


@router.get("/maintenances/standing", summary="Bảo trì đã thông báo hoặc đang diễn ra")
async def list_standing(actor: Caller, app: App) -> Page[StandingOut]:
    found = await app.keep_maintenance.standing(actor)
    return Page(items=[StandingOut.of(one, utc_now()) for one in found])


@router.get("/maintenances/notice-rule", summary="Thông báo lúc này thì sớm nhất khi nào được bảo trì")
async def notice_rule(actor: Caller, app: App) -> NoticeRuleOut:
    notice = await app.keep_maintenance.rule(actor)
    return NoticeRuleOut(words=notice.words, article=notice.article, earliest_at=notice.earliest_at)


@router.get("/maintenances", summary="Các đợt bảo trì của tỉnh, mới nhất trước")
async def list_maintenances(actor: Caller, app: App) -> Page[MaintenanceOut]:
    return Page(items=[_out(one) for one in await app.keep_maintenance.all(actor)])


@router.post("/maintenances", status_code=201, summary="Thông báo bảo trì")
async def announce(body: MaintenanceIn, actor: Caller, app: App) -> MaintenanceOut:
    return _out(await app.keep_maintenance.announce(actor, body.plan()))


@router.post("/maintenances/{maintenance_id}:end", summary="Kết thúc bảo trì sớm")
async def end(maintenance_id: UUID, actor: Caller, version: IfMatch, app: App) -> MaintenanceOut:
    return _out(await app.keep_maintenance.end(actor, maintenance_id, version))


@router.post("/maintenances/{maintenance_id}:cancel", summary="Hủy đợt bảo trì chưa bắt đầu")
async def cancel(
    maintenance_id: UUID, body: CancelIn, actor: Caller, version: IfMatch, app: App
) -> MaintenanceOut:
    reason = body.reason.strip()
    return _out(await app.keep_maintenance.cancel(actor, maintenance_id, version, reason))


@router.post("/maintenances/{maintenance_id}:record-document", summary="Ghi số văn bản thông báo")
async def record_document(
    maintenance_id: UUID, body: DocumentIn, actor: Caller, version: IfMatch, app: App
) -> MaintenanceOut:
    document = Document(body.number.strip(), body.issued_on)
    return _out(await app.keep_maintenance.record(actor, maintenance_id, version, document))


@router.get("/maintenances/{maintenance_id}/notice", summary="Dự thảo thông báo bảo trì")
async def draft(maintenance_id: UUID, actor: Caller, app: App) -> DraftOut:
    text = await app.keep_maintenance.draft(actor, maintenance_id)
    return DraftOut(title=text.title, body=text.body)


@router.get(PUBLIC_PATH, summary="Bảo trì của mọi tỉnh, cho trang trạng thái công khai")
async def list_public(app: App) -> Page[PublicMaintenanceOut]:
    now = utc_now()
    found = await app.keep_maintenance.everywhere()
    return Page(items=[PublicMaintenanceOut.named(one, place, now) for one, place in found])


def _out(maintenance: Maintenance, now: datetime | None = None) -> MaintenanceOut:
    return MaintenanceOut.of(maintenance, now or utc_now())
