"""Indicators as they go in and out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from forms.binding import Binding
from forms.indicators import TimeKind, UnitRule
from forms.values import plain
from pydantic import BaseModel, Field

from catalog.application.commands.import_indicators import Imported
from catalog.application.queries.look_up_indicators import IndicatorSeen
from catalog.domain.indicator import (
    Direction,
    Indicator,
    IndicatorTerms,
    IndicatorVersion,
    OverUnits,
    TimeRule,
)

IndicatorState = Literal["draft", "published", "merged"]


class OverUnitsBody(BaseModel):
    """Số liệu của nhiều đơn vị thành một như thế nào."""

    rule: UnitRule = UnitRule.SUM
    weight_id: UUID | None = Field(default=None, description="Chỉ tiêu làm trọng số")
    numerator_id: UUID | None = None
    denominator_id: UUID | None = None
    scale: str = Field(
        default="1", pattern=r"^\d{1,12}(\.\d{1,12})?$", description="Hệ số của tỷ số, 100 cho phần trăm"
    )


class IndicatorBody(BaseModel):
    name: str = Field(max_length=500)
    concept: str = Field(default="", max_length=10_000, description="Khái niệm, nội dung")
    method: str = Field(default="", max_length=10_000, description="Phương pháp tính")
    source: str = Field(default="", max_length=2000, description="Nguồn số liệu")
    measure_id: UUID | None = None
    precision: int = Field(default=0, ge=0, le=10, description="Số chữ số thập phân")
    domain_id: UUID | None = None
    direction: Direction = Field(default=Direction.NEITHER, description="Tăng hay giảm là tốt")
    over_units: OverUnitsBody = OverUnitsBody()
    time_kind: TimeKind = TimeKind.FLOW
    over_time: TimeRule = TimeRule.SUM
    breakdown_ids: list[UUID] = Field(default=[], max_length=20)
    national_code: str = Field(default="", max_length=60)

    def terms(self) -> IndicatorTerms:
        over = self.over_units
        return IndicatorTerms(
            name=self.name.strip(),
            concept=self.concept.strip(),
            method=self.method.strip(),
            source=self.source.strip(),
            measure_id=self.measure_id,
            precision=self.precision,
            domain_id=self.domain_id,
            direction=self.direction,
            over_units=OverUnits(
                over.rule, over.weight_id, over.numerator_id, over.denominator_id, Decimal(over.scale)
            ),
            time_kind=self.time_kind,
            over_time=self.over_time,
            breakdown_ids=tuple(dict.fromkeys(self.breakdown_ids)),
            national_code=self.national_code.strip(),
        )


class IndicatorIn(IndicatorBody):
    code: str = Field(max_length=60)
    owner_unit_id: UUID | None = Field(default=None, description="Bỏ trống: đơn vị của người lập")


class PublishIn(BaseModel):
    valid_from: date | None = Field(default=None, description="Bỏ trống: từ hôm nay")


class MergeIn(BaseModel):
    into: UUID = Field(description="Chỉ tiêu được giữ lại")


class BindingsIn(BaseModel):
    """Gắn chỉ tiêu vào dòng (`row`), cột (`sheet`, `column`) hoặc ô (`row`, `column`); `indicator_id` trống để gỡ."""

    bindings: list[Binding] = Field(min_length=1, max_length=5000)


class IndicatorSummaryOut(BaseModel):
    id: UUID
    code: str
    name: str
    state: IndicatorState
    owner_unit_id: UUID
    measure_id: UUID | None
    measure: str | None
    domain_id: UUID | None
    domain: str | None
    merged_into_id: UUID | None
    version: int


class AlikeOut(IndicatorSummaryOut):
    likeness: float = Field(description="Từ 0 đến 1: tên giống nhau đến mức nào")


class PairOut(BaseModel):
    one: IndicatorSummaryOut
    other: IndicatorSummaryOut
    likeness: float


class IndicatorVersionOut(IndicatorBody):
    id: UUID
    number: int
    published: bool
    valid_from: date | None
    valid_to: date | None = Field(description="Trống: đến nay")
    created_at: datetime
    published_at: datetime | None
    measure: str
    domain: str
    breakdowns: list[str]

    @classmethod
    def of(cls, seen: IndicatorSeen, version: IndicatorVersion) -> IndicatorVersionOut:
        terms, over = version.terms, version.terms.over_units

        def name(id: UUID | None) -> str:
            return seen.entries[id].terms.name if id is not None and id in seen.entries else ""

        return cls(
            id=version.id,
            number=version.number,
            published=version.published,
            valid_from=version.valid_from,
            valid_to=seen.indicator.valid_to(version) if version.published else None,
            created_at=version.created_at,
            published_at=version.published_at,
            name=terms.name,
            concept=terms.concept,
            method=terms.method,
            source=terms.source,
            measure_id=terms.measure_id,
            measure=name(terms.measure_id),
            precision=terms.precision,
            domain_id=terms.domain_id,
            domain=name(terms.domain_id),
            direction=terms.direction,
            over_units=OverUnitsBody(
                rule=over.rule,
                weight_id=over.weight_id,
                numerator_id=over.numerator_id,
                denominator_id=over.denominator_id,
                scale=plain(over.scale),
            ),
            time_kind=terms.time_kind,
            over_time=terms.over_time,
            breakdown_ids=list(terms.breakdown_ids),
            breakdowns=[name(id) for id in terms.breakdown_ids],
            national_code=terms.national_code,
        )


class FormWithOut(BaseModel):
    id: UUID
    code: str
    name: str
    number: int
    state: str


class IndicatorOut(BaseModel):
    id: UUID
    code: str
    owner_unit_id: UUID
    created_at: datetime
    merged_into_id: UUID | None
    version: int

    @classmethod
    def of(cls, indicator: Indicator) -> IndicatorOut:
        return cls(**_identity(indicator))


class IndicatorSeenOut(IndicatorOut):
    versions: list[IndicatorVersionOut] = Field(description="Mới nhất trước")
    alike: list[AlikeOut] = Field(description="Chỉ tiêu có tên gần giống")
    forms: list[FormWithOut] = Field(description="Biểu mẫu có chỉ tiêu này")
    named: list[IndicatorSummaryOut] = Field(
        description="Chỉ tiêu được nêu làm trọng số, tử số, mẫu số, chỉ tiêu giữ lại"
    )

    @classmethod
    def seen(cls, seen: IndicatorSeen) -> IndicatorSeenOut:
        return cls(
            **_identity(seen.indicator),
            versions=[IndicatorVersionOut.of(seen, version) for version in seen.versions],
            alike=[AlikeOut.model_validate(one) for one in seen.alike],
            forms=[FormWithOut.model_validate(one) for one in seen.forms],
            named=[IndicatorSummaryOut.model_validate(one) for one in seen.named.values()],
        )


class ImportedOut(BaseModel):
    registered: list[str]
    changed: list[str]
    unchanged: list[str]
    published: int
    dry_run: bool

    @classmethod
    def of(cls, imported: Imported, *, dry_run: bool) -> ImportedOut:
        return cls(
            registered=list(imported.registered),
            changed=list(imported.changed),
            unchanged=list(imported.unchanged),
            published=imported.published,
            dry_run=dry_run,
        )


def pair_out(one: Mapping[str, Any], other: Mapping[str, Any], likeness: float) -> PairOut:
    return PairOut(
        one=IndicatorSummaryOut.model_validate(one),
        other=IndicatorSummaryOut.model_validate(other),
        likeness=likeness,
    )


def _identity(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in IndicatorOut.model_fields}
