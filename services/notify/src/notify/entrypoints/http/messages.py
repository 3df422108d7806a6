"""A person's messages, what of them is sent by e-mail, and search in them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from kit.http import Caller, FoundOut, Page, TaskOut

from notify.application.commands.keep_inbox import person
from notify.entrypoints.http.app import App
from notify.entrypoints.http.schemas import (
    MessageOut,
    MessagePageOut,
    PreferenceIn,
    PreferenceOut,
    ReadOut,
    found_message,
)

router = APIRouter(tags=["Thông báo"])


@router.get("/messages", summary="Thông báo của tôi, mới nhất trước")
async def list_messages(
    actor: Caller,
    app: App,
    unread: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> MessagePageOut:
    page = await app.inbox.page(person(actor), unread=unread, cursor=cursor, limit=limit)
    return MessagePageOut.of(page)


@router.post("/messages/{message_id}:read", summary="Đánh dấu đã đọc")
async def read_message(message_id: UUID, actor: Caller, app: App) -> MessageOut:
    return MessageOut.of(await app.keep_inbox.read(message_id, actor))


@router.post("/messages:read_all", summary="Đánh dấu đã đọc tất cả")
async def read_all_messages(actor: Caller, app: App) -> ReadOut:
    return ReadOut(read=await app.keep_inbox.read_all(actor))


@router.get("/preferences", summary="Loại thông báo gửi qua thư điện tử")
async def get_preferences(actor: Caller, app: App) -> PreferenceOut:
    return PreferenceOut.of(await app.keep_inbox.preference(actor))


@router.put("/preferences", summary="Chọn loại thông báo gửi qua thư điện tử")
async def put_preferences(body: PreferenceIn, actor: Caller, app: App) -> PreferenceOut:
    preference = await app.keep_inbox.prefer(actor, mail=body.mail, mail_off=body.mail_off)
    return PreferenceOut.of(preference)


@router.get("/tasks", summary="Việc chờ tôi trong thông báo: không có, thông báo không phải là việc")
async def list_tasks(actor: Caller) -> Page[TaskOut]:
    person(actor)
    return Page(items=[])


@router.get("/search", summary="Tìm trong thông báo của tôi")
async def search(actor: Caller, app: App, q: Annotated[str, Query(max_length=200)] = "") -> Page[FoundOut]:
    found = await app.inbox.search(person(actor), q, 20) if q.strip() else []
    return Page(items=[found_message(message) for message in found])
