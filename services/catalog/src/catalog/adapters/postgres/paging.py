"""Lists in Vietnamese order, page by page, found by words with and without diacritics."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID

from forms.text import fold
from kit.db import Database
from kit.errors import InvalidInput, Place
from sqlalchemy import ColumnElement, Select, Table, tuple_

from catalog.application.reading_ports import Found, Sight


async def page_of(
    database: Database, table: Table, query: Select[Any], q: str, cursor: str | None, limit: int
) -> Found:
    """`query` selects `sort_key` and `id` of the table among its columns."""
    for word in fold(q).split():
        query = query.where(table.c.search_key.contains(word, autoescape=True))
    if cursor is not None:
        query = query.where(tuple_(table.c.sort_key, table.c.id) > tuple_(*_read_cursor(cursor)))
    query = query.order_by(table.c.sort_key, table.c.id).limit(limit + 1)
    async with database.reading() as session:
        found = [dict(row._mapping) for row in await session.execute(query)]
    keys = [(item.pop("sort_key"), item["id"]) for item in found]
    return Found(found[:limit], _cursor(*keys[limit - 1]) if len(found) > limit else None)


def own(table: Table, sight: Sight) -> ColumnElement[bool]:
    return table.c.owner_unit_id.in_(sight.draft_units)


def _cursor(sort_key: str, id: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort_key, str(id)]).encode()).decode()


def _read_cursor(cursor: str) -> tuple[str, UUID]:
    try:
        sort_key, id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return str(sort_key), UUID(id)
    except (ValueError, TypeError, AttributeError) as wrong:
        raise InvalidInput(
            "catalog.list.cursor_wrong",
            "Vị trí trang tiếp theo không đúng.",
            places=(Place(field="cursor"),),
            remedy="Tải lại danh sách từ đầu.",
        ) from wrong
