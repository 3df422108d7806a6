"""The working calendar: read, tried, set with its decision, and what it was before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from kit.actor import Actor
from kit.http import Caller, IfMatch, Page
from pydantic import BaseModel, Field

from catalog.application.commands.set_calendar import MovedPeriod, SetCalendarYear
from catalog.domain.calendar import CalendarRevision, CalendarYear
from catalog.domain.periods import FIRST_YEAR, LAST_YEAR
from catalog.entrypoints.http.app import App

router = APIRouter(tags=["Lịch làm việc"])
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)]


class DayOut(BaseModel):
    day: date
    name: str = Field(min_length=1, max_length=200)


class CalendarIn(BaseModel):
    """Cả năm, thay cho lịch đang có."""

    holidays: list[DayOut] = Field(max_length=120)
    made_up: list[DayOut] = Field(default=[], max_length=60, description="Thứ Bảy, Chủ nhật làm bù")
    decision: str = Field(default="", max_length=200, description="Số của quyết định, thông báo về lịch nghỉ")
    decided_on: date | None = Field(default=None, description="Ngày của quyết định, thông báo")

    def command(self, year: int, number: int, actor: Actor) -> SetCalendarYear:
        return SetCalendarYear(
            year,
            number,
            {item.day: item.name for item in self.holidays},
            {item.day: item.name for item in self.made_up},
            self.decision,
            self.decided_on,
            actor,
        )


class CalendarOut(BaseModel):
    year: int
    number: int = Field(description="Dùng cho If-Match khi sửa")
    version: str
    holidays: list[DayOut]
    made_up: list[DayOut] = Field(description="Thứ Bảy, Chủ nhật làm bù")
    decision: str = Field(description="Trống: lịch mẫu theo Bộ luật Lao động")
    decided_on: date | None

    @classmethod
    def of(cls, found: CalendarYear) -> CalendarOut:
        return cls.model_validate(_plain(found))


class CalendarRevisionOut(CalendarOut):
    set_at: datetime | None
    set_by: str = Field(description="Người sửa; trống: lịch mẫu")

    @classmethod
    def of_revision(cls, revision: CalendarRevision, set_by: str) -> CalendarRevisionOut:
        return cls.model_validate({**_plain(revision.year), "set_at": revision.set_at, "set_by": set_by})


class MovedDeadlineOut(BaseModel):
    """Một thời hạn chưa qua sẽ dời nếu lưu lịch."""

    regime_id: UUID
    regime_code: str
    regime_name: str
    period_key: str
    period_label: str
    level: str = Field(description="Cấp đơn vị; trống: mọi cấp")
    last_day_before: date
    last_day: date
    due_at_before: datetime
    due_at: datetime
    steps: list[str]

    @classmethod
    def of(cls, moved: MovedPeriod) -> list[MovedDeadlineOut]:
        regime, period = moved.regime, moved.scheduled.period
        return [
            cls(
                regime_id=regime.id,
                regime_code=regime.code,
                regime_name=regime.terms.name,
                period_key=period.key,
                period_label=period.label,
                level=after.level,
                last_day_before=before.last_day,
                last_day=after.last_day,
                due_at_before=before.due_at,
                due_at=after.due_at,
                steps=list(after.steps),
            )
            for before, after in moved.moves
        ]


def _plain(found: CalendarYear) -> dict[str, object]:
    return {
        "year": found.year,
        "number": found.number,
        "version": found.version,
        "holidays": [DayOut(day=day, name=name) for day, name in sorted(found.holidays.items())],
        "made_up": [DayOut(day=day, name=name) for day, name in sorted(found.made_up.items())],
        "decision": found.decision,
        "decided_on": found.decided_on,
    }


@router.get("/calendar/{year}", summary="Lịch làm việc của tỉnh trong một năm")
async def read_calendar(year: Year, actor: Caller, app: App) -> CalendarOut:
    return CalendarOut.of(await app.look_up.calendar(actor, year))


@router.put("/calendar/{year}", summary="Đặt lại lịch làm việc của một năm theo quyết định")
async def set_calendar(year: Year, body: CalendarIn, actor: Caller, number: IfMatch, app: App) -> CalendarOut:
    return CalendarOut.of(await app.set_calendar(body.command(year, number, actor)))


@router.post("/calendar/{year}:preview", summary="Những thời hạn chưa qua sẽ dời nếu lưu lịch này")
async def preview_calendar(
    year: Year, body: CalendarIn, actor: Caller, number: IfMatch, app: App
) -> Page[MovedDeadlineOut]:
    moved = await app.set_calendar.preview(body.command(year, number, actor))
    return Page(items=[item for one in moved for item in MovedDeadlineOut.of(one)])


@router.get("/calendar/{year}/revisions", summary="Các lần đặt lịch của một năm")
async def list_revisions(year: Year, actor: Caller, app: App) -> Page[CalendarRevisionOut]:
    found = await app.look_up.calendar_revisions(actor, year)
    return Page(items=[CalendarRevisionOut.of_revision(revision, name) for revision, name in found])
