"""Declared incidents, and a report sent by e-document while one lasted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Path, Response, UploadFile
from kit.http import Caller, IfMatch, Page
from pydantic import AwareDatetime, BaseModel, Field

from submission.application.commands.send_report import SendReport, SentByDocument
from submission.domain.incident import Declaration, Incident
from submission.entrypoints.http.schemas import App, ReportOut

router = APIRouter(tags=["incidents"])
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Words = Annotated[str, Field(min_length=5, max_length=2000)]


class IncidentIn(BaseModel):
    title: Annotated[str, Field(min_length=5, max_length=200)]
    from_at: AwareDatetime
    to_at: AwareDatetime
    reason: Words
    document_number: Annotated[str, Field(min_length=1, max_length=100)]
    document_on: date
    unit_ids: Annotated[list[UUID], Field(max_length=2000, description="Trống: mọi đơn vị")] = []
    recorded: Annotated[str, Field(max_length=2000, description="Hệ thống tự ghi nhận được gì")] = ""

    def declaration(self) -> Declaration:
        return Declaration(
            self.title.strip(), self.from_at.astimezone(UTC), self.to_at.astimezone(UTC), self.reason.strip(),
            self.document_number.strip(), self.document_on, frozenset(self.unit_ids), self.recorded,
        )  # fmt: skip


class IncidentOut(BaseModel):
    id: UUID
    title: str
    from_at: datetime
    to_at: datetime
    reason: str
    document_number: str
    document_on: date
    unit_ids: list[UUID]
    recorded: str
    article: str
    declared_at: datetime
    declared_by_name: str

    @classmethod
    def of(cls, incident: Incident) -> IncidentOut:
        said = incident.declaration
        return cls(
            id=incident.id, title=said.title, from_at=said.from_at, to_at=said.to_at, reason=said.reason,
            document_number=said.document_number, document_on=said.document_on, unit_ids=sorted(said.unit_ids),
            recorded=said.recorded, article=incident.article, declared_at=incident.declared_at,
            declared_by_name=incident.declared_by_name,
        )  # fmt: skip


@router.get("/incidents", summary="Sự cố đã ghi nhận của tỉnh, mới nhất trước")
async def list_incidents(actor: Caller, app: App) -> Page[IncidentOut]:
    return Page(items=[IncidentOut.of(one) for one in await app.declare_incident.of_province(actor)])


@router.post("/incidents", status_code=201, summary="Ghi nhận sự cố bằng văn bản")
async def declare_incident(body: IncidentIn, actor: Caller, app: App) -> IncidentOut:
    return IncidentOut.of(await app.declare_incident(actor, body.declaration()))


@router.get(
    "/reports/{report_id}/sent-documents/{sha256}",
    summary="Văn bản đã gửi khi Hệ thống gián đoạn",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_document(report_id: UUID, sha256: Sha256, actor: Caller, app: App) -> Response:
    data = await app.read_document(actor, report_id, sha256)
    name = {"Content-Disposition": 'attachment; filename="van-ban.pdf"'}
    return Response(data, media_type="application/pdf", headers=name)


@router.post(
    "/reports/{report_id}:send_by_document", summary="Gửi báo cáo đã gửi bằng văn bản khi Hệ thống gián đoạn"
)
async def send_by_document(
    report_id: UUID,
    actor: Caller,
    version: IfMatch,
    app: App,
    response: Response,
    incident_id: Annotated[UUID, Form()],
    number: Annotated[str, Form(min_length=1, max_length=100)],
    issued_on: Annotated[date, Form()],
    file: Annotated[UploadFile, File(description="Văn bản đã phát hành, PDF")],
) -> ReportOut:
    document = SentByDocument(incident_id, number.strip(), issued_on, await file.read())
    await app.send_report(SendReport(report_id, version, actor, document))
    view = await app.read_report.view(actor, report_id)
    response.headers["ETag"] = f'"{view.report.version}"'
    return ReportOut.of(view)
