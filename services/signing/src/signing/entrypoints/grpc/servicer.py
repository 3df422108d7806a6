"""What submission asks of signing."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.errors import InvalidInput, Place
from kit.grpc import actor_of
from reporting.signing.v1 import signing_pb2 as pb
from reporting.signing.v1.signing_pb2_grpc import SigningServiceServicer

from signing.application.app import SigningApp
from signing.application.commands.request_signing import RequestSigning
from signing.application.commands.void_request import VoidRequest
from signing.domain.states import Steps

CALLERS = {"RequestSigning": {"submission"}, "VoidRequest": {"submission"}}
_HASH = re.compile(r"[0-9a-f]{64}")


class SigningServicer(SigningServiceServicer):
    def __init__(self, app: SigningApp) -> None:
        self._app = app

    async def RequestSigning(
        self, request: pb.RequestSigningRequest, context: Any
    ) -> pb.RequestSigningResponse:
        made = await self._app.request_signing(
            RequestSigning(
                report_id=_key(request.report_id, "report_id"),
                revision=request.revision,
                canonical_hash=_hash(request.canonical_hash, "canonical_hash"),
                province_id=_key(request.province_id, "province_id"),
                unit_id=_key(request.unit_id, "unit_id"),
                lead_unit_id=_maybe(request.lead_unit_id, "lead_unit_id"),
                regime_id=_maybe(request.regime_id, "regime_id"),
                content_sha256=_hash(request.content_sha256, "content_sha256"),
                leader_account_id=_maybe(request.leader_account_id, "leader_account_id"),
                steps=_steps(request.steps),
                title=request.title,
                period_label=request.period_label,
                due_at=_moment(request.due_at),
                actor=actor_of(context),
            )
        )
        return pb.RequestSigningResponse(request_id=str(made.id), state=made.state.value)

    async def VoidRequest(self, request: pb.VoidRequestRequest, context: Any) -> pb.VoidRequestResponse:
        state = await self._app.void_request(
            VoidRequest(
                report_id=_key(request.report_id, "report_id"),
                revision=request.revision,
                reason=request.reason,
                actor=actor_of(context),
            )
        )
        return pb.VoidRequestResponse(state=state.value)


def _wrong(field: str) -> InvalidInput:
    return InvalidInput(
        "signing.request.field_invalid", f"Trường {field} không đúng dạng.", places=[Place(field=field)]
    )


def _key(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _wrong(field) from None


def _maybe(text: str, field: str) -> UUID | None:
    return _key(text, field) if text else None


def _hash(text: str, field: str) -> str:
    bare = text.removeprefix("sha256:")
    if not _HASH.fullmatch(bare):
        raise _wrong(field)
    return text


def _steps(text: str) -> Steps:
    try:
        return Steps(text)
    except ValueError:
        raise _wrong("steps") from None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong("due_at") from None
    if moment.tzinfo is None:
        raise _wrong("due_at")
    return moment
