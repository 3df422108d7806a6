"""The signed file of a request, and what its signatures prove now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from kit.actor import Actor

from signing.application.ports import Files, Verification, Verifier
from signing.application.reading import Reading
from signing.domain.request import SigningRequest
from signing.domain.states import State


@dataclass(frozen=True, slots=True)
class Documents:
    reading: Reading
    files: Files
    verifier: Verifier

    async def document(self, request_id: UUID, actor: Actor) -> tuple[SigningRequest, bytes]:
        request = await self.reading.request(request_id, actor)
        return request, await self.files.read(request.document_sha256)

    async def verification(self, request_id: UUID, actor: Actor) -> tuple[SigningRequest, Verification]:
        request, pdf = await self.document(request_id, actor)
        return request, bound(await self.verifier.verify(pdf), request)


def bound(verification: Verification, request: SigningRequest) -> Verification:
    """Is the document that of this request, with the figures that were approved?"""
    problems = [*verification.problems]
    told = (verification.report_id, verification.revision)
    if told != (str(request.report_id), request.revision):
        problems.append("Văn bản không thuộc lần này của báo cáo.")
    elif verification.canonical_hash != request.canonical_hash:
        problems.append("Mã kiểm tra số liệu trong văn bản khác với số liệu đã duyệt.")
    short = len(verification.signatures) < len(request.steps.roles)
    if verification.valid and short and request.state is State.ISSUED:
        problems.append("Văn bản thiếu chữ ký bắt buộc.")
    if request.state is State.VOID:
        problems.append(f"Văn bản không còn hiệu lực: {request.reason}")
    return replace(verification, valid=not problems, problems=tuple(problems))
