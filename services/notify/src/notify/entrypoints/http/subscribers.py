"""Other systems of the province that are told what happens to reports."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from kit.http import Caller, Page

from notify.entrypoints.http.app import App
from notify.entrypoints.http.schemas import SubscriberIn, SubscriberOut

router = APIRouter(prefix="/subscribers", tags=["Hệ thống khác nhận sự kiện"])


@router.get("", summary="Các hệ thống đang nhận sự kiện của tỉnh")
async def list_subscribers(actor: Caller, app: App) -> Page[SubscriberOut]:
    found = await app.keep_subscribers.of_province(actor)
    return Page(items=[SubscriberOut.of(subscriber) for subscriber in found])


@router.post("", status_code=201, summary="Cho một hệ thống nhận sự kiện")
async def add_subscriber(body: SubscriberIn, actor: Caller, app: App) -> SubscriberOut:
    return SubscriberOut.of(await app.keep_subscribers.add(actor, body.name, body.events))


@router.delete("/{subscriber_id}", status_code=204, summary="Thôi cho một hệ thống nhận sự kiện")
async def remove_subscriber(subscriber_id: UUID, actor: Caller, app: App) -> None:
    await app.keep_subscribers.remove(actor, subscriber_id)
