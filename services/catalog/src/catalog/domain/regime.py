"""A reporting regime (chế độ báo cáo): who reports what to whom, how often, by when, on which legal basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from province_profile import DueDay, PeriodKind, ProvinceProfile, RegimeKind

from catalog.domain.errors import (
    OriginRefused,
    RegimeIncomplete,
    RegimeNotDraft,
    RegimeNotPublished,
    SecretRefused,
    VersionStale,
)
from catalog.domain.events import RegimeClosed, RegimePublished
from catalog.domain.frequency import Frequency, missing_days, overlap
from catalog.domain.outline import OutlineSection
from catalog.domain.regime_content import (
    ORIGINS,
    FilingPlace,
    LegalDocument,
    OwnCutOff,
    PermissionPaper,
    ReportingUnits,
    SendingWay,
)


class RegimeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """A deadline the regime states itself; the article is its own legal basis unless it names one."""

    due: DueDay
    period_kind: PeriodKind | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class RegimeTerms:
    """What a draft may still change."""

    name: str
    kind: RegimeKind
    origin: str
    lead_unit_id: UUID | None = None
    legal_basis: str = ""
    reporting_unit_ids: tuple[UUID, ...] = ()
    form_version_ids: tuple[UUID, ...] = ()
    outline: tuple[OutlineSection, ...] = ()
    frequency: tuple[Frequency, ...] = ()
    overlap_explanation: str = ""
    deadlines: tuple[OwnDeadline, ...] = ()
    approver: str = ""
    aggregator: str = ""
    opens_itself: bool = True
    assigns_itself: bool | None = None
    signing: str = ""
    nil_allowed: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    secret: bool = False
    content_asked: str = ""
    """Nội dung yêu cầu báo cáo: what the report is about, in words."""
    legal_documents: tuple[LegalDocument, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    unit_levels: tuple[str, ...] = ()
    """Beside the list: every unit of these kinds, of these levels, but for the excepted ones."""
    excepted_unit_ids: tuple[UUID, ...] = ()
    receiver_account_ids: tuple[UUID, ...] = ()
    approver_account_ids: tuple[UUID, ...] = ()
    """None named: whoever holds the rights that the profile gives these acts."""
    sending_ways: tuple[SendingWay, ...] = (SendingWay.SYSTEM,)
    cut_offs: tuple[OwnCutOff, ...] = ()
    guidance: str = ""
    process: tuple[str, ...] = ()
    filing_place: FilingPlace = FilingPlace.NOT_STATED
    filing_system: str = ""
    """The ministry's own system by name, or whatever other way."""

    @property
    def basis(self) -> str:
        """The legal basis in words: as written, else from the documents."""
        return self.legal_basis or "; ".join(str(document) for document in self.legal_documents)

    @property
    def only_listed(self) -> bool:
        """QN-10.2: what a ministry's own system takes is listed here and never assigned."""
        return self.filing_place is FilingPlace.MINISTRY_SYSTEM

    def own_cut_off(self, kind: PeriodKind) -> OwnCutOff | None:
        exact = next((rule for rule in self.cut_offs if rule.period_kind is kind), None)
        return exact or next((rule for rule in self.cut_offs if rule.period_kind is None), None)

    @property
    def period_kinds(self) -> tuple[PeriodKind, ...]:
        if self.kind is not RegimeKind.PERIODIC and not self.frequency:
            return (PeriodKind.ONCE,)
        return tuple(dict.fromkeys(item.kind for item in self.frequency))

    def own_deadlines(self, kind: PeriodKind) -> tuple[OwnDeadline, ...]:
        """Those for this kind of period, else those for every kind."""
        exact = tuple(rule for rule in self.deadlines if rule.period_kind is kind)
        return exact or tuple(rule for rule in self.deadlines if rule.period_kind is None)

    @property
    def content(self) -> str:
        """DN-7.1, DT-17.2: figures, narrative, or linked (both)."""
        if self.form_version_ids and self.outline:
            return "linked"
        return "narrative" if self.outline else "figures"


