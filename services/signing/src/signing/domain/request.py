"""A signing request: the signatures that one revision of a report needs, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from signing.domain.errors import RevisionDiffers
from signing.domain.events import Issued, LeaderSigned, RequestEvent, RequestRefused
from signing.domain.states import Action, SignerRole, State, Steps
from signing.domain.workflow import FIRST, next_state


@dataclass(frozen=True, slots=True)
class Signature:
    """One made signature; `document_sha256` is the file as it was after it."""

    role: SignerRole
    account_id: UUID
    signer_name: str
    certificate_serial: str
    certificate_subject: str
    certificate_issuer: str
    certificate_ends_at: datetime
    signed_at: datetime
    document_sha256: str


@dataclass(frozen=True, slots=True)
class Numbering:
    number: int
    text: str
    issued_on: date


@dataclass(slots=True)
class SigningRequest:
    id: UUID
    province_id: UUID
    report_id: UUID
    revision: int
    canonical_hash: str
    unit_id: UUID
    lead_unit_id: UUID | None
    regime_id: UUID | None
    steps: Steps
    leader_account_id: UUID | None
    title: str
    period_label: str
    unit_name: str
    unit_symbol: str
    place_name: str
    due_at: datetime | None
    content_sha256: str
    # The file that is signed next; the printed signer is the person whose name stands under it.
    document_sha256: str
    printed_signer: str
    state: State
    created_at: datetime
    version: int = 1
    signatures: list[Signature] = field(default_factory=list)
    numbering: Numbering | None = None
    reason: str = ""
    acted_at: datetime | None = None
    _events: list[RequestEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.acted_at = self.acted_at or self.created_at

    def same_as(self, canonical_hash: str) -> SigningRequest:
        if canonical_hash != self.canonical_hash:
            raise RevisionDiffers(self.revision)
        return self

    def waits_for(self) -> Action | None:
        return {State.WAITING_LEADER: Action.SIGN, State.WAITING_AGENCY: Action.ISSUE}.get(self.state)

    def next_state(self, action: Action, reason: str = "") -> State:
        return next_state(self.state, action, self.steps, reason)

    def leader_signs(self, signature: Signature, numbering: Numbering | None, at: datetime) -> None:
        self.state = self.next_state(Action.SIGN)
        self._signed(signature, at)
        self.numbering = numbering or self.numbering
        numbered = self.numbering if self.state is State.ISSUED else None
        self._events.append(
            LeaderSigned(
                *self._facts(str(signature.account_id), at),
                number=numbered.text if numbered else "",
                issued_on=numbered.issued_on if numbered else None,
            )
        )

    def agency_signs(self, signature: Signature, numbering: Numbering, at: datetime) -> None:
        self.state = self.next_state(Action.ISSUE)
        self._signed(signature, at)
        self.numbering = numbering
        facts = self._facts(str(signature.account_id), at)
        self._events.append(Issued(*facts, number=numbering.text, issued_on=numbering.issued_on))

    def refuse(self, by: str, reason: str, at: datetime) -> None:
        self.state = self.next_state(Action.REFUSE, reason)
        self._ends(reason, at)
        self._events.append(RequestRefused(*self._facts(by, at), reason=self.reason))

    def void(self, reason: str, at: datetime) -> bool:
        """False if it was void already: the same message may come twice."""
        if self.state is State.VOID:
            return False
        self.state = self.next_state(Action.VOID, reason)
        self._ends(reason, at)
        return True

    def pull_events(self) -> list[RequestEvent]:
        events, self._events = self._events, []
        return events

    def _signed(self, signature: Signature, at: datetime) -> None:
        self.signatures.append(signature)
        self.document_sha256 = signature.document_sha256
        self.acted_at = at
        self.version += 1

    def _ends(self, reason: str, at: datetime) -> None:
        self.reason = reason.strip()
        self.acted_at = at
        self.version += 1

    def _facts(self, actor: str, at: datetime) -> tuple[UUID, UUID, int, str, UUID, UUID, str, datetime, str]:
        return (
            self.id,
            self.report_id,
            self.revision,
            self.canonical_hash,
            self.province_id,
            self.unit_id,
            actor,
            at,
            self.document_sha256,
        )


def first_state(steps: Steps) -> State:
    return FIRST[steps]
