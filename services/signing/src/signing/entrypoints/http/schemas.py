"""What people and programs send and get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from kit.http import FoundOut, TaskOut
from pydantic import BaseModel, Field, SecretStr

from signing.application.commands.verify_document import Judged
from signing.application.ports import Verification
from signing.application.queries.certificates import Holding
from signing.application.queries.register import RegisterYear
from signing.application.queries.tasks import Task
from signing.domain.register import RegisterEntry
from signing.domain.request import Signature, SigningRequest
from signing.domain.states import ROLE_NAMES, STATE_NAMES, Action, SignerRole, State, Steps

Pin = Annotated[SecretStr, Field(max_length=64)]


class SignIn(BaseModel):
    """`agency_pin`: only where one person signs as leader and for the agency in one act."""

    pin: Pin
    agency_pin: Pin | None = None
    number: Annotated[int | None, Field(ge=1, le=999_999)] = None


class IssueIn(BaseModel):
    pin: Pin
    number: Annotated[int | None, Field(ge=1, le=999_999)] = None


class ReasonIn(BaseModel):
    reason: Annotated[str, Field(max_length=2000)]


class CancelIn(ReasonIn):
    unit_id: UUID
    year: int
    number: int


class SignatureOut(BaseModel):
    role: SignerRole
    role_name: str
    account_id: UUID
    signer_name: str
    certificate_serial: str
    certificate_subject: str
    certificate_issuer: str
    certificate_ends_at: datetime
    signed_at: datetime

    @classmethod
    def of(cls, one: Signature) -> SignatureOut:
        return cls(
            role=one.role,
            role_name=ROLE_NAMES[one.role],
            account_id=one.account_id,
            signer_name=one.signer_name,
            certificate_serial=one.certificate_serial,
            certificate_subject=one.certificate_subject,
            certificate_issuer=one.certificate_issuer,
            certificate_ends_at=one.certificate_ends_at,
            signed_at=one.signed_at,
        )


class RequestOut(BaseModel):
    id: UUID
    version: int
    report_id: UUID
    revision: int
    canonical_hash: str
    state: State
    state_name: str
    steps: Steps
    waits_for: Action | None
    unit_id: UUID
    unit_name: str
    leader_account_id: UUID | None
    title: str
    period_label: str
    due_at: datetime | None
    number: str | None
    issued_on: date | None
    signatures: list[SignatureOut]
    reason: str
    document: str
    document_sha256: str
    created_at: datetime
    acted_at: datetime | None

    @classmethod
    def of(cls, request: SigningRequest) -> RequestOut:
        numbering = request.numbering
        return cls(
            id=request.id,
            version=request.version,
            report_id=request.report_id,
            revision=request.revision,
            canonical_hash=request.canonical_hash,
            state=request.state,
            state_name=STATE_NAMES[request.state],
            steps=request.steps,
            waits_for=request.waits_for(),
            unit_id=request.unit_id,
            unit_name=request.unit_name,
            leader_account_id=request.leader_account_id,
            title=request.title,
            period_label=request.period_label,
            due_at=request.due_at,
            number=numbering.text if numbering else None,
            issued_on=numbering.issued_on if numbering else None,
            signatures=[SignatureOut.of(one) for one in request.signatures],
            reason=request.reason,
            document=f"/api/signing/v1/requests/{request.id}/document.pdf",
            document_sha256=request.document_sha256,
            created_at=request.created_at,
            acted_at=request.acted_at,
        )


class SignatureVerdictOut(BaseModel):
    field: str
    signer: str
    issuer: str
    serial: str
    valid: bool
    intact: bool
    trusted: bool
    covers_file: bool
    timestamped_at: str | None
    verdict: str


class VerificationOut(BaseModel):
    id: UUID | None
    request_id: UUID | None
    valid: bool
    summary: str
    problems: list[str]
    document_sha256: str
    report_id: str
    revision: int
    canonical_hash: str
    signatures: list[SignatureVerdictOut]

    @classmethod
    def of(cls, made: Verification, key: UUID | None, request_id: UUID | None) -> VerificationOut:
        fields = set(SignatureVerdictOut.model_fields)
        verdicts: list[dict[str, Any]] = [
            {name: value for name, value in one.items() if name in fields} for one in made.signatures
        ]
        return cls(
            id=key,
            request_id=request_id,
            valid=made.valid,
            summary=made.summary,
            problems=[*made.problems],
            document_sha256=made.document_sha256,
            report_id=made.report_id,
            revision=made.revision,
            canonical_hash=made.canonical_hash,
            signatures=[SignatureVerdictOut(**verdict) for verdict in verdicts],
        )

    @classmethod
    def judged(cls, judged: Judged) -> VerificationOut:
        return cls.of(judged.verification, judged.id, judged.request_id)


class CertificateOut(BaseModel):
    role: SignerRole
    role_name: str
    unit_id: UUID
    unit_name: str
    account_id: UUID | None
    holder: str
    # valid, expiring, expired, untrusted, missing
    state: str
    subject: str | None
    issuer: str | None
    serial: str | None
    valid_from: datetime | None
    valid_until: datetime | None
    days_left: int | None
    problem: str | None

    @classmethod
    def of(cls, one: Holding) -> CertificateOut:
        found = one.certificate
        return cls(
            role=one.role,
            role_name=ROLE_NAMES[one.role],
            unit_id=one.unit_id,
            unit_name=one.unit_name,
            account_id=one.account_id,
            holder=one.holder,
            state=one.state,
            subject=found.subject if found else None,
            issuer=found.issuer if found else None,
            serial=found.serial if found else None,
            valid_from=found.valid_from if found else None,
            valid_until=found.valid_until if found else None,
            days_left=one.days_left,
            problem=found.problem or None if found else "chưa có thiết bị ký số",
        )


class NumberOut(BaseModel):
    number: int
    state: str
    report_id: UUID
    request_id: UUID
    issued_on: date
    reason: str

    @classmethod
    def of(cls, entry: RegisterEntry) -> NumberOut:
        return cls(
            number=entry.number,
            state=entry.state.value,
            report_id=entry.report_id,
            request_id=entry.request_id,
            issued_on=entry.issued_on,
            reason=entry.reason,
        )


class RegisterOut(BaseModel):
    unit_id: UUID
    year: int
    items: list[NumberOut]
    gaps: list[int]

    @classmethod
    def of(cls, unit_id: UUID, year: int, found: RegisterYear) -> RegisterOut:
        items = [NumberOut.of(entry) for entry in found.entries]
        return cls(unit_id=unit_id, year=year, items=items, gaps=found.gaps)


def task_of(task: Task) -> TaskOut:
    request = task.request
    leads = request.state is State.WAITING_LEADER
    return TaskOut(
        id=str(request.id),
        kind="sign" if leads else "issue",
        title=request.title,
        detail="Chờ lãnh đạo ký số" if leads else "Chờ cấp số, ký số của cơ quan và phát hành",
        unit=request.unit_name,
        period=request.period_label,
        due_at=request.due_at,
        overdue=task.overdue,
        action="Ký số" if leads else "Phát hành",
        link=f"/bao-cao/{request.report_id}",
    )


def found_request(request: SigningRequest) -> FoundOut:
    number = f"Số {request.numbering.text}, " if request.numbering else ""
    return FoundOut(
        id=str(request.id),
        kind="document",
        title=request.title,
        detail=f"{number}{request.unit_name}, {STATE_NAMES[request.state]}",
        link=f"/bao-cao/{request.report_id}",
    )
