"""Signing requests: see, sign, issue, refuse, take the file."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response
from kit.http import Caller, Page
from pydantic import SecretStr

from signing.application.commands.make_signatures import MakeSignatures
from signing.application.commands.refuse_request import RefuseRequest
from signing.domain.states import SignerRole
from signing.entrypoints.http.app import App
from signing.entrypoints.http.schemas import IssueIn, ReasonIn, RequestOut, SignIn, VerificationOut

router = APIRouter(prefix="/requests", tags=["Ký số"])


@router.get("", summary="Yêu cầu ký của một báo cáo, lần mới nhất trước")
async def list_requests(report_id: UUID, actor: Caller, app: App) -> Page[RequestOut]:
    return Page(items=[RequestOut.of(one) for one in await app.reading.of_report(report_id, actor)])


@router.get("/{request_id}", summary="Một yêu cầu ký")
async def get_request(request_id: UUID, actor: Caller, app: App) -> RequestOut:
    return RequestOut.of(await app.reading.request(request_id, actor))


@router.post("/{request_id}:sign", summary="Lãnh đạo ký số")
async def sign(request_id: UUID, body: SignIn, actor: Caller, app: App) -> RequestOut:
    pins = {SignerRole.LEADER: _typed(body.pin)}
    if body.agency_pin is not None:
        pins[SignerRole.AGENCY] = _typed(body.agency_pin)
    return RequestOut.of(await app.make_signatures(MakeSignatures(request_id, pins, body.number, actor)))


@router.post("/{request_id}:issue", summary="Cấp số, ký số của cơ quan và phát hành")
async def issue(request_id: UUID, body: IssueIn, actor: Caller, app: App) -> RequestOut:
    pins = {SignerRole.AGENCY: _typed(body.pin)}
    return RequestOut.of(await app.make_signatures(MakeSignatures(request_id, pins, body.number, actor)))


@router.post("/{request_id}:refuse", summary="Từ chối ký, có lý do")
async def refuse(request_id: UUID, body: ReasonIn, actor: Caller, app: App) -> RequestOut:
    return RequestOut.of(await app.refuse_request(RefuseRequest(request_id, body.reason, actor)))


@router.get(
    "/{request_id}/document.pdf",
    summary="Văn bản (PDF/A đã ký hoặc chờ ký)",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def document(request_id: UUID, actor: Caller, app: App) -> Response:
    request, pdf = await app.documents.document(request_id, actor)
    name = f"bao-cao-{request.report_id}-lan-{request.revision}.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-cache",
        "ETag": f'"{request.document_sha256}"',
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get("/{request_id}/verification", summary="Kiểm tra chữ ký số của văn bản")
async def verification(request_id: UUID, actor: Caller, app: App) -> VerificationOut:
    request, made = await app.documents.verification(request_id, actor)
    return VerificationOut.of(made, None, request.id)


def _typed(pin: SecretStr) -> str:
    return pin.get_secret_value()
