"""What the use cases need from outside: implemented in adapters, faked in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from kit.actor import Actor

from signing.domain.register import RegisterEntry
from signing.domain.request import SigningRequest
from signing.domain.states import SignerRole, State


@dataclass(frozen=True, slots=True)
class PrintedContent:
    """What the use cases need to know of the approved content; `raw` is the file as submission wrote it."""

    report_id: str
    revision: int
    canonical_hash: str
    unit_name: str
    unit_symbol: str
    place_name: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Printed:
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignOrder:
    """One signature to be made. `lines` fill reserved places, `stamp` is what the mark says."""

    role: SignerRole
    label: str
    pin: str = field(repr=False)
    whose: str
    stamp: tuple[str, ...]
    lines: Mapping[str, str]
    place_name: str
    last: bool


@dataclass(frozen=True, slots=True)
class Signed:
    pdf: bytes = field(repr=False)
    certificate_serial: str
    certificate_subject: str
    certificate_issuer: str
    certificate_ends_at: datetime


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """What a token shows without a PIN."""

    label: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    trusted: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict in figures and in words; `report` is what the document says of itself."""

    valid: bool
    document_sha256: str
    summary: str
    signatures: tuple[Mapping[str, Any], ...]
    report_id: str = ""
    revision: int = 0
    canonical_hash: str = ""
    problems: tuple[str, ...] = ()


class Typesetter(Protocol):
    def read(self, data: bytes) -> PrintedContent: ...

    async def print(
        self,
        content: PrintedContent,
        roles: Sequence[SignerRole],
        *,
        signer_name: str,
        signer_title: str,
        at: datetime,
    ) -> Printed: ...


class DocumentSigner(Protocol):
    async def sign(self, pdf: bytes, order: SignOrder) -> Signed: ...


class Verifier(Protocol):
    async def verify(self, pdf: bytes) -> Verification: ...


class Tokens(Protocol):
    async def certificates(self) -> Mapping[str, TokenCertificate]: ...


class ContentSource(Protocol):
    """Files of submission, by hash."""

    async def read(self, sha256: str) -> bytes: ...


class Files(Protocol):
    async def put(self, data: bytes) -> Any: ...

    async def read(self, sha256: str) -> bytes: ...

    async def remember(self, session: Any, ref: Any, media_type: str | None = None) -> None: ...


class Requests(Protocol):
    async def get(self, request_id: UUID) -> SigningRequest: ...

    async def lock(self, request_id: UUID) -> SigningRequest: ...

    async def of_report(self, report_id: UUID, *, lock: bool = False) -> list[SigningRequest]: ...

    async def add(self, request: SigningRequest) -> bool:
        """False if this revision of the report has a request already."""
        ...

    async def save(self, request: SigningRequest) -> None: ...

    async def waiting(
        self, states: Sequence[State], unit_ids: Sequence[UUID], limit: int
    ) -> list[SigningRequest]: ...

    async def search(self, text: str, unit_ids: Sequence[UUID], limit: int) -> list[SigningRequest]: ...


class Register(Protocol):
    async def lock(self, unit_id: UUID, kind: str, year: int) -> list[RegisterEntry]:
        """The entries of the year; nobody else gets them for change until the transaction ends."""
        ...

    async def entries(self, unit_id: UUID, kind: str, year: int) -> list[RegisterEntry]: ...

    async def save(self, entry: RegisterEntry) -> None: ...

    async def of_request(self, request_id: UUID) -> RegisterEntry | None: ...


class Verifications(Protocol):
    async def add(
        self, verification: Verification, request_id: UUID | None, by: Actor, at: datetime
    ) -> UUID: ...


class UnitOfWork(Protocol):
    requests: Requests
    register: Register
    verifications: Verifications
    outbox: Any
    audit: Any

    @property
    def session(self) -> Any: ...

    async def commit(self) -> None: ...


OpenUnitOfWork: TypeAlias = Callable[[], AbstractAsyncContextManager[Any]]
Today: TypeAlias = Callable[[datetime], date]
