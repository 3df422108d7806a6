"""The session a task has open: whoever reads in the task meanwhile reads through it.

A task that holds one connection and waits for a second may wait in vain: as many requests at once as the pool has
connections take all of it, and none gets its second.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar, Token

from sqlalchemy.ext.asyncio import AsyncSession

_open: ContextVar[_Open | None] = ContextVar("kit_task_session", default=None)


class _Open:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.task = asyncio.current_task()


def session_of_task() -> AsyncSession | None:
    """None in a task that another began: two tasks can't share a session."""
    found = _open.get()
    return found.session if found is not None and found.task is asyncio.current_task() else None


def begin(session: AsyncSession) -> Token[_Open | None]:
    return _open.set(_Open(session))


def end(token: Token[_Open | None]) -> None:
    _open.reset(token)
