"""What the use cases need of the world: stores inside one unit of work, and the services around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, Self
from uuid import UUID

from forms.filled import Filled
from forms.model import FormModel
from forms.values import CellKey, Figures
from kit.recording import Audit, Outbox
from province_profile import ProvinceProfile

from submission.application.published import PublishedForm
from submission.domain.acts import Act, Receipt, Settled
from submission.domain.aggregation import Aggregation, SourceRevision
from submission.domain.allocation import Allocation
from submission.domain.assignment import Assignment, LeveledDeadline, RegimeFacts, ReportingPeriod
from submission.domain.entry import Draft, Edit
from submission.domain.incident import Incident
from submission.domain.known import Level
from submission.domain.moving import MovedForm
from submission.domain.report import Report
from submission.domain.states import State


class WorkbookReader(Protocol):
    async def read_filled(
        self,
        model: FormModel,
        data: bytes,
        *,
        current: Figures | None,
        form_version: str | None,
        text_rule: str,
    ) -> Filled:
        """A filled copy of the form, read apart from this process. Raises InvalidInput."""


@dataclass(frozen=True, slots=True)
class SealedContent:
    """What a sealed revision holds."""

    document: bytes
    figures: Mapping[UUID, Figures]
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """What has to be told to signing: once asked, once voided, each until it is done."""

    report_id: UUID
    revision: int
    wanted: str
    canonical_hash: str
    leader_account_id: str = ""
    steps: str = ""
    reason: str = ""
    content_sha256: str = ""
    request_id: str = ""
    attempts: int = 0
    done: bool = False
    traceparent: str = ""
    """Trace of the act that ordered it."""


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    period: ReportingPeriod
    deadlines: tuple[LeveledDeadline, ...]


@dataclass(frozen=True, slots=True)
class HistorySource:
    id: UUID
    province_id: UUID
    regime_id: UUID
    period_key: str
    document_name: str
    document_number: str
    document_on: date | None
    reports: int
    made_at: datetime
    made_by: str


class Assignments(Protocol):
    async def units_assigned(self, regime_id: UUID, period_key: str) -> set[UUID]: ...
    async def of_period(self, regime_id: UUID, period_key: str) -> Sequence[Assignment]: ...
    async def save(self, assignment: Assignment) -> None: ...


class Reports(Protocol):
    async def get(self, report_id: UUID) -> Report:
        """Locked until the unit of work ends."""

    async def read(self, report_id: UUID) -> Report: ...
    async def add(self, report: Report) -> bool:
        """False if the assignment has been answered already."""

    async def save(self, report: Report) -> None: ...
    async def of_period(self, regime_id: UUID, period_key: str) -> Sequence[Report]: ...
    async def not_sent_of_regime(self, regime_id: UUID) -> Sequence[Report]: ...
    async def acts(self, report_id: UUID) -> Sequence[Act]: ...
    async def receipts(self, report_id: UUID) -> Sequence[Receipt]: ...
    async def settled(self, report_id: UUID) -> Sequence[Settled]: ...
    async def settle(self, report_id: UUID, settled: Settled) -> None:
        """What was said about the same place before gives way."""


class Drafts(Protocol):
    async def load(self, report_id: UUID, revision: int) -> Draft: ...
    async def append(self, report_id: UUID, revision: int, edits: Iterable[Edit]) -> None: ...
    async def begin_copy(self, report_id: UUID, revision: int, base: Draft) -> None: ...


class SealedRevisions(Protocol):
    async def put(self, report_id: UUID, revision: int, content: SealedContent) -> None: ...
    async def get(self, report_id: UUID, revision: int) -> SealedContent | None: ...
    async def accepted_of(
        self, regime_id: UUID, period_key: str, unit_id: UUID | None = None
    ) -> Sequence[SourceRevision]:
        """Of every unit, or of one."""


class CatalogCopy(Protocol):
    """What catalog has published, as this service keeps it."""

    async def regime(self, regime_id: UUID) -> RegimeFacts: ...
    async def regimes_that_open_themselves(self) -> Sequence[RegimeFacts]: ...
    async def form(self, form_version_id: UUID) -> PublishedForm: ...
    async def allocation(self, regime_id: UUID, form_version_id: UUID) -> Allocation: ...
    async def merged_indicators(self) -> Mapping[str, str]: ...


class SigningOrders(Protocol):
    async def put(self, order: SigningOrder, at: datetime) -> None: ...
    async def waiting(self, now: datetime, limit: int) -> Sequence[SigningOrder]: ...
    async def save(self, order: SigningOrder, *, next_attempt_at: datetime, error: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class ApprovedFiling:
    """One form of a report whose figures stand approved at a level."""

    report_id: UUID
    revision: int
    level: Level
    form_version_id: UUID
    regime_name: str
    approved_at: datetime | None


class FigureStore(Protocol):
    """Kho dữ liệu tổng hợp: approved figures, never drafts."""

    async def filings_for(self, report: Report, levels: Sequence[Level]) -> Sequence[ApprovedFiling]: ...
    async def numbers_of(
        self, year: int, filings: Sequence[ApprovedFiling], rows: Sequence[str]
    ) -> Mapping[tuple[UUID, Level, UUID], Mapping[CellKey, Decimal]]: ...
    async def put(
        self, report: Report, level: Level, whole: Mapping[UUID, Figures], computed: Mapping[UUID, Figures]
    ) -> None: ...


class Aggregations(Protocol):
    async def of_period(self, regime_id: UUID, period_key: str) -> Aggregation | None: ...
    async def get(self, aggregation_id: UUID) -> Aggregation: ...
    async def save(self, aggregation: Aggregation) -> None: ...


class FormMoves(Protocol):
    """They only grow; the first one first."""

    async def add(self, moved: MovedForm) -> None: ...
    async def of_report(self, report_id: UUID) -> Sequence[MovedForm]: ...


class Incidents(Protocol):
    async def add(self, incident: Incident) -> None: ...
    async def get(self, province_id: UUID, incident_id: UUID) -> Incident: ...
    async def of_province(self, province_id: UUID) -> Sequence[Incident]: ...


class HistorySources(Protocol):
    async def add(self, source: HistorySource) -> None: ...


class UnitOfWork(Protocol):
    @property
    def assignments(self) -> Assignments: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def sealed(self) -> SealedRevisions: ...
    @property
    def catalog(self) -> CatalogCopy: ...
    @property
    def orders(self) -> SigningOrders: ...
    @property
    def store(self) -> FigureStore: ...
    @property
    def aggregations(self) -> Aggregations: ...
    @property
    def history(self) -> HistorySources: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def form_moves(self) -> FormMoves: ...
    @property
    def files(self) -> Files: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...
    async def commit(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *error: Any) -> None: ...


class OpenUnitOfWork(Protocol):
    def __call__(self) -> UnitOfWork: ...


class Profiles(Protocol):
    def for_period(self, key: str, last_day: date) -> ProvinceProfile: ...
    def in_force_on(self, key: str, day: date) -> ProvinceProfile: ...


class CatalogService(Protocol):
    """Catalog itself: it alone computes periods and deadlines, and keeps the official workbooks."""

    async def periods(self, regime_id: UUID, first: date, last: date) -> Sequence[OpenedPeriod]: ...
    async def template(self, form: PublishedForm) -> bytes: ...


class SigningService(Protocol):
    async def request(self, order: SigningOrder, report: Report) -> str: ...
    async def void(self, report_id: UUID, revision: int, reason: str) -> None: ...


class Files(Protocol):
    async def put(self, data: bytes, media_type: str) -> str:
        """Durable before it returns, and named in this unit of work; its SHA-256."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an account holds which rights: right → (unit, regime or every regime)."""

    province_id: UUID | None
    by_right: Mapping[str, frozenset[tuple[UUID, UUID | None]]] = field(default_factory=dict)

    def places(self, rights: Iterable[str]) -> frozenset[tuple[UUID, UUID | None]]:
        return frozenset(place for right in rights for place in self.by_right.get(right, ()))


@dataclass(frozen=True, slots=True)
class ReportFilter:
    states: tuple[State, ...] = ()
    unit_id: UUID | None = None
    regime_id: UUID | None = None
    period_key: str = ""
    text: str = ""
    soonest_first: bool = False
    """By deadline: the next one first, else the last one."""
