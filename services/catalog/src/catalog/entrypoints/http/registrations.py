"""Registration of forms, step by step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import StreamingResponse
from kit.errors import InvalidInput, Place
from kit.http import Caller, IfMatch, Page
from pydantic import BaseModel, Field, ValidationError

from catalog.application.commands.register_form import (
    MoveRegistration,
    SendRegistration,
    SendRegistrationAgain,
)
from catalog.application.queries.registrations import Seen
from catalog.domain.registration import Action, Asked, Party, State
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.forms import XLSX

router = APIRouter(tags=["Đăng ký biểu mẫu"])


class AskedBody(BaseModel):
    """Dữ liệu kèm biểu mẫu theo DN 7.1, DT 8."""

    form_name: str = Field(default="", max_length=500)
    legal_basis: str = Field(default="", max_length=2000)
    reporting_units: str = Field(default="", max_length=4000, description="Danh sách đối tượng báo cáo")
    deadline: str = Field(default="", max_length=1000)
    aggregator: str = Field(default="", max_length=300)
    approver: str = Field(default="", max_length=300)
    content: str = Field(default="", pattern="^(|figures|narrative|linked)$")
    note: str = Field(default="", max_length=4000)

    @classmethod
    def read(cls, text: str) -> Asked:
        try:
            return Asked(**cls.model_validate_json(text).model_dump())
        except ValidationError as wrong:
            raise InvalidInput(
                "catalog.registration.data_wrong",
                "Dữ liệu đăng ký không đúng cấu trúc.",
                places=tuple(
                    Place(field=".".join(str(part) for part in error["loc"])) for error in wrong.errors()
                ),
                remedy="Điền lại các mục của phiếu đăng ký.",
            ) from wrong


class MoveIn(BaseModel):
    reason: str = Field(default="", max_length=4000)
    form_version_id: UUID | None = None
    notice_number: str = Field(default="", max_length=100)
    notice_on: date | None = None
    regime_id: UUID | None = None


class StepOut(BaseModel):
    action: Action
    at: datetime
    name: str
    reason: str


class NoticeOut(BaseModel):
    number: str
    issued_on: date


class RegistrationOut(BaseModel):
    id: UUID
    state: State
    owner_unit_id: UUID
    lead_unit_id: UUID
    asked: AskedBody
    file_name: str
    form_version_id: UUID | None
    regime_id: UUID | None
    notice: NoticeOut | None
    steps: list[StepOut]
    may: list[Action] = Field(description="Các bước tài khoản này được làm lúc này")
    waits_for: Party | None
    order: list[str] = Field(description="Các bước theo quy chế của tỉnh")
    designer: str = Field(description="Bên thiết kế theo quy chế của tỉnh")
    rule: str
    created_at: datetime
    version: int

    @classmethod
    def of(cls, seen: Seen, profile: Any) -> RegistrationOut:
        one, rules = seen.registration, profile.registration
        return cls(
            id=one.id,
            state=one.state,
            owner_unit_id=one.owner_unit_id,
            lead_unit_id=one.lead_unit_id,
            asked=AskedBody(**{name: getattr(one.asked, name) for name in AskedBody.model_fields}),
            file_name=one.workbook.file_name,
            form_version_id=one.form_version_id,
            regime_id=one.regime_id,
            notice=one.notice and NoticeOut(number=one.notice.number, issued_on=one.notice.issued_on),
            steps=[StepOut(action=s.action, at=s.at, name=s.name, reason=s.reason) for s in one.steps],
            may=list(seen.may),
            waits_for=seen.waits_for,
            order=list(rules.steps),
            designer=rules.designer.name,
            rule=rules.reference,
            created_at=one.created_at,
            version=one.version,
        )


@router.post("/registrations", summary="Gửi đăng ký biểu mẫu (.xlsx và phiếu đăng ký)", status_code=201)
async def send_registration(
    actor: Caller,
    app: App,
    file: UploadFile,
    asked: Annotated[str, Form(description="JSON của phiếu đăng ký")],
    owner_unit_id: Annotated[UUID | None, Form()] = None,
    lead_unit_id: Annotated[UUID | None, Form()] = None,
    secret: Annotated[bool, Form()] = False,
) -> RegistrationOut:
    data, given = await file.read(), AskedBody.read(asked)
    command = SendRegistration(given, owner_unit_id, lead_unit_id, file.filename or "", data, secret, actor)
    sent = await app.registrar.send(command)
    return await _out(app, actor, sent.id)


@router.get("/registrations", summary="Các hồ sơ đăng ký biểu mẫu tôi có phần việc")
async def list_registrations(actor: Caller, app: App) -> Page[RegistrationOut]:
    profile, found = await app.registrations.listed(actor)
    return Page(items=[RegistrationOut.of(seen, profile) for seen in found])


@router.get("/registrations/{registration_id}", summary="Một hồ sơ đăng ký với các bước đã qua")
async def read_registration(registration_id: UUID, actor: Caller, app: App) -> RegistrationOut:
    return await _out(app, actor, registration_id)


@router.get(
    "/registrations/{registration_id}/workbook.xlsx",
    summary="Tệp .xlsx gửi kèm đăng ký",
    response_class=StreamingResponse,
    responses={200: {"content": {XLSX: {}}, "description": "Đúng từng byte như khi gửi"}},
)
async def read_workbook(registration_id: UUID, actor: Caller, app: App) -> StreamingResponse:
    found, pieces = await app.registrations.workbook(actor, registration_id)
    name = quote(found.workbook.file_name, safe="")
    disposition = f"attachment; filename=\"form.xlsx\"; filename*=UTF-8''{name}"
    return StreamingResponse(pieces, media_type=XLSX, headers={"Content-Disposition": disposition})


@router.post("/registrations/{registration_id}:send", summary="Gửi lại đăng ký đã bị trả lại")
async def send_again(
    registration_id: UUID,
    actor: Caller,
    version: IfMatch,
    app: App,
    asked: Annotated[str, Form(description="JSON của phiếu đăng ký")],
    file: UploadFile | None = None,
) -> RegistrationOut:
    data = b"" if file is None else await file.read()
    name = "" if file is None else file.filename or ""
    command = SendRegistrationAgain(registration_id, version, AskedBody.read(asked), name, data, actor)
    await app.registrar.send_again(command)
    return await _out(app, actor, registration_id)


@router.post("/registrations/{registration_id}/steps/{action}", summary="Thực hiện bước tiếp theo")
async def move_registration(
    registration_id: UUID, action: Action, body: MoveIn, actor: Caller, version: IfMatch, app: App
) -> RegistrationOut:
    command = MoveRegistration(
        registration_id,
        version,
        action,
        actor,
        reason=body.reason,
        form_version_id=body.form_version_id,
        notice_number=body.notice_number,
        notice_on=body.notice_on,
        regime_id=body.regime_id,
    )
    await app.registrar.move(command)
    return await _out(app, actor, registration_id)


async def _out(app: Any, actor: Any, registration_id: UUID) -> RegistrationOut:
    profile, seen = await app.registrations.one(actor, registration_id)
    return RegistrationOut.of(seen, profile)
