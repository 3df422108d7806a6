"""Reporting regimes and their periods."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from kit.http import Caller, IfMatch, Page

from catalog.application.commands.keep_regime import ChangeRegime, DraftRegime, MoveRegime
from catalog.domain.regime import RegimeState
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.regime_schemas import (
    PeriodOut,
    RegimeBody,
    RegimeIn,
    RegimeOut,
    RegimeSummaryOut,
)

router = APIRouter(tags=["Chế độ báo cáo"])


@router.post("/regimes", summary="Lập chế độ báo cáo (bản nháp)", status_code=201)
async def draft_regime(body: RegimeIn, actor: Caller, app: App) -> RegimeOut:
    command = DraftRegime(body.code, body.owner_unit_id, body.terms(), actor)
    return RegimeOut.of(await app.regimes.draft(command))


@router.get("/regimes", summary="Danh sách chế độ báo cáo")
async def list_regimes(
    actor: Caller,
    app: App,
    q: str = "",
    state: RegimeState | None = None,
    lead_unit_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = Query(100, ge=1, le=500),
) -> Page[RegimeSummaryOut]:
    page = await app.look_up.regimes(
        actor, q=q, state=state, lead_unit_id=lead_unit_id, cursor=cursor, limit=limit
    )
    return Page(items=[RegimeSummaryOut(**item) for item in page.items], next=page.next)


@router.get("/regimes/{regime_id}", summary="Một chế độ báo cáo")
async def read_regime(regime_id: UUID, actor: Caller, app: App) -> RegimeOut:
    return RegimeOut.of(await app.look_up.regime(actor, regime_id))


@router.put("/regimes/{regime_id}", summary="Sửa bản nháp của chế độ báo cáo")
async def change_regime(
    regime_id: UUID, body: RegimeBody, actor: Caller, version: IfMatch, app: App
) -> RegimeOut:
    command = ChangeRegime(regime_id, version, body.terms(), actor)
    return RegimeOut.of(await app.regimes.change(command))


@router.post("/regimes/{regime_id}:publish", summary="Công bố chế độ báo cáo")
async def publish_regime(regime_id: UUID, actor: Caller, version: IfMatch, app: App) -> RegimeOut:
    return RegimeOut.of(await app.regimes.publish(MoveRegime(regime_id, version, actor)))


@router.post("/regimes/{regime_id}:close", summary="Kết thúc chế độ báo cáo")
async def close_regime(regime_id: UUID, actor: Caller, version: IfMatch, app: App) -> RegimeOut:
    return RegimeOut.of(await app.regimes.close(MoveRegime(regime_id, version, actor)))


@router.get("/regimes/{regime_id}/periods", summary="Các kỳ báo cáo với thời hạn gửi")
async def list_periods(
    regime_id: UUID,
    actor: Caller,
    app: App,
    from_day: Annotated[date | None, Query(alias="from")] = None,
    to_day: Annotated[date | None, Query(alias="to")] = None,
) -> Page[PeriodOut]:
    found = await app.schedules.for_person(actor, regime_id, from_day, to_day)
    return Page(items=[PeriodOut.of(scheduled) for scheduled in found])
