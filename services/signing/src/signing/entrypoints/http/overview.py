"""Verification of any PDF, certificates, the register, tasks and search."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, UploadFile
from kit.http import Caller, FoundOut, Page, TaskOut

from signing.application.commands.cancel_number import CancelNumber
from signing.application.commands.verify_document import VerifyDocument
from signing.domain.errors import NotAPdf
from signing.entrypoints.http.app import App
from signing.entrypoints.http.schemas import (
    CancelIn,
    CertificateOut,
    NumberOut,
    RegisterOut,
    VerificationOut,
    found_request,
    task_of,
)

router = APIRouter(tags=["Chữ ký số"])
LARGEST_UPLOAD = 24 << 20


@router.post("/verifications", summary="Kiểm tra chữ ký số của một tệp PDF", status_code=201)
async def verify(file: UploadFile, actor: Caller, app: App) -> VerificationOut:
    pdf = await file.read(LARGEST_UPLOAD + 1)
    if len(pdf) > LARGEST_UPLOAD:
        raise NotAPdf("tệp lớn hơn 24 MB")
    return VerificationOut.judged(await app.verify_document(VerifyDocument(pdf, actor)))


@router.get("/certificates", summary="Ai phải ký và chứng thư số của họ")
async def certificates(actor: Caller, app: App, unit_id: UUID | None = None) -> Page[CertificateOut]:
    return Page(items=[CertificateOut.of(one) for one in await app.certificates.of(actor, unit_id)])


@router.get("/register", summary="Sổ đăng ký báo cáo đi của một cơ quan trong năm")
async def register(unit_id: UUID, year: int, actor: Caller, app: App) -> RegisterOut:
    return RegisterOut.of(unit_id, year, await app.register.of(actor, unit_id, year))


@router.post("/register:cancel", summary="Hủy số của văn bản đã lấy lại")
async def cancel(body: CancelIn, actor: Caller, app: App) -> NumberOut:
    command = CancelNumber(body.unit_id, body.year, body.number, body.reason, actor)
    return NumberOut.of(await app.cancel_number(command))


@router.get("/tasks", summary="Văn bản chờ tôi ký hoặc phát hành")
async def tasks(actor: Caller, app: App) -> Page[TaskOut]:
    return Page(items=[task_of(task) for task in await app.tasks.waiting(actor)])


@router.get("/search", summary="Tìm văn bản theo tên, số, cơ quan")
async def search(
    actor: Caller, app: App, q: Annotated[str, Query(max_length=200)] = "", limit: int = 20
) -> Page[FoundOut]:
    found = await app.tasks.search(actor, q, min(max(limit, 1), 50))
    return Page(items=[found_request(request) for request in found])
