"""An indicator (chỉ tiêu): one definition, the same everywhere it is used (DL-4.2c, DT-4.4, QN-4.4).

The indicator keeps its identity; what it means is told by its versions, each valid from a day until the day before
the next. A published version never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from forms.indicators import TimeKind, UnitRule

from catalog.domain.catalogue_errors import (
    IndicatorIncomplete,
    IndicatorMergedAway,
    IndicatorRuleIncomplete,
    MergeRefused,
    NoDraft,
    TimeRuleWrong,
    ValidFromWrong,
)
from catalog.domain.errors import Missing, VersionStale
from catalog.domain.events import IndicatorMerged


class Direction(StrEnum):
    """Whether more of it is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class TimeRule(StrEnum):
    SUM = "sum"
    LAST = "last"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OverUnits:
    """How figures of several units become one."""

    rule: UnitRule = UnitRule.SUM
    weight_id: UUID | None = None
    numerator_id: UUID | None = None
    denominator_id: UUID | None = None
    scale: Decimal = Decimal(1)

    @property
    def companions(self) -> tuple[UUID, ...]:
        found = (self.weight_id, self.numerator_id, self.denominator_id)
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class IndicatorTerms:
    """What a draft may still change."""

    name: str
    concept: str = ""
    method: str = ""
    source: str = ""
    measure_id: UUID | None = None
    precision: int = 0
    """Places after the decimal mark."""
    domain_id: UUID | None = None
    direction: Direction = Direction.NEITHER
    over_units: OverUnits = OverUnits()
    time_kind: TimeKind = TimeKind.FLOW
    over_time: TimeRule = TimeRule.SUM
    breakdown_ids: tuple[UUID, ...] = ()
    national_code: str = ""

    def missing(self) -> Iterator[tuple[str, str]]:
        if not self.concept.strip():
            yield "concept", "khái niệm, nội dung"
        if not self.method.strip():
            yield "method", "phương pháp tính"
        if self.measure_id is None:
            yield "measure_id", "đơn vị tính"
        if self.domain_id is None:
            yield "domain_id", "lĩnh vực"


@dataclass(slots=True)
class IndicatorVersion:
    id: UUID
    number: int
    terms: IndicatorTerms
    created_at: datetime
    valid_from: date | None = None
    published_at: datetime | None = None

    @property
    def published(self) -> bool:
        return self.published_at is not None


@dataclass(slots=True)
class Indicator:
    id: UUID
    province_id: UUID
    owner_unit_id: UUID
    code: str
    created_at: datetime
    versions: list[IndicatorVersion]
    """Oldest first; only the last may be a draft."""
    merged_into_id: UUID | None = None
    version: int = 1
    told: int = 0
    """How many events have told of it."""
    _events: list[IndicatorMerged] = field(default_factory=list)

    @classmethod
    def register(
        cls,
        id: UUID,
        version_id: UUID,
        *,
        province_id: UUID,
        owner_unit_id: UUID,
        code: str,
        terms: IndicatorTerms,
        at: datetime,
    ) -> Indicator:
        if not code.strip():
            raise Missing("indicator", "code", "Chưa nhập mã chỉ tiêu.")
        refuse_incoherent(id, terms)
        first = IndicatorVersion(version_id, 1, terms, at)
        return cls(id, province_id, owner_unit_id, code.strip(), at, [first])

    @property
    def latest(self) -> IndicatorVersion:
        return self.versions[-1]

    @property
    def published(self) -> IndicatorVersion | None:
        """The newest published version, whether or not its day has come."""
        return next((one for one in reversed(self.versions) if one.published), None)

    @property
    def usable(self) -> bool:
        return self.published is not None and self.merged_into_id is None

    def shown(self, *, with_draft: bool) -> IndicatorVersion | None:
        return self.latest if with_draft else self.published

    def in_force_on(self, day: date) -> IndicatorVersion | None:
        return next(
            (
                one
                for one in reversed(self.versions)
                if one.published and one.valid_from is not None and one.valid_from <= day
            ),
            None,
        )

    def valid_to(self, version: IndicatorVersion) -> date | None:
        """The last day of a version: the one before the next begins."""
        later = [one.valid_from for one in self.versions if one.number > version.number and one.valid_from]
        return min(later) - timedelta(days=1) if later else None

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def change(self, terms: IndicatorTerms, *, version_id: UUID, at: datetime) -> None:
        """Changes the draft; where there is none, a new one begins."""
        self._not_merged()
        refuse_incoherent(self.id, terms)
        if self.latest.published:
            self.versions.append(IndicatorVersion(version_id, self.latest.number + 1, terms, at))
        else:
            self.latest.terms = terms
        self.version += 1

    def publish(self, valid_from: date, at: datetime) -> None:
        self._not_merged()
        draft = self.latest
        if draft.published:
            raise NoDraft(draft.terms.name)
        missing = list(draft.terms.missing())
        if missing:
            raise IndicatorIncomplete(missing)
        before = self.published
        if before is not None and before.valid_from is not None and valid_from <= before.valid_from:
            raise ValidFromWrong(f"{before.valid_from:%d/%m/%Y}")
        draft.valid_from, draft.published_at = valid_from, at
        self.version += 1

    def merge_into(self, kept: Indicator) -> None:
        """From now on the kept one is meant; versions, and figures entered under this one, stay as they are."""
        self._not_merged()
        if kept.id == self.id:
            raise MergeRefused("Không gộp một chỉ tiêu vào chính nó.")
        if not kept.usable or kept.published is None:
            raise MergeRefused("Chỉ tiêu được giữ lại chưa công bố hoặc đã gộp vào chỉ tiêu khác.")
        mine, theirs = self.latest.terms.measure_id, kept.published.terms.measure_id
        if mine is not None and mine != theirs:
            raise MergeRefused(
                "Hai chỉ tiêu khác đơn vị tính nên số liệu của chúng không thay được cho nhau."
            )
        self.merged_into_id = kept.id
        self.version += 1
        self.told += 1
        self._events.append(IndicatorMerged(self))

    def pull_events(self) -> list[IndicatorMerged]:
        events, self._events = self._events, []
        return events

    def _not_merged(self) -> None:
        if self.merged_into_id is not None:
            raise IndicatorMergedAway(self.latest.terms.name)


def refuse_incoherent(id: UUID, terms: IndicatorTerms) -> None:
    """What even a draft may not be."""
    if not terms.name.strip():
        raise Missing("indicator", "name", "Chưa nhập tên chỉ tiêu.")
    over = terms.over_units
    if over.rule is UnitRule.WEIGHTED_MEAN and over.weight_id is None:
        raise IndicatorRuleIncomplete("over_units.weight_id", "Chưa chọn chỉ tiêu làm trọng số.")
    if over.rule is UnitRule.RATIO_OF_SUMS and None in (over.numerator_id, over.denominator_id):
        raise IndicatorRuleIncomplete(
            "over_units.numerator_id", "Chưa chọn chỉ tiêu làm tử số và chỉ tiêu làm mẫu số."
        )
    if id in over.companions:
        raise IndicatorRuleIncomplete(
            "over_units", "Chỉ tiêu không tự làm trọng số, tử số, mẫu số của chính nó."
        )
    if terms.over_time is TimeRule.SUM and terms.time_kind is not TimeKind.FLOW:
        raise TimeRuleWrong("Chỉ tiêu thời điểm, tỷ lệ không cộng được qua các kỳ.")
