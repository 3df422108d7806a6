"""signing over gRPC: the same report, revision and hash again gives the same request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from reporting.signing.v1 import signing_pb2 as pb
from reporting.signing.v1.signing_pb2_grpc import SigningServiceStub

from submission.application.ports import SigningOrder
from submission.domain.report import Report

SECONDS = 15.0


class GrpcSigning:
    def __init__(self, channel: Any) -> None:
        self._stub = SigningServiceStub(channel)

    async def request(self, order: SigningOrder, report: Report) -> str:
        a = report.assignment
        answer = await self._stub.RequestSigning(
            pb.RequestSigningRequest(
                report_id=str(report.id), revision=order.revision, canonical_hash=order.canonical_hash,
                province_id=str(a.province_id), unit_id=str(a.unit.id), regime_id=str(a.regime_id),
                content_sha256=order.content_sha256, leader_account_id=order.leader_account_id,
                steps=order.steps, lead_unit_id=str(a.lead_unit.id), title=a.regime_name, period_label=a.period.label,
                due_at=a.deadline.due_at.isoformat().replace("+00:00", "Z"),
            ),
            timeout=SECONDS,
        )  # fmt: skip
        return str(answer.request_id)

    async def void(self, report_id: UUID, revision: int, reason: str) -> None:
        await self._stub.VoidRequest(
            pb.VoidRequestRequest(report_id=str(report_id), revision=revision, reason=reason), timeout=SECONDS
        )
