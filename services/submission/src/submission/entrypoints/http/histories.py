"""What was done to a report, what was answered to a return, and the receipts of its sendings."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi import Path as InPath
from kit.http import Caller, Page
from pydantic import BaseModel, Field

from submission.application.commands.settle_place import SettlePlace
from submission.entrypoints.http.history_schemas import ActOut, ReceiptOut
from submission.entrypoints.http.schemas import App

router = APIRouter(prefix="/reports/{report_id}", tags=["history"])


class SettleIn(BaseModel):
    done: bool
    answer: str = Field(default="", max_length=2000)
    """Đã sửa thế nào, hoặc vì sao giữ nguyên."""


@router.get("/history", summary="Lịch sử xử lý, bằng lời")
async def read_history(report_id: UUID, actor: Caller, app: App) -> Page[ActOut]:
    return Page(items=[ActOut.of(act) for act in await app.read_history.acts(actor, report_id)])


@router.put("/history/{act}/places/{place}", summary="Đánh dấu một chỗ bị trả lại là đã xử lý")
async def settle_place(
    report_id: UUID,
    act: Annotated[int, InPath(ge=1)],
    place: Annotated[int, InPath(ge=0)],
    body: SettleIn,
    actor: Caller,
    app: App,
) -> Page[ActOut]:
    """Chỗ thứ `place` (từ 0) của lần trả lại số `act` trong lịch sử."""
    await app.settle_place(SettlePlace(report_id, act, place, body.done, actor, body.answer))
    return await read_history(report_id, actor, app)


@router.get("/receipts", summary="Mọi biên nhận của báo cáo, lần gửi đầu trước")
async def read_receipts(report_id: UUID, actor: Caller, app: App) -> Page[ReceiptOut]:
    report, receipts = await app.read_history.receipts(actor, report_id)
    return Page(items=[ReceiptOut.of(receipt, report) for receipt in receipts])


@router.get("/receipt", summary="Biên nhận của lần gửi gần nhất")
async def read_receipt(report_id: UUID, actor: Caller, app: App) -> ReceiptOut:
    report, receipt = await app.read_history.last_receipt(actor, report_id)
    return ReceiptOut.of(receipt, report)
