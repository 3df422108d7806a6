"""Who am I, what waits for me, search."""

from __future__ import annotations

from fastapi import APIRouter
from kit.http import Caller, FoundOut, Page, TaskOut

from identity.entrypoints.http.app import App
from identity.entrypoints.http.overview_schemas import MeOut

router = APIRouter(tags=["Tổng quan"])


@router.get("/me", summary="Tôi là ai, ở đơn vị nào, có quyền gì")
async def who_am_i(actor: Caller, app: App) -> MeOut:
    return MeOut.of(await app.who_am_i(actor))


@router.get("/tasks", summary="Việc chờ tôi trong quản trị tài khoản")
async def list_tasks(actor: Caller, app: App) -> Page[TaskOut]:
    return Page(items=[TaskOut(**task) for task in await app.overview.tasks(actor)])


@router.get("/search", summary="Tìm đơn vị, tài khoản")
async def search(actor: Caller, app: App, q: str = "") -> Page[FoundOut]:
    return Page(items=[FoundOut(**found) for found in await app.overview.search(actor, q)])
