"""The transaction of a request that carries an `Idempotency-Key`."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

from sqlalchemy.ext.asyncio import AsyncSession

_current: ContextVar[Deferral | None] = ContextVar("kit_deferral", default=None)


class Deferral:
    """Holds the session whose COMMIT waits for the answer; valid in the request's own task."""

    def __init__(self) -> None:
        self.session: AsyncSession | None = None
        self.task = asyncio.current_task()

    def adopt(self, session: AsyncSession) -> None:
        """RuntimeError for a second one: it would leave the first neither committed nor closed, its locks held."""
        if self.session is not None and self.session is not session:
            raise RuntimeError(
                "this request has a transaction already: the inner unit of work must be `alone`"
            )
        self.session = session

    def __enter__(self) -> Deferral:
        self._token = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def current_deferral() -> Deferral | None:
    deferral = _current.get()
    if deferral is None or deferral.task is not asyncio.current_task():
        return None
    return deferral
