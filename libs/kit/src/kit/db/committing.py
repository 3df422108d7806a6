"""COMMIT where it waits for a second place to keep the log, and the second place doesn't answer.

PostgreSQL takes a cancelled wait for a commit: the change becomes visible, kept in one place only, and an answer given
then could be lost. So the wait is never cancelled. After its time the connection is dropped without a word: the server
goes on waiting, nobody sees the change before it is kept, and the same request sent again finds it done or does it.
Each dropped wait holds a connection of the server, so after the first one a look at the receivers comes before the next.
"""

from __future__ import annotations

import asyncio

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from kit.errors import Unavailable

_RECEIVERS = text("SELECT count(*) FROM pg_stat_replication")
_NEW_CHANGE = text("SELECT pg_current_xact_id()")


def not_kept() -> Unavailable:
    return Unavailable(
        "kit.database.not_kept",
        "Thay đổi chưa được xác nhận: cơ sở dữ liệu chưa ghi được nhật ký vào nơi lưu thứ hai, "
        "và hệ thống không xác nhận việc có thể bị mất.",
        remedy="Giữ nguyên trang, không nhập lại. Sau ít phút gửi lại: việc đã gửi không bị ghi hai lần. "
        "Bộ phận vận hành đã được báo động.",
        retry_after=15,
    )


class Committer:
    """One for each database: remembers that a commit was not kept in time."""

    def __init__(self, seconds: float = 12) -> None:
        self._seconds = seconds
        self._unkept = False

    async def commit(self, session: AsyncSession) -> None:
        """Unavailable if the change wasn't kept in time: then it is as if never answered."""
        if self._unkept:
            if not await session.scalar(_RECEIVERS):
                raise not_kept()
            self._unkept = False
        connection = await session.connection()
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        commit = asyncio.create_task(session.commit())
        try:
            done, _ = await asyncio.wait({commit}, timeout=self._seconds)
        except asyncio.CancelledError:
            raw.terminate()
            # Its end is awaited, so that the session can be closed behind it.
            await asyncio.gather(commit, return_exceptions=True)
            raise
        if not done:
            self._unkept = True
            raw.terminate()
        try:
            await commit
        except DBAPIError as error:
            if done:
                raise
            raise not_kept() from error

    async def wait_for_all_before(self, session: AsyncSession) -> None:
        """Returns when everything this session can see is kept: a change of its own waits behind all earlier ones."""
        await session.execute(_NEW_CHANGE)
        await self.commit(session)
