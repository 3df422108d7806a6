"""A unit's deadlines for calendar programs: as a file for who is signed in, and at a secret address."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from kit.http import Caller, Page
from pydantic import BaseModel, Field

from catalog.domain.errors import FeedNotFound
from catalog.domain.feed import CalendarFeed
from catalog.entrypoints.http.app import App

router = APIRouter(tags=["Lịch hạn gửi"])
PUBLIC_PATH = "/feeds/deadlines.ics"
ICS = "text/calendar; charset=utf-8"
_SHOWN_ONCE = {"X-Shown-Once": "path"}
_ICS_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "iCalendar"}
}


class FeedOut(BaseModel):
    id: UUID
    unit_id: UUID
    created_by: UUID
    created_at: datetime


class FeedMadeOut(FeedOut):
    path: str = Field(description="Địa chỉ bí mật, chỉ hiện một lần; ghép sau địa chỉ của cổng")


@router.get(
    "/units/{unit_id}/deadlines.ics",
    summary="Hạn gửi báo cáo của một đơn vị (iCalendar)",
    response_class=Response,
    responses=_ICS_ANSWER,
)
async def read_deadlines(unit_id: UUID, actor: Caller, app: App) -> Response:
    deadlines = await app.unit_deadlines.for_person(actor, unit_id)
    return _file(app.write_feed(deadlines))


@router.post(
    "/units/{unit_id}/calendar-feeds", summary="Tạo địa chỉ lịch hạn gửi của đơn vị", status_code=201
)
async def make_feed(unit_id: UUID, actor: Caller, app: App, response: Response) -> FeedMadeOut:
    feed, secret = await app.feeds.make(actor, unit_id)
    response.headers.update(_SHOWN_ONCE)
    path = f"/api/catalog/v1{PUBLIC_PATH}?key={secret}"
    return FeedMadeOut(**_plain(feed), path=path)


@router.get("/units/{unit_id}/calendar-feeds", summary="Các địa chỉ lịch đang dùng của đơn vị")
async def list_feeds(unit_id: UUID, actor: Caller, app: App) -> Page[FeedOut]:
    return Page(items=[FeedOut(**_plain(feed)) for feed in await app.feeds.of_unit(actor, unit_id)])


@router.post("/calendar-feeds/{feed_id}:revoke", summary="Thu hồi một địa chỉ lịch", status_code=204)
async def revoke_feed(feed_id: UUID, actor: Caller, app: App) -> None:
    await app.feeds.revoke(actor, feed_id)


@router.get(
    PUBLIC_PATH,
    summary="Hạn gửi báo cáo theo địa chỉ bí mật (iCalendar), không cần đăng nhập",
    response_class=Response,
    responses=_ICS_ANSWER,
)
async def read_feed(
    app: App,
    key: Annotated[str, Query(max_length=100)] = "",
    by_gateway: Annotated[str, Header(alias="x-reporting-feed-key", include_in_schema=False)] = "",
) -> Response:
    """The gateway takes the key out of the address, so that no log or trace holds it."""
    secret = by_gateway or key
    if not secret:
        raise FeedNotFound
    return _file(app.write_feed(await app.unit_deadlines.for_feed(secret)))


def _file(content: bytes) -> Response:
    disposition = 'inline; filename="han-gui-bao-cao.ics"'
    return Response(content, media_type=ICS, headers={"Content-Disposition": disposition})


def _plain(feed: CalendarFeed) -> dict[str, UUID | datetime]:
    return {
        "id": feed.id,
        "unit_id": feed.unit_id,
        "created_by": feed.created_by,
        "created_at": feed.created_at,
    }
