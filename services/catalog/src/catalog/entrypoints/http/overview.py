"""The province's profile and calendar, what waits for me, search."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from kit.http import Caller, IfMatch, Page
from province_profile import ProvinceProfile
from pydantic import BaseModel, Field

from catalog.application.commands.set_calendar import SetCalendarYear
from catalog.domain.calendar import CalendarYear
from catalog.domain.periods import FIRST_YEAR, LAST_YEAR
from catalog.entrypoints.http.app import App

router = APIRouter(tags=["Tổng quan"])


class DayOut(BaseModel):
    day: date
    name: str = Field(min_length=1, max_length=200)


class CalendarIn(BaseModel):
    """Cả năm, thay cho lịch đang có."""

    holidays: list[DayOut] = Field(max_length=120)
    made_up: list[DayOut] = Field(default=[], max_length=60, description="Thứ Bảy, Chủ nhật làm bù")


class CalendarOut(BaseModel):
    year: int
    number: int = Field(description="Dùng cho If-Match khi sửa")
    version: str
    holidays: list[DayOut]
    made_up: list[DayOut] = Field(description="Thứ Bảy, Chủ nhật làm bù")

    @classmethod
    def of(cls, found: CalendarYear) -> CalendarOut:
        return cls(
            year=found.year,
            number=found.number,
            version=found.version,
            holidays=[DayOut(day=day, name=name) for day, name in sorted(found.holidays.items())],
            made_up=[DayOut(day=day, name=name) for day, name in sorted(found.made_up.items())],
        )


class TaskOut(BaseModel):
    id: str
    kind: str
    title: str
    detail: str
    unit: str | None = None
    period: str | None = None
    due_at: datetime | None = None
    overdue: bool = False
    action: str
    link: str


class FoundOut(BaseModel):
    id: str
    kind: str
    title: str
    detail: str
    link: str


@router.get("/profile", summary="Cấu hình theo quy chế của tỉnh tôi")
async def read_profile(actor: Caller, app: App) -> ProvinceProfile:
    return await app.look_up.profile(actor)


@router.get("/calendar/{year}", summary="Lịch làm việc của tỉnh trong một năm")
async def read_calendar(
    year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)], actor: Caller, app: App
) -> CalendarOut:
    return CalendarOut.of(await app.look_up.calendar(actor, year))


@router.put("/calendar/{year}", summary="Đặt lại lịch làm việc của một năm")
async def set_calendar(
    year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)],
    body: CalendarIn,
    actor: Caller,
    number: IfMatch,
    app: App,
) -> CalendarOut:
    holidays = {item.day: item.name for item in body.holidays}
    made_up = {item.day: item.name for item in body.made_up}
    return CalendarOut.of(await app.set_calendar(SetCalendarYear(year, number, holidays, made_up, actor)))


@router.get("/tasks", summary="Việc chờ tôi: biểu mẫu, chế độ báo cáo còn là bản nháp")
async def list_tasks(actor: Caller, app: App) -> Page[TaskOut]:
    return Page(items=[TaskOut(**task) for task in await app.look_up.tasks(actor)])


@router.get("/search", summary="Tìm biểu mẫu, chế độ báo cáo")
async def search(actor: Caller, app: App, q: str = "") -> Page[FoundOut]:
    return Page(items=[FoundOut(**found) for found in await app.look_up.search(actor, q)])
