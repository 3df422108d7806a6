"""The library of forms: copies, signed packages, what a form serves for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile
from kit.http import Caller, IfMatch
from pydantic import BaseModel, Field

from catalog.application.commands.keep_library import CopyForm, Imported, ImportPackage, ServeForm
from catalog.domain.burden import input_cells
from catalog.domain.form import FormLink, FormPurpose
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.form_schemas import FormOut, LinkBody, UploadedFormOut, form_out

router = APIRouter(tags=["Thư viện biểu mẫu"])
ZIP = "application/zip"


class CopyIn(BaseModel):
    form_version_id: UUID
    code: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=500)
    owner_unit_id: UUID | None = None


class PurposeIn(BaseModel):
    purpose: FormPurpose
    links: list[LinkBody] = Field(default=[], max_length=5000)


class PackageReadOut(BaseModel):
    """Gói biểu mẫu chứa gì; `form_id` chỉ có khi đã nhận vào."""

    source: str = Field(description="Tỉnh xuất gói")
    signer: str = Field(description="Dấu vân tay của khóa đã ký")
    made_at: datetime
    code: str
    code_taken: bool
    name: str
    number: int
    sheets: list[str]
    input_cells: int
    computed_cells: int
    form_id: UUID | None
    form_version_id: UUID | None

    @classmethod
    def of(cls, found: Imported) -> PackageReadOut:
        package = found.package
        return cls(
            source=package.source,
            signer=package.signer,
            made_at=package.made_at,
            code=found.code,
            code_taken=found.code_taken,
            name=package.name,
            number=package.number,
            sheets=[sheet.name for sheet in package.model.sheets],
            input_cells=input_cells(package.model),
            computed_cells=sum(1 for _ in package.model.computed_cells()),
            form_id=found.form.id if found.form else None,
            form_version_id=found.draft.id if found.draft else None,
        )


@router.post("/forms:copy", summary="Sao chép một phiên bản thành biểu mẫu mới", status_code=201)
async def copy_form(body: CopyIn, actor: Caller, app: App) -> UploadedFormOut:
    command = CopyForm(body.form_version_id, body.code, body.name, body.owner_unit_id, actor)
    return UploadedFormOut.uploaded(*await app.library.copy(command))


@router.put("/forms/{form_id}/purpose", summary="Biểu nhập liệu hay biểu báo cáo, lấy số liệu từ đâu")
async def set_purpose(form_id: UUID, body: PurposeIn, actor: Caller, version: IfMatch, app: App) -> FormOut:
    links = [FormLink(**link.model_dump()) for link in body.links]
    await app.library.serve(ServeForm(form_id, version, body.purpose, links, actor))
    return form_out(await app.look_up.form(actor, form_id))


@router.get(
    "/form-versions/{version_id}/package.zip",
    summary="Gói biểu mẫu có chữ ký, để tỉnh khác dùng lại",
    response_class=Response,
    responses={200: {"content": {ZIP: {}}, "description": "form.json, template.xlsx, manifest, chữ ký"}},
)
async def export_package(version_id: UUID, actor: Caller, app: App) -> Response:
    version, packed = await app.library.export(actor, version_id)
    name = quote(f"{version.code}-v{version.number}.zip".replace("/", "-"), safe="")
    disposition = f"attachment; filename=\"form.zip\"; filename*=UTF-8''{name}"
    return Response(packed, media_type=ZIP, headers={"Content-Disposition": disposition})


@router.post("/form-packages:import", summary="Nhận gói biểu mẫu của tỉnh khác, có chạy thử")
async def import_package(
    actor: Caller,
    app: App,
    file: UploadFile,
    code: Annotated[str, Form()] = "",
    owner_unit_id: Annotated[UUID | None, Form()] = None,
    dry_run: Annotated[bool, Form()] = True,
) -> PackageReadOut:
    command = ImportPackage(await file.read(), code, owner_unit_id, dry_run, actor)
    return PackageReadOut.of(await app.library.take_in(command))
