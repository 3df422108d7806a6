"""Which database errors pass by themselves: a restart, a lost connection, a deadlock."""

from __future__ import annotations

import socket

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kit.errors import Unavailable

# Connection lost, serialisation failure or deadlock, out of resources, timed out or restarting,
# read-only.
_PASSING_STATES = ("08", "40", "53", "57014", "57P", "25006", "55P03")


def is_passing(error: BaseException) -> bool:
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", "") or "")
        return error.connection_invalidated or state.startswith(_PASSING_STATES)
    if isinstance(error, asyncpg.PostgresError):
        return str(error.sqlstate or "").startswith(_PASSING_STATES)
    if isinstance(error, PoolTimeout | ConnectionError | socket.gaierror):
        return True
    return type(error) is OSError


def database_unavailable() -> Unavailable:
    return Unavailable(
        "kit.database.unavailable",
        "Cơ sở dữ liệu đang khởi động lại hoặc quá tải, chưa ghi được thay đổi nào.",
        remedy="Giữ nguyên trang và thử lại sau vài giây.",
        retry_after=3,
    )
