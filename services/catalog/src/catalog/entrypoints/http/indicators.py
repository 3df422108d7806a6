"""Indicators: the catalogue, one with its versions, duplicates, tables in and out, SDMX structures."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Query, Response, UploadFile
from kit.http import Caller, IfMatch, Page

from catalog.application.commands.bind_indicators import BindIndicators
from catalog.application.commands.import_indicators import ImportIndicators
from catalog.application.commands.keep_indicators import (
    ChangeIndicator,
    MergeIndicator,
    PublishIndicator,
    RegisterIndicator,
)
from catalog.application.reading_ports import IndicatorFilter
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.catalogues import SDMX
from catalog.entrypoints.http.form_schemas import FormVersionOut
from catalog.entrypoints.http.indicator_schemas import (
    AlikeOut,
    BindingsIn,
    ImportedOut,
    IndicatorBody,
    IndicatorIn,
    IndicatorOut,
    IndicatorSeenOut,
    IndicatorState,
    IndicatorSummaryOut,
    MergeIn,
    PairOut,
    PublishIn,
    pair_out,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
router = APIRouter(tags=["Chỉ tiêu"])


@router.get("/indicators", summary="Danh mục chỉ tiêu")
async def list_indicators(
    actor: Caller,
    app: App,
    q: str = "",
    state: Annotated[IndicatorState | None, Query(description="Bỏ trống: tất cả trừ chỉ tiêu đã gộp")] = None,
    domain_id: UUID | None = None,
    measure_id: UUID | None = None,
    owner_unit_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = Query(50, ge=1, le=500),
) -> Page[IndicatorSummaryOut]:
    wanted = IndicatorFilter(q, state, domain_id, measure_id, owner_unit_id)
    page = await app.look_up_indicators.indicators(actor, wanted, cursor=cursor, limit=limit)
    return Page(items=[IndicatorSummaryOut.model_validate(item) for item in page.items], next=page.next)


@router.post("/indicators", summary="Lập chỉ tiêu (bản nháp)", status_code=201)
async def register_indicator(body: IndicatorIn, actor: Caller, app: App) -> IndicatorSeenOut:
    command = RegisterIndicator(body.code, body.owner_unit_id, body.terms(), actor)
    made = await app.indicators.register(command)
    return IndicatorSeenOut.seen(await app.look_up_indicators.indicator(actor, made.id))


@router.get("/indicators/alike", summary="Chỉ tiêu có tên gần giống một tên")
async def list_alike(
    actor: Caller, app: App, name: Annotated[str, Query(min_length=2, max_length=500)]
) -> Page[AlikeOut]:
    found = await app.look_up_indicators.alike(actor, name)
    return Page(items=[AlikeOut.model_validate(one) for one in found])


@router.get("/indicators/duplicates", summary="Các cặp chỉ tiêu có thể là một")
async def list_duplicates(actor: Caller, app: App) -> Page[PairOut]:
    return Page(items=[pair_out(*pair) for pair in await app.look_up_indicators.pairs_alike(actor)])


@router.get(
    "/indicators/table.{form}",
    summary="Danh mục chỉ tiêu dạng bảng",
    response_class=Response,
    responses={200: {"content": {XLSX: {}, "text/csv": {}}, "description": "Bảng chỉ tiêu"}},
)
async def export_indicators(form: Literal["xlsx", "csv"], actor: Caller, app: App) -> Response:
    data = await app.look_up_indicators.table(actor, as_xlsx=form == "xlsx")
    media = XLSX if form == "xlsx" else "text/csv; charset=utf-8"
    return Response(
        data, media_type=media, headers={"Content-Disposition": f'attachment; filename="chi-tieu.{form}"'}
    )


@router.get(
    "/indicators/structures.xml",
    summary="Cấu trúc SDMX 2.1 của hệ thống chỉ tiêu",
    response_class=Response,
    responses={200: {"content": {SDMX: {}}, "description": "Bảng mã, khái niệm, cấu trúc dữ liệu"}},
)
async def read_structures(actor: Caller, app: App) -> Response:
    return Response(await app.look_up_indicators.structures(actor), media_type=SDMX)


@router.post("/indicators:import", summary="Nhận bảng chỉ tiêu (.xlsx, .csv)")
async def import_indicators(
    actor: Caller,
    app: App,
    file: UploadFile,
    publish: Annotated[bool, Form(description="Công bố luôn")] = False,
    dry_run: Annotated[bool, Form(description="Chỉ kiểm tra, không nhận")] = False,
) -> ImportedOut:
    command = ImportIndicators(file.filename or "", await file.read(), publish, dry_run, actor)
    return ImportedOut.of(await app.import_indicators(command), dry_run=dry_run)


@router.get("/indicators/{indicator_id}", summary="Một chỉ tiêu với các phiên bản")
async def read_indicator(indicator_id: UUID, actor: Caller, app: App) -> IndicatorSeenOut:
    return IndicatorSeenOut.seen(await app.look_up_indicators.indicator(actor, indicator_id))


@router.put("/indicators/{indicator_id}", summary="Sửa bản nháp; chưa có thì bắt đầu phiên bản mới")
async def change_indicator(
    indicator_id: UUID, body: IndicatorBody, actor: Caller, version: IfMatch, app: App
) -> IndicatorSeenOut:
    await app.indicators.change(ChangeIndicator(indicator_id, version, body.terms(), actor))
    return IndicatorSeenOut.seen(await app.look_up_indicators.indicator(actor, indicator_id))


@router.post("/indicators/{indicator_id}:publish", summary="Công bố bản nháp")
async def publish_indicator(
    indicator_id: UUID, body: PublishIn, actor: Caller, version: IfMatch, app: App
) -> IndicatorSeenOut:
    await app.indicators.publish(PublishIndicator(indicator_id, version, body.valid_from, actor))
    return IndicatorSeenOut.seen(await app.look_up_indicators.indicator(actor, indicator_id))


@router.post("/indicators/{indicator_id}:merge", summary="Gộp vào chỉ tiêu được giữ lại")
async def merge_indicator(
    indicator_id: UUID, body: MergeIn, actor: Caller, version: IfMatch, app: App
) -> IndicatorOut:
    return IndicatorOut.of(
        await app.indicators.merge(MergeIndicator(indicator_id, version, body.into, actor))
    )


@router.patch("/form-versions/{version_id}/indicators", summary="Gắn chỉ tiêu vào dòng, cột, ô của bản nháp")
async def bind_indicators(
    version_id: UUID, body: BindingsIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    return FormVersionOut.of(
        await app.bind_indicators(BindIndicators(version_id, version, body.bindings, actor))
    )
