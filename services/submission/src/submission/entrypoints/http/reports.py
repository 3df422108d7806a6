"""Reports: lists, one report, and the acts that move it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from kit.http import Caller, IfMatch, Page
from pydantic import BaseModel, Field

from submission.application.checking import warning_key
from submission.application.commands.act_on_report import ActOnReport
from submission.application.commands.send_report import SendReport
from submission.application.commands.submit_report import SubmitReport
from submission.application.ports import ReportFilter
from submission.domain.acts import PinnedCell
from submission.domain.states import Action, State
from submission.entrypoints.http.listing_schemas import LineOut
from submission.entrypoints.http.schemas import App, ReportOut

router = APIRouter(prefix="/reports", tags=["reports"])


class PinnedIn(BaseModel):
    form_version_id: UUID | None = None
    row: str = Field(default="", max_length=200)
    column: str = Field(default="", max_length=200)
    section_id: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=2000)


class ExplanationIn(BaseModel):
    """Giải trình cho một cảnh báo, nhận ra bằng biểu, mã và ô."""

    form_version_id: UUID | None = None
    code: str
    row: str | None = None
    column: str | None = None
    text: str = Field(min_length=1, max_length=2000)


class ActIn(BaseModel):
    reason: str = Field(default="", max_length=4000)
    comment: str = Field(default="", max_length=4000)
    places: list[PinnedIn] = Field(default_factory=list, max_length=200)
    correction_due_at: datetime | None = None


class SubmitIn(BaseModel):
    to_account_id: UUID | None = None
    last_edit: int | None = Field(default=None, ge=0)
    explanations: list[ExplanationIn] = Field(default_factory=list, max_length=2000)

    def by_key(self) -> Mapping[str, str]:
        return {
            warning_key(
                {
                    "form_version_id": str(each.form_version_id) if each.form_version_id else None,
                    "code": each.code,
                    "row": each.row,
                    "column": each.column,
                }
            ): each.text
            for each in self.explanations
        }


@router.get("", summary="Danh sách báo cáo trong phạm vi của tôi")
async def list_reports(
    actor: Caller,
    app: App,
    state: Annotated[list[State] | None, Query()] = None,
    unit_id: UUID | None = None,
    regime_id: UUID | None = None,
    period: str = "",
    q: Annotated[str, Query(max_length=200)] = "",
    order: Annotated[
        Literal["due", "-due"], Query(description="Theo hạn gửi: gần trước, hoặc xa trước")
    ] = "-due",
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page[LineOut]:
    wanted = ReportFilter(tuple(state or ()), unit_id, regime_id, period, q, soonest_first=order == "due")
    page = await app.lines.page(wanted, await app.standings.reach(actor), cursor, limit)
    now = app.clock()
    return Page(items=[LineOut.of(line, line.punctuality(now)) for line in page.items], next=page.next)


@router.get("/{report_id}", summary="Một báo cáo, việc làm được lúc này và lý do nếu chưa được")
async def read_report(report_id: UUID, actor: Caller, app: App, response: Response) -> ReportOut:
    return await _shown(report_id, actor, app, response)


@router.post("/{report_id}:submit", summary="Trình lãnh đạo")
async def submit_report(
    report_id: UUID,
    actor: Caller,
    version: IfMatch,
    app: App,
    response: Response,
    body: SubmitIn | None = None,
) -> ReportOut:
    body = body or SubmitIn()
    command = SubmitReport(report_id, version, actor, body.last_edit, body.to_account_id, body.by_key())
    await app.submit_report(command)
    return await _shown(report_id, actor, app, response)


@router.post("/{report_id}:submit_nil", summary="Trình báo cáo không phát sinh")
async def submit_nil(
    report_id: UUID,
    actor: Caller,
    version: IfMatch,
    app: App,
    response: Response,
    body: SubmitIn | None = None,
) -> ReportOut:
    body = body or SubmitIn()
    await app.submit_report(SubmitReport(report_id, version, actor, None, body.to_account_id, {}, nil=True))
    return await _shown(report_id, actor, app, response)


@router.post("/{report_id}:send", summary="Gửi báo cáo")
async def send_report(
    report_id: UUID, actor: Caller, version: IfMatch, app: App, response: Response
) -> ReportOut:
    await app.send_report(SendReport(report_id, version, actor))
    return await _shown(report_id, actor, app, response)


def _moves(action: Action, summary: str) -> None:
    """One address for each act of the table, all with the same body."""

    async def act(
        report_id: UUID,
        actor: Caller,
        version: IfMatch,
        app: App,
        response: Response,
        body: ActIn | None = None,
    ) -> ReportOut:
        body = body or ActIn()
        pinned = tuple(PinnedCell(**place.model_dump()) for place in body.places)
        await app.act_on_report(
            ActOnReport(
                report_id, version, action, actor, body.reason, body.comment, pinned, body.correction_due_at
            )
        )
        return await _shown(report_id, actor, app, response)

    act.__name__ = f"{action.value}_report"
    router.post(f"/{{report_id}}:{action.value}", summary=summary)(act)


_moves(Action.PASS_CHECK, "Xác nhận đã kiểm tra")
_moves(Action.APPROVE_FIGURES, "Duyệt số liệu")
_moves(Action.APPROVE, "Duyệt báo cáo")
_moves(Action.RETURN, "Trả lại kèm lý do")
_moves(Action.WITHDRAW, "Rút lại bản trình")
_moves(Action.TAKE_BACK, "Rút lại báo cáo đã duyệt, chưa gửi")
_moves(Action.RECALL, "Thu hồi báo cáo đã gửi")
_moves(Action.TAKE_IN, "Tiếp nhận")
_moves(Action.ACCEPT, "Cơ quan chủ trì duyệt")
_moves(Action.REJECT, "Cơ quan chủ trì từ chối")
_moves(Action.ASK_CORRECTION, "Đề nghị đính chính")


async def _shown(report_id: UUID, actor: Caller, app: App, response: Response) -> ReportOut:
    view = await app.read_report.view(actor, report_id)
    response.headers["ETag"] = f'"{view.report.version}"'
    return ReportOut.of(view)
