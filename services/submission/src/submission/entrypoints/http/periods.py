"""Opening a period, and how far each unit is."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from kit.errors import NotFound
from kit.http import Caller, FoundOut, Page, TaskOut
from pydantic import BaseModel, Field

from submission.application.commands.open_period import OpenPeriod
from submission.entrypoints.http.listing_schemas import LineOut, found_report, line_fields, task_of
from submission.entrypoints.http.schemas import App

router = APIRouter(tags=["periods"])


class OpenPeriodIn(BaseModel):
    regime_id: UUID
    period_key: str = Field(min_length=1, max_length=40)
    release: bool = True


class PeriodOpenedOut(BaseModel):
    regime_id: UUID
    period_key: str
    period_label: str
    assigned: int
    already: int
    released: bool
    without_deadline: list[str]


@router.post("/periods:open", summary="Mở kỳ báo cáo và giao cho các đơn vị")
async def open_period(body: OpenPeriodIn, actor: Caller, app: App) -> PeriodOpenedOut:
    opened = await app.open_period(OpenPeriod(body.regime_id, body.period_key, actor, body.release))
    return PeriodOpenedOut(
        regime_id=opened.regime.id,
        period_key=opened.period.period.key,
        period_label=opened.period.period.label,
        assigned=opened.assigned,
        already=opened.already,
        released=opened.released,
        without_deadline=list(opened.without_deadline),
    )


class UnitProgressOut(LineOut):
    turn: str


class ProgressOut(BaseModel):
    regime_id: UUID
    regime_name: str
    period_key: str
    period_label: str
    total: int
    by_state: dict[str, int]
    sent: int
    accepted: int
    late: int
    overdue: int
    aggregation_id: UUID | None
    items: list[UnitProgressOut]


@router.get("/progress", summary="Tiến độ báo cáo của một kỳ")
async def show_progress(regime_id: UUID, period: str, actor: Caller, app: App) -> ProgressOut:
    progress = await app.show_progress(actor, regime_id, period)
    units = progress.units
    made = await _aggregation(actor, app, regime_id, period)
    return ProgressOut(
        regime_id=progress.regime_id,
        regime_name=progress.regime_name,
        period_key=progress.period_key,
        period_label=progress.period_label,
        total=len(units),
        by_state=dict(progress.by_state),
        sent=sum(unit.line.first_sent_at is not None for unit in units),
        accepted=sum(unit.line.accepted_revision is not None for unit in units),
        late=sum(unit.punctuality.late for unit in units),
        overdue=sum(unit.punctuality.overdue for unit in units),
        aggregation_id=made,
        items=[_unit(unit) for unit in units],
    )


def _unit(unit: Any) -> UnitProgressOut:
    return UnitProgressOut(**line_fields(unit.line, unit.punctuality), turn=unit.turn)


async def _aggregation(actor: Caller, app: App, regime_id: UUID, period: str) -> UUID | None:
    try:
        return await app.read_aggregation.of_period(actor, regime_id, period)
    except NotFound:
        return None


@router.get("/tasks", summary="Việc đang chờ tôi, theo thời hạn")
async def list_tasks(actor: Caller, app: App) -> Page[TaskOut]:
    return Page(items=[task_of(task) for task in await app.list_tasks(actor)])


@router.get("/search", summary="Tìm báo cáo")
async def search(
    actor: Caller,
    app: App,
    q: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Page[FoundOut]:
    found = await app.lines.found(q, await app.standings.reach(actor), limit)
    return Page(items=[found_report(line) for line in found])
