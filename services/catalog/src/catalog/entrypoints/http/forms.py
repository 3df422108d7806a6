"""Forms, their versions, their workbooks; outlines of narratives."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import StreamingResponse
from kit.http import Caller, IfMatch, Page

from catalog.application.commands.design_form import CorrectCells, PublishFormVersion
from catalog.application.commands.upload_form import UploadForm, UploadFormVersion
from catalog.domain.form import FormVersionState
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.form_schemas import (
    CorrectionsIn,
    FormOut,
    FormVersionOut,
    OutlineOut,
    OutlineSectionOut,
    UploadedFormOut,
    form_out,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
router = APIRouter(tags=["Biểu mẫu"])


@router.post("/forms", summary="Tải lên biểu mẫu mới (.xlsx)", status_code=201)
async def upload_form(
    actor: Caller,
    app: App,
    file: UploadFile,
    code: Annotated[str, Form()],
    name: Annotated[str, Form()],
    owner_unit_id: Annotated[UUID | None, Form()] = None,
    secret: Annotated[bool, Form()] = False,
) -> UploadedFormOut:
    data = await file.read()
    command = UploadForm(file.filename or "", data, code, name, owner_unit_id, secret, actor)
    return UploadedFormOut.uploaded(*await app.upload.new_form(command))


@router.get("/forms", summary="Danh sách biểu mẫu")
async def list_forms(
    actor: Caller,
    app: App,
    q: str = "",
    state: FormVersionState | None = None,
    cursor: str | None = None,
    limit: int = Query(100, ge=1, le=500),
) -> Page[FormOut]:
    page = await app.look_up.forms(actor, q=q, state=state, cursor=cursor, limit=limit)
    return Page(items=[form_out(item) for item in page.items], next=page.next)


@router.get("/forms/{form_id}", summary="Một biểu mẫu với các phiên bản")
async def read_form(form_id: UUID, actor: Caller, app: App) -> FormOut:
    return form_out(await app.look_up.form(actor, form_id))


@router.post("/forms/{form_id}/versions", summary="Tải lên phiên bản mới của biểu mẫu", status_code=201)
async def upload_form_version(form_id: UUID, actor: Caller, app: App, file: UploadFile) -> FormVersionOut:
    command = UploadFormVersion(form_id, file.filename or "", await file.read(), actor)
    return FormVersionOut.of(await app.upload.new_version(command))


@router.get("/form-versions/{version_id}", summary="Một phiên bản biểu mẫu với mô hình của nó")
async def read_form_version(version_id: UUID, actor: Caller, app: App) -> FormVersionOut:
    return FormVersionOut.of(await app.look_up.form_version(actor, version_id))


@router.patch("/form-versions/{version_id}/cells", summary="Sửa loại ô của bản nháp")
async def correct_cells(
    version_id: UUID, body: CorrectionsIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    command = CorrectCells(version_id, version, body.corrections, actor)
    return FormVersionOut.of(await app.design.correct(command))


@router.post("/form-versions/{version_id}:publish", summary="Công bố phiên bản biểu mẫu")
async def publish_form_version(version_id: UUID, actor: Caller, version: IfMatch, app: App) -> FormVersionOut:
    return FormVersionOut.of(await app.design.publish(PublishFormVersion(version_id, version, actor)))


@router.get(
    "/form-versions/{version_id}/template.xlsx",
    summary="Tệp .xlsx gốc của biểu mẫu",
    response_class=StreamingResponse,
    responses={200: {"content": {XLSX: {}}, "description": "Đúng từng byte như khi tải lên"}},
)
async def read_template(version_id: UUID, actor: Caller, app: App) -> StreamingResponse:
    version, pieces = await app.look_up.template(actor, version_id)
    file_name = f"{version.code}-v{version.number}.xlsx".replace("/", "-")
    return StreamingResponse(
        pieces,
        media_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename=\"form.xlsx\"; filename*=UTF-8''{quote(file_name, safe='')}",
            "Content-Length": str(version.template_size),
            "ETag": f'"{version.template_sha256}"',
        },
    )


@router.post("/outlines:read", summary="Đọc đề cương thuyết minh từ tệp .docx")
async def read_outline(actor: Caller, app: App, file: UploadFile) -> OutlineOut:
    sections = await app.look_up.outline(actor, file.filename or "", await file.read())
    return OutlineOut(
        sections=[
            OutlineSectionOut(
                id=section.id,
                heading=section.heading,
                level=section.level,
                guidance=section.guidance,
                required=section.required,
            )
            for section in sections
        ]
    )
