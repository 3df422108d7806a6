"""Checks before publishing, permission, reviews, announcements, burden."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, UploadFile
from kit.http import Caller, IfMatch
from pydantic import BaseModel, Field

from catalog.application.commands.keep_papers import AnnounceRegime, FilePermission, ReviewRegime
from catalog.application.queries.after_publishing import Announced, YearBurden
from catalog.domain.after_publishing import ReviewDue, ReviewOutcome
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.regime_schemas import RegimeOut

router = APIRouter(tags=["Rà soát, công bố chế độ báo cáo"])


class MissingOut(BaseModel):
    field: str
    message: str


class WarningOut(BaseModel):
    code: str
    message: str
    rule: str
    field: str


class ChecksOut(BaseModel):
    missing: list[MissingOut] = Field(description="Còn thiếu thì chưa công bố được")
    rule: str
    warnings: list[WarningOut] = Field(description="Không chặn công bố")


class ReviewIn(BaseModel):
    outcome: ReviewOutcome
    note: str = Field(default="", max_length=4000)


class ReviewDueOut(BaseModel):
    regime_id: UUID
    code: str
    name: str
    lead_unit_id: UUID | None
    due_on: date
    overdue: bool
    last_on: date | None
    last_outcome: ReviewOutcome | None
    last_note: str
    last_name: str

    @classmethod
    def of(cls, due: ReviewDue) -> ReviewDueOut:
        last = due.last
        return cls(
            regime_id=due.regime.id,
            code=due.regime.code,
            name=due.regime.terms.name,
            lead_unit_id=due.regime.terms.lead_unit_id,
            due_on=due.due_on,
            overdue=due.overdue,
            last_on=last.reviewed_on if last else None,
            last_outcome=last.outcome if last else None,
            last_note=last.note if last else "",
            last_name=last.name if last else "",
        )


class ReviewsOut(BaseModel):
    rule: str
    months: int
    items: list[ReviewDueOut]


class AnnounceIn(BaseModel):
    announced_on: date
    address: str = Field(min_length=1, max_length=1000, description="Địa chỉ trên Cổng thông tin điện tử")


class AnnouncementOut(BaseModel):
    regime_id: UUID
    code: str
    name: str
    in_force_from: date | None
    last_on: date | None = Field(description="Ngày cuối phải công bố")
    days_left: int | None = Field(description="Số ngày làm việc còn lại, âm: đã quá hạn")
    announced_on: date | None
    address: str

    @classmethod
    def of(cls, found: Announced) -> AnnouncementOut:
        clock = found.clock
        return cls(
            regime_id=found.regime.id,
            code=found.regime.code,
            name=found.regime.terms.name,
            in_force_from=clock.in_force_from if clock else None,
            last_on=clock.last_on if clock else None,
            days_left=clock.days_left if clock else None,
            announced_on=found.announcement.announced_on,
            address=found.announcement.address,
        )


class AnnouncementsOut(BaseModel):
    rule: str
    working_days: int
    items: list[AnnouncementOut]


class UnitBurdenOut(BaseModel):
    unit_id: UUID
    name: str
    reports: int
    cells: int
    hours: float


class RegimeBurdenOut(BaseModel):
    regime_id: UUID
    name: str
    units: int
    reports_each: int
    cells_each: int


class AskedTwiceOut(BaseModel):
    name: str
    indicator: str = Field(description="Mã chỉ tiêu mà các biểu cùng gắn; trống: chỉ trùng tên dòng")
    forms: list[str]
    regimes: list[str]
    units: int = Field(description="Số đơn vị bị hỏi trùng")


class BurdenOut(BaseModel):
    year: int
    minutes_per_report: int
    seconds_per_cell: int
    assumption: str
    units: list[UnitBurdenOut]
    regimes: list[RegimeBurdenOut]
    asked_twice: list[AskedTwiceOut]

    @classmethod
    def of(cls, year: int, found: YearBurden) -> BurdenOut:
        assumed = found.assumed
        return cls(
            year=year,
            minutes_per_report=assumed.minutes_per_report,
            seconds_per_cell=assumed.seconds_per_cell,
            assumption=assumed.note or assumed.reference,
            units=[
                UnitBurdenOut(
                    unit_id=one.unit_id,
                    name=found.names.get(one.unit_id, ""),
                    reports=one.reports,
                    cells=one.cells,
                    hours=one.hours,
                )
                for one in found.units
            ],
            regimes=[
                RegimeBurdenOut(
                    regime_id=one.regime.id,
                    name=one.regime.terms.name,
                    units=len(one.regime.units),
                    reports_each=one.reports,
                    cells_each=one.cells_each,
                )
                for one in found.owed
            ],
            asked_twice=[
                AskedTwiceOut(
                    name=one.name,
                    indicator=one.indicator,
                    forms=sorted({code for code, _ in one.places}),
                    regimes=list(one.regimes),
                    units=one.units,
                )
                for one in found.twice
            ],
        )


@router.get("/regimes/{regime_id}/checks", summary="Còn thiếu gì để công bố, có gì cần lưu ý")
async def read_checks(regime_id: UUID, actor: Caller, app: App) -> ChecksOut:
    found = await app.after_publishing.checks(actor, regime_id)
    return ChecksOut(
        missing=[MissingOut(field=field, message=words) for field, words in found.missing],
        rule=found.rule,
        warnings=[
            WarningOut(code=one.code, message=one.message, rule=one.rule, field=one.field)
            for one in found.warnings
        ],
    )


@router.post("/regimes/{regime_id}/permission", summary="Văn bản cho phép của Ủy ban nhân dân tỉnh (PDF)")
async def file_permission(
    regime_id: UUID,
    actor: Caller,
    version: IfMatch,
    app: App,
    file: UploadFile,
    number: Annotated[str, Form(min_length=1, max_length=100)],
    issued_on: Annotated[date, Form()],
) -> RegimeOut:
    command = FilePermission(
        regime_id, version, number, issued_on, file.filename or "", await file.read(), actor
    )
    return RegimeOut.of(await app.papers.permit(command))


@router.post("/regimes/{regime_id}/reviews", summary="Ghi kết quả rà soát chế độ báo cáo", status_code=201)
async def review_regime(regime_id: UUID, body: ReviewIn, actor: Caller, app: App) -> ReviewDueOut:
    await app.papers.review(ReviewRegime(regime_id, body.outcome, body.note, actor))
    _, found = await app.after_publishing.reviews(actor)
    return next(ReviewDueOut.of(due) for due in found if due.regime.id == regime_id)


@router.get("/reviews", summary="Rà soát hằng năm: hạn của từng chế độ, chế độ nào đã quá hạn")
async def list_reviews(actor: Caller, app: App, overdue: bool = False) -> ReviewsOut:
    profile, found = await app.after_publishing.reviews(actor)
    review = profile.regimes.review
    items = [ReviewDueOut.of(due) for due in found if due.overdue or not overdue]
    return ReviewsOut(rule=review.reference, months=review.months, items=items)


@router.get("/announcements", summary="Công bố danh mục: hạn công bố của từng chế độ")
async def list_announcements(actor: Caller, app: App) -> AnnouncementsOut:
    profile, found = await app.after_publishing.announcements(actor)
    rule = profile.regimes.public_list
    items = [AnnouncementOut.of(one) for one in found]
    return AnnouncementsOut(rule=rule.reference, working_days=rule.working_days, items=items)


@router.put("/regimes/{regime_id}/announcement", summary="Ghi việc đã công bố trên Cổng thông tin điện tử")
async def announce_regime(regime_id: UUID, body: AnnounceIn, actor: Caller, app: App) -> AnnouncementOut:
    await app.papers.announce(AnnounceRegime(regime_id, body.announced_on, body.address, actor))
    _, found = await app.after_publishing.announcements(actor)
    return next(AnnouncementOut.of(one) for one in found if one.regime.id == regime_id)


@router.get("/burden", summary="Gánh nặng báo cáo trong năm: báo cáo, ô nhập, giờ công, số liệu hỏi trùng")
async def read_burden(
    actor: Caller,
    app: App,
    year: Annotated[int, Query(ge=2020, le=2100)],
    minutes_per_report: Annotated[int | None, Query(ge=0, le=10_000)] = None,
    seconds_per_cell: Annotated[int | None, Query(ge=0, le=10_000)] = None,
) -> BurdenOut:
    found = await app.after_publishing.burden(actor, year, minutes_per_report, seconds_per_cell)
    return BurdenOut.of(year, found)
