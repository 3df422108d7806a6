"""Provinces and units."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Query
from kit.http import Caller, IfMatch, Page

from identity.application.commands.save_units import ChangeUnit, CreateProvince, CreateUnit, ImportUnits
from identity.domain.errors import UnitNotFound
from identity.domain.units import UnitKind
from identity.entrypoints.http.app import App
from identity.entrypoints.http.unit_schemas import (
    ProvinceIn,
    SavedUnitOut,
    SavedUnitsOut,
    UnitDetailOut,
    UnitIn,
    UnitOut,
    UnitPatch,
    UnitsImportIn,
)

router = APIRouter(tags=["Cơ quan, đơn vị"])


@router.get("/units", summary="Danh sách đơn vị của tỉnh")
async def list_units(
    actor: Caller,
    app: App,
    q: str = "",
    parent_id: UUID | None = None,
    kind: UnitKind | None = None,
    province_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = Query(200, ge=1, le=500),
) -> Page[UnitOut]:
    page = await app.look_up.units(
        actor, province_id=province_id, q=q, parent_id=parent_id, kind=kind, cursor=cursor, limit=limit
    )
    return Page(items=[UnitOut(**item) for item in page.items], next=page.next)


@router.get("/units/{unit_id}", summary="Một đơn vị với các phiên bản theo thời gian")
async def read_unit(unit_id: UUID, actor: Caller, app: App) -> UnitDetailOut:
    return UnitDetailOut.with_history(*await app.look_up.unit(actor, unit_id))


@router.post("/units", summary="Lập đơn vị", status_code=201)
async def create_unit(body: UnitIn, actor: Caller, app: App) -> SavedUnitOut:
    command = CreateUnit(body.parent_id, body.code, body.name, body.kind, actor)
    return SavedUnitOut.saved(await app.units.create(command))


@router.patch("/units/{unit_id}", summary="Đổi tên, loại hoặc cấp trên từ một ngày")
async def change_unit(
    unit_id: UUID, body: UnitPatch, actor: Caller, version: IfMatch, app: App
) -> SavedUnitOut:
    command = ChangeUnit(unit_id, version, body.name, body.kind, body.parent_id, body.from_on, actor)
    return SavedUnitOut.saved(await app.units.change(command))


@router.post("/units:import", summary="Nạp danh sách đơn vị, cập nhật theo mã")
async def import_units(body: UnitsImportIn, actor: Caller, app: App) -> SavedUnitsOut:
    province_id = body.province_id or (await app.who_am_i(actor)).account.province_id
    if province_id is None:
        raise UnitNotFound
    saved = await app.units.load(ImportUnits(province_id, [item.row() for item in body.items], actor))
    return SavedUnitsOut(items=[SavedUnitOut.saved(one) for one in saved])


@router.get("/provinces", summary="Các tỉnh trên hệ thống (bộ phận vận hành), hoặc tỉnh của tôi")
async def list_provinces(actor: Caller, app: App) -> Page[UnitOut]:
    page = await app.look_up.provinces(actor)
    return Page(items=[UnitOut(**item) for item in page.items], next=page.next)


@router.post("/provinces", summary="Lập tỉnh (bộ phận vận hành)", status_code=201)
async def create_province(body: ProvinceIn, actor: Caller, app: App) -> SavedUnitOut:
    command = CreateProvince(body.code, body.name, body.profile, actor)
    return SavedUnitOut.saved(await app.units.create_province(command))
