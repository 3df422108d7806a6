"""On whose behalf this task works; calls to peers carry it on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import structlog

from kit.actor import Actor

_actor: ContextVar[Actor | None] = ContextVar("kit_actor", default=None)


def current_actor() -> Actor | None:
    return _actor.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    token = _actor.set(actor)
    bound = structlog.contextvars.bind_contextvars(actor=str(actor))
    try:
        yield actor
    finally:
        # A stream that is closed early is finished in another context than it began in.
        with suppress(ValueError):
            _actor.reset(token)
            structlog.contextvars.reset_contextvars(**bound)
