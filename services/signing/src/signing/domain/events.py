"""What a signing request tells: translated into protobuf at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RequestEvent:
    request_id: UUID
    report_id: UUID
    revision: int
    canonical_hash: str
    province_id: UUID
    unit_id: UUID
    actor: str
    acted_at: datetime
    document_sha256: str


@dataclass(frozen=True, slots=True)
class LeaderSigned(RequestEvent):
    """The number and day are set where the leader's signature is the only one."""

    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Issued(RequestEvent):
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class RequestRefused(RequestEvent):
    reason: str
