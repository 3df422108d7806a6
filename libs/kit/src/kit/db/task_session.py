"""The session a task has open: whoever reads in the task meanwhile reads through it.

A task that holds one connection and waits for a second may wait in vain: as many requests at once as the pool has
connections take all of it, and none gets its second.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from contextvars import ContextVar, Token

from sqlalchemy.ext.asyncio import AsyncSession

_open: ContextVar[_Open | None] = ContextVar("kit_task_session", default=None)


class _Open:
    def __init__(self, database: object, session: AsyncSession) -> None:
        self.database = database
        self.session = session
        self.task = asyncio.current_task()


def session_of_task(database: object) -> AsyncSession | None:
    """Of this database. None in a task that another began: two tasks can't share a session."""
    found = _open.get()
    if found is None or found.database is not database or found.task is not asyncio.current_task():
        return None
    return found.session


def begin(database: object, session: AsyncSession) -> Token[_Open | None]:
    return _open.set(_Open(database, session))


def end(token: Token[_Open | None]) -> None:
    # A generator that nobody read to its end is closed elsewhere; what was set for it is gone with its task.
    with suppress(ValueError):
        _open.reset(token)