@dataclass(slots=True)
class ReportingRegime:
    id: UUID
    province_id: UUID
    owner_unit_id: UUID
    code: str
    terms: RegimeTerms
    created_at: datetime
    state: RegimeState = RegimeState.DRAFT
    published_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1
    told: int = 0
    """How many events have told of it: the version that copies elsewhere go by."""
    permission: PermissionPaper | None = None
    resolved: ReportingUnits | None = None
    allocations: Mapping[UUID, Mapping[str, tuple[UUID, ...]]] = field(default_factory=dict)
    """By form version, the units that answer for each row; a row that names none is everybody's."""
    _events: list[RegimePublished | RegimeClosed] = field(default_factory=list)

    @classmethod
    def draft(
        cls,
        id: UUID,
        *,
        province_id: UUID,
        owner_unit_id: UUID,
        code: str,
        terms: RegimeTerms,
        at: datetime,
        under: ProvinceProfile,
        units: tuple[UUID, ...] = (),
    ) -> ReportingRegime:
        regime = cls(id, province_id, owner_unit_id, code, terms, at, resolved=ReportingUnits(units))
        regime._refuse_what_may_not_be_set_up(under)
        return regime

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    @property
    def units(self) -> tuple[UUID, ...]:
        return self.terms.reporting_unit_ids if self.resolved is None else self.resolved.ids

    def owed_by(self, unit_id: UUID, first_day: date) -> bool:
        """Whether a unit owes the period that begins on a day: one that joined later owes only what begins then."""
        since = self.resolved.joined.get(unit_id) if self.resolved else None
        return unit_id in self.units and (since is None or since <= first_day)

    def change(self, terms: RegimeTerms, *, under: ProvinceProfile, units: tuple[UUID, ...]) -> None:
        self._still_draft()
        self.terms = terms
        self.resolved = ReportingUnits(units)
        self._refuse_what_may_not_be_set_up(under)
        self.version += 1

    def permit(self, paper: PermissionPaper) -> None:
        self._still_draft()
        self.permission = paper
        self.version += 1

    def publish(
        self,
        at: datetime,
        *,
        under: ProvinceProfile,
        units: tuple[UUID, ...],
        missing: Sequence[tuple[str, str]],
    ) -> None:
        """`missing`: what `regime_checks.missing` found for its owner."""
        self._still_draft()
        self._refuse_what_may_not_be_set_up(under)
        if missing:
            raise RegimeIncomplete(missing, under.regimes.publication.reference)
        self.resolved = ReportingUnits(units)
        if self.terms.assigns_itself is None:
            self.terms = replace(self.terms, assigns_itself=under.assignment.mode == "automatic")
        self.state = RegimeState.PUBLISHED
        self.published_at = at
        self.version += 1
        self._tell(RegimePublished(self))

    def allocate(self, form_version_id: UUID, units_by_row: Mapping[str, tuple[UUID, ...]]) -> None:
        """DT-6.4: copies elsewhere learn who answers for which row, in periods that run as in those to come."""
        self.allocations = {**self.allocations, form_version_id: units_by_row}
        if self.state is RegimeState.PUBLISHED:
            self._tell(RegimePublished(self))

    def take_version(self, before: UUID, after: UUID, units_by_row: Mapping[str, tuple[UUID, ...]]) -> None:
        """Periods opened from now on are reported in it; reports under way keep theirs until their units move them."""
        versions = (after if each == before else each for each in self.terms.form_version_ids)
        self.terms = replace(self.terms, form_version_ids=tuple(versions))
        # Reports that stay in the version before are still answered for row by row.
        self.allocations = {**self.allocations, after: units_by_row} if units_by_row else self.allocations
        self.version += 1
        self._tell(RegimePublished(self))

    def follow_units(self, units: tuple[UUID, ...], on: date) -> bool:
        """Units have come or gone by the regime's own choice: periods that begin from `on` follow, older ones don't."""
        if self.state is not RegimeState.PUBLISHED or set(units) == set(self.units):
            return False
        self.resolved = (self.resolved or ReportingUnits(self.units)).now(units, on)
        self.version += 1
        self._tell(RegimePublished(self))
        return True

    def close(self, at: datetime) -> None:
        if self.state is not RegimeState.PUBLISHED:
            raise RegimeNotPublished(self.terms.name)
        self.state = RegimeState.CLOSED
        self.closed_at = at
        self.version += 1
        self._tell(RegimeClosed(self))

    def _tell(self, event: RegimePublished | RegimeClosed) -> None:
        if not self.terms.only_listed:
            self.told += 1
            self._events.append(event)

    def pull_events(self) -> list[RegimePublished | RegimeClosed]:
        events, self._events = self._events, []
        return events

    def _still_draft(self) -> None:
        if self.state is not RegimeState.DRAFT:
            raise RegimeNotDraft(self.terms.name)

    def _refuse_what_may_not_be_set_up(self, under: ProvinceProfile) -> None:
        if self.terms.secret:
            raise SecretRefused(under.regimes.secret_refused.reference)
        for origin, scope in under.regimes.origins.items():
            if origin == self.terms.origin and scope.rule == "refused":
                raise OriginRefused(ORIGINS[self.terms.origin], scope.reference)

    def missing(self, under: ProvinceProfile) -> Iterator[tuple[str, str]]:
        terms = self.terms
        absent = {
            "name": (not terms.name.strip(), "name", "tên chế độ báo cáo"),
            "legal_basis": (not terms.basis.strip(), "legal_basis", "căn cứ pháp lý"),
            "legal_document": (
                not any(document.whole for document in terms.legal_documents),
                "legal_documents",
                "số, ngày, cơ quan ban hành và ngày có hiệu lực của văn bản quy định chế độ",
            ),
            "reporting_units": (
                not self.units,
                "reporting_unit_ids",
                "danh sách cơ quan thực hiện báo cáo",
            ),
            "lead_unit": (terms.lead_unit_id is None, "lead_unit_id", "cơ quan chủ trì"),
            "deadline": (not self._deadline_stated(under), "deadlines", "thời hạn gửi báo cáo"),
            "approver": (not terms.approver.strip(), "approver", "lãnh đạo duyệt báo cáo"),
            "aggregator": (not terms.aggregator.strip(), "aggregator", "cán bộ tổng hợp báo cáo"),
            "forms": (
                not (terms.form_version_ids or terms.outline),
                "form_version_ids",
                "biểu mẫu số liệu hoặc đề cương thuyết minh",
            ),
        }
        for demand in under.regimes.publication.demands:
            is_absent, name, words = absent[demand]
            if is_absent:
                yield name, words
        if not terms.period_kinds:
            yield "frequency", "kỳ báo cáo"
        if len(terms.frequency) > 1 and overlap(terms.frequency) and not terms.overlap_explanation.strip():
            yield "overlap_explanation", "lý do các kỳ báo cáo trùng thời gian nhau"
        yield from missing_days(terms.period_kinds, terms.starts_on, terms.ends_on)

    def _deadline_stated(self, under: ProvinceProfile) -> bool:
        return all(
            self.terms.own_deadlines(kind) or kind in under.deadlines.rules
            for kind in self.terms.period_kinds
        )
