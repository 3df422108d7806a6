"""Events of signing, as this service's reactions read them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.bus import Delivery
from reporting.signing.v1 import events_pb2 as pb

from submission.application.reactions.signing_told import ISSUED, LEADER_SIGNED, SigningReactions, SigningTold
from submission.domain.report import Signature

SUBJECTS = [
    "reporting.signing.request.leader_signed.v1",
    "reporting.signing.request.issued.v1",
    "reporting.signing.request.refused.v1",
]


def on_signing(reactions: SigningReactions) -> Callable[[Delivery, Any], Awaitable[None]]:
    async def on(delivery: Delivery, uow: Any) -> None:
        match delivery.subject:
            case "reporting.signing.request.leader_signed.v1":
                signed = delivery.parse(pb.RequestLeaderSigned)
                signature = Signature(signed.number, signed.issued_on, signed.request.document_sha256)
                await reactions.signed(uow, _told(signed.request, signature), LEADER_SIGNED)
            case "reporting.signing.request.issued.v1":
                issued = delivery.parse(pb.RequestIssued)
                signature = Signature(issued.number, issued.issued_on, issued.request.document_sha256)
                await reactions.signed(uow, _told(issued.request, signature), ISSUED)
            case _:
                refused = delivery.parse(pb.RequestRefused)
                await reactions.refused(uow, _told(refused.request, Signature(), refused.reason))

    return on


def _told(facts: pb.RequestFacts, signature: Signature, reason: str = "") -> SigningTold:
    return SigningTold(
        request_id=facts.request_id,
        report_id=UUID(facts.report_id),
        revision=facts.revision,
        canonical_hash=facts.canonical_hash,
        actor=Actor.parse(facts.actor),
        at=facts.acted_at.ToDatetime(UTC),
        signature=signature,
        reason=reason,
    )
