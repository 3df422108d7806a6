"""Shared catalogues (units of measure, domains, breakdowns) and sets of indicators."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Query, Response
from kit.http import Caller, IfMatch, Page

from catalog.application.commands.keep_entries import ChangeEntry, RegisterEntry, RemoveEntry
from catalog.application.commands.keep_sets import ChangeSet, RegisterSet
from catalog.domain.shared import EntryKind
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.catalogue_schemas import (
    EntryChange,
    EntryIn,
    EntryOut,
    EntrySeenOut,
    SetBody,
    SetIn,
    SetOut,
    SetSummaryOut,
)

SDMX = "application/vnd.sdmx.structure+xml"
router = APIRouter(tags=["Danh mục dùng chung"])


@router.get("/shared-entries", summary="Danh mục đơn vị tính, lĩnh vực, phân tổ")
async def list_entries(
    actor: Caller,
    app: App,
    kind: EntryKind,
    q: str = "",
    retired: bool | None = None,
    cursor: str | None = None,
    limit: int = Query(200, ge=1, le=500),
) -> Page[EntryOut]:
    page = await app.look_up_indicators.entries(actor, kind, q=q, retired=retired, cursor=cursor, limit=limit)
    return Page(items=[EntryOut.listed(item) for item in page.items], next=page.next)


@router.post("/shared-entries", summary="Thêm một mục danh mục", status_code=201)
async def register_entry(body: EntryIn, actor: Caller, app: App) -> EntryOut:
    return EntryOut.of(
        await app.keep_entries.register(RegisterEntry(body.kind, body.code, body.terms(), actor))
    )


@router.get("/shared-entries/{entry_id}", summary="Một mục danh mục, nơi dùng và các lần sửa")
async def read_entry(entry_id: UUID, actor: Caller, app: App) -> EntrySeenOut:
    return EntrySeenOut.seen(*await app.look_up_indicators.entry(actor, entry_id))


@router.put("/shared-entries/{entry_id}", summary="Sửa hoặc thôi dùng một mục danh mục")
async def change_entry(
    entry_id: UUID, body: EntryChange, actor: Caller, version: IfMatch, app: App
) -> EntryOut:
    command = ChangeEntry(entry_id, version, body.terms(), body.retired, actor)
    return EntryOut.of(await app.keep_entries.change(command))


@router.delete("/shared-entries/{entry_id}", summary="Xóa một mục chưa chỉ tiêu nào dùng", status_code=204)
async def remove_entry(entry_id: UUID, actor: Caller, version: IfMatch, app: App) -> None:
    await app.keep_entries.remove(RemoveEntry(entry_id, version, actor))


@router.get("/indicator-sets", summary="Danh sách bộ chỉ tiêu")
async def list_sets(
    actor: Caller,
    app: App,
    q: str = "",
    cursor: str | None = None,
    limit: int = Query(100, ge=1, le=500),
) -> Page[SetSummaryOut]:
    page = await app.look_up_indicators.sets(actor, q=q, cursor=cursor, limit=limit)
    return Page(items=[SetSummaryOut.model_validate(item) for item in page.items], next=page.next)


@router.post("/indicator-sets", summary="Lập bộ chỉ tiêu", status_code=201)
async def register_set(body: SetIn, actor: Caller, app: App) -> SetOut:
    made = await app.keep_sets.register(RegisterSet(body.code, body.owner_unit_id, body.terms(), actor))
    return SetOut.of(*await app.look_up_indicators.set(actor, made.id))


@router.get("/indicator-sets/{set_id}", summary="Một bộ chỉ tiêu với các nhóm")
async def read_set(set_id: UUID, actor: Caller, app: App) -> SetOut:
    return SetOut.of(*await app.look_up_indicators.set(actor, set_id))


@router.put("/indicator-sets/{set_id}", summary="Sửa bộ chỉ tiêu")
async def change_set(set_id: UUID, body: SetBody, actor: Caller, version: IfMatch, app: App) -> SetOut:
    await app.keep_sets.change(ChangeSet(set_id, version, body.terms(), actor))
    return SetOut.of(*await app.look_up_indicators.set(actor, set_id))


@router.get(
    "/indicator-sets/{set_id}/structures.xml",
    summary="Cấu trúc SDMX 2.1 của một bộ chỉ tiêu",
    response_class=Response,
    responses={200: {"content": {SDMX: {}}, "description": "Cấu trúc dữ liệu và bộ chỉ tiêu theo nhóm"}},
)
async def read_set_structures(set_id: UUID, actor: Caller, app: App) -> Response:
    return Response(await app.look_up_indicators.structures(actor, set_id), media_type=SDMX)
