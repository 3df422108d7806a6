"""The province's profile, what waits for me, search."""

from __future__ import annotations

from fastapi import APIRouter
from kit.http import Caller, FoundOut, Page, TaskOut
from province_profile import ProvinceProfile

from catalog.entrypoints.http.app import App

router = APIRouter(tags=["Tổng quan"])


@router.get("/profile", summary="Cấu hình theo quy chế của tỉnh tôi")
async def read_profile(actor: Caller, app: App) -> ProvinceProfile:
    return await app.look_up.profile(actor)


@router.get("/tasks", summary="Việc chờ tôi: đăng ký, biểu mẫu, chế độ báo cáo")
async def list_tasks(actor: Caller, app: App) -> Page[TaskOut]:
    found = [*await app.registrations.tasks(actor), *await app.look_up.tasks(actor)]
    return Page(items=[TaskOut(**task) for task in found])


@router.get("/search", summary="Tìm biểu mẫu, chế độ báo cáo, chỉ tiêu")
async def search(actor: Caller, app: App, q: str = "") -> Page[FoundOut]:
    return Page(items=[FoundOut(**found) for found in await app.look_up.search(actor, q)])
