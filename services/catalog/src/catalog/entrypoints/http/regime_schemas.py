"""Regimes, periods and deadlines as they go in and out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from kit.errors import InvalidInput, Place
from province_profile import DueDay, PeriodKind, RegimeKind, RuleUnreadable, read_rule, write_rule
from province_profile.rule_text import FORMS, fields_of
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator

from catalog.domain.frequency import Frequency
from catalog.domain.outline import OutlineSection
from catalog.domain.regime import OwnDeadline, RegimeState, RegimeTerms, ReportingRegime
from catalog.domain.schedule import ScheduledPeriod
from catalog.entrypoints.http.regime_content_schemas import (
    ContentBody,
    CutOffBody,
    LegalDocumentBody,
    PermissionOut,
)

DUE_DAY: TypeAdapter[DueDay] = TypeAdapter(DueDay)


class OutlineSectionBody(BaseModel):
    id: str = Field(min_length=1, max_length=40)
    heading: str = Field(min_length=1, max_length=500)
    level: int = Field(ge=1, le=2)
    guidance: str = Field(default="", max_length=4000)
    required: bool = True


class DeadlineBody(BaseModel):
    """Một quy định về thời hạn gửi. Các trường dùng tùy theo `kind`; khi gửi lên có thể thay bằng một dòng `rule`."""

    kind: Literal["fixed_day", "days_after", "fixed_date"]
    wording: Literal["trước", "chậm nhất"]
    hour: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["16:30"])
    day: int | None = Field(default=None, ge=1, le=31)
    months_after: int | None = Field(default=None, ge=0, le=24)
    days: int | None = Field(default=None, ge=0, le=366)
    working: bool | None = None
    after: Literal["period", "cut_off"] | None = None
    on: date | None = None
    part: Literal["first", "second", "start", "end"] | None = None
    level: str | None = None
    on_day_off: Literal["keep", "next_working_day"] | None = None
    period_kind: PeriodKind | None = None
    article: str = ""
    rule: str | None = Field(
        default=None, max_length=80, examples=["before day 20", "3 working days after end"]
    )

    @model_validator(mode="before")
    @classmethod
    def _rule_as_fields(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("rule"), str) and "kind" not in given:
            return {**given, **fields_of(given["rule"])}
        return given

    def stated(self) -> OwnDeadline:
        given = self.model_dump(exclude_none=True, exclude={"period_kind", "article", "rule"})
        try:
            due = DUE_DAY.validate_python(given)
            if self.rule is not None and read_rule(self.rule) != read_rule(write_rule(due)):
                raise _not_understood(["deadlines.rule"])
        except ValidationError as wrong:
            places = [
                "deadlines." + ".".join(str(part) for part in error["loc"][1:]) for error in wrong.errors()
            ]
            raise _not_understood(places) from wrong
        except RuleUnreadable as wrong:
            raise _not_understood(["deadlines.rule"]) from wrong
        return OwnDeadline(due, self.period_kind, self.article)

    @classmethod
    def of(cls, rule: OwnDeadline) -> DeadlineBody:
        due: dict[str, Any] = rule.due.model_dump(mode="json", exclude_none=True)
        if "hour" in due:
            due["hour"] = due["hour"][:5]
        return cls(**due, period_kind=rule.period_kind, article=rule.article, rule=write_rule(rule.due))


def _not_understood(places: list[str]) -> InvalidInput:
    return InvalidInput(
        "catalog.deadline.not_understood",
        "Quy định về thời hạn gửi chưa đủ, thừa mục, hoặc dòng `rule` nói khác các trường.",
        places=tuple(Place(field=place) for place in places),
        remedy="fixed_day cần day (và months_after); days_after cần days; fixed_date cần on; "
        "hoặc chỉ ghi rule: " + "; ".join(FORMS) + ".",
    )


class RegimeBody(ContentBody):
    name: str = Field(max_length=500)
    kind: RegimeKind = RegimeKind.PERIODIC
    origin: Literal["government", "province", "internal", "statistical"] = "province"
    legal_basis: str = Field(default="", max_length=2000)
    lead_unit_id: UUID | None = None
    reporting_unit_ids: list[UUID] = Field(default=[], max_length=20_000)
    form_version_ids: list[UUID] = Field(default=[], max_length=50)
    outline: list[OutlineSectionBody] = Field(default=[], max_length=300)
    frequency: list[str] = Field(
        default=[], max_length=40, examples=[["month"], ["quarter:1", "half_year:1"]]
    )
    overlap_explanation: str = ""
    deadlines: list[DeadlineBody] = Field(default=[], max_length=60)
    approver: str = Field(default="", description="Lãnh đạo duyệt báo cáo tại cơ quan chủ trì")
    aggregator: str = Field(default="", description="Cán bộ thực hiện tổng hợp báo cáo")
    opens_itself: bool = True
    assigns_itself: bool | None = Field(default=None, description="Bỏ trống: theo quy chế của tỉnh")
    signing: Literal["", "demanded", "not_demanded"] = ""
    nil_allowed: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    secret: bool = False

    def terms(self) -> RegimeTerms:
        return RegimeTerms(
            name=self.name.strip(),
            kind=self.kind,
            origin=self.origin,
            lead_unit_id=self.lead_unit_id,
            legal_basis=self.legal_basis.strip(),
            reporting_unit_ids=tuple(dict.fromkeys(self.reporting_unit_ids)),
            form_version_ids=tuple(dict.fromkeys(self.form_version_ids)),
            outline=tuple(OutlineSection(**section.model_dump()) for section in self.outline),
            frequency=tuple(Frequency.parse(text) for text in dict.fromkeys(self.frequency)),
            overlap_explanation=self.overlap_explanation,
            deadlines=tuple(rule.stated() for rule in self.deadlines),
            approver=self.approver,
            aggregator=self.aggregator,
            opens_itself=self.opens_itself,
            assigns_itself=self.assigns_itself,
            signing=self.signing,
            nil_allowed=self.nil_allowed,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            secret=self.secret,
            **self.stated_content(),
        )


class RegimeIn(RegimeBody):
    code: str = Field(default="", max_length=60, description="Bỏ trống: hệ thống đặt")
    owner_unit_id: UUID | None = None


class RegimeOut(RegimeBody):
    id: UUID
    code: str
    owner_unit_id: UUID
    state: RegimeState
    content: Literal["figures", "narrative", "linked"]
    created_at: datetime
    published_at: datetime | None
    closed_at: datetime | None
    version: int
    units: list[UUID] = Field(description="Các đơn vị phải báo cáo, tính đến lúc này")
    permission: PermissionOut | None

    @classmethod
    def of(cls, regime: ReportingRegime) -> RegimeOut:
        terms = regime.terms
        return cls.model_validate(
            {
                "id": regime.id,
                "code": regime.code,
                "owner_unit_id": regime.owner_unit_id,
                "state": regime.state,
                "content": terms.content,
                "created_at": regime.created_at,
                "published_at": regime.published_at,
                "closed_at": regime.closed_at,
                "version": regime.version,
                "units": list(regime.units),
                "permission": regime.permission and asdict(regime.permission),
                "legal_documents": [LegalDocumentBody.of(one) for one in terms.legal_documents],
                "cut_offs": [CutOffBody.of(rule) for rule in terms.cut_offs],
                **{name: getattr(terms, name) for name in RegimeBody.model_fields if name not in _SPELLED},
                "frequency": [str(item) for item in terms.frequency],
                "deadlines": [DeadlineBody.of(rule) for rule in terms.deadlines],
                "outline": [
                    {name: getattr(section, name) for name in OutlineSectionBody.model_fields}
                    for section in terms.outline
                ],
            }
        )


_SPELLED = frozenset({"frequency", "deadlines", "outline", "legal_documents", "cut_offs"})


class RegimeSummaryOut(BaseModel):
    id: UUID
    code: str
    name: str
    kind: RegimeKind
    state: RegimeState
    lead_unit_id: UUID | None
    owner_unit_id: UUID
    published_at: datetime | None
    version: int


class DeadlineOut(BaseModel):
    level: str = Field(description="Cấp đơn vị; trống: mọi cấp")
    due_at: datetime = Field(description="Đúng hạn khi đến trước thời điểm này")
    last_day: date
    rule: str
    article: str
    steps: list[str]
    calendar_version: str


class CutOffOut(BaseModel):
    from_: date = Field(alias="from", serialization_alias="from")
    to: date
    article: str


class PeriodOut(BaseModel):
    key: str
    kind: PeriodKind
    label: str
    first_day: date
    last_day: date
    cut_off: CutOffOut
    opens_at: datetime
    deadlines: list[DeadlineOut]
    previous_key: str
    last_year_key: str

    @classmethod
    def of(cls, scheduled: ScheduledPeriod) -> PeriodOut:
        period, cut_off = scheduled.period, scheduled.cut_off
        return cls(
            key=period.key,
            kind=period.kind,
            label=period.label,
            first_day=period.first_day,
            last_day=period.last_day,
            cut_off=CutOffOut(**{"from": cut_off.from_day}, to=cut_off.to_day, article=cut_off.article),
            opens_at=scheduled.opens_at,
            deadlines=[
                DeadlineOut(
                    level=one.level,
                    due_at=one.due_at,
                    last_day=one.last_day,
                    rule=one.rule,
                    article=one.article,
                    steps=list(one.steps),
                    calendar_version=one.calendar_version,
                )
                for one in scheduled.deadlines
            ],
            previous_key=period.previous_key,
            last_year_key=period.last_year_key,
        )
