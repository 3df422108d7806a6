"""Events of a signing request as the messages other services read."""

from __future__ import annotations

from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from kit.outbox import OutboxEvent
from reporting.signing.v1 import events_pb2 as pb

from signing.domain.events import Issued, LeaderSigned, RequestEvent, RequestRefused


def to_outbox(event: Any) -> OutboxEvent:
    facts = _facts(event)
    match event:
        case LeaderSigned():
            day = event.issued_on.isoformat() if event.issued_on else ""
            name = "leader_signed"
            payload: Any = pb.RequestLeaderSigned(request=facts, number=event.number, issued_on=day)
        case Issued():
            name = "issued"
            payload = pb.RequestIssued(
                request=facts, number=event.number, issued_on=event.issued_on.isoformat()
            )
        case RequestRefused():
            name = "refused"
            payload = pb.RequestRefused(request=facts, reason=event.reason)
        case _:
            raise TypeError(f"no message for {type(event).__name__}")
    return OutboxEvent(f"reporting.signing.request.{name}.v1", event.request_id, event.province_id, payload)


def _facts(event: RequestEvent) -> pb.RequestFacts:
    acted_at = Timestamp()
    acted_at.FromDatetime(event.acted_at)
    return pb.RequestFacts(
        request_id=str(event.request_id),
        report_id=str(event.report_id),
        revision=event.revision,
        canonical_hash=event.canonical_hash,
        province_id=str(event.province_id),
        unit_id=str(event.unit_id),
        actor=event.actor,
        acted_at=acted_at,
        document_sha256=event.document_sha256,
    )
