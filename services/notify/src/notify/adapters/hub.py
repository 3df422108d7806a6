"""One reader of hints for all open pages of this process: woken by NOTIFY, else every two seconds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from kit.db import Database
from kit.db.listening import wake_on

from notify.adapters.postgres.hints import CHANNEL, HintReader
from notify.domain.hint import Hint, Position

log = structlog.get_logger(__name__)

_POLL = 2.0
_QUEUE = 1000


class HintHub:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = HintReader(database)
        self._wake = asyncio.Event()
        self._queues: set[asyncio.Queue[Hint | None]] = set()
        self._closed = False

    async def run(self) -> None:
        listener = asyncio.create_task(wake_on(self._database, CHANNEL, self._wake))
        try:
            position = await self._reader.now()
            while True:
                self._wake.clear()
                hints = await self._reader.after(position)
                for hint in hints:
                    position = hint.at
                    self._give(hint)
                if not hints:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), _POLL)
        finally:
            listener.cancel()

    def close(self) -> None:
        """Ends all streams; their pages connect to another replica."""
        self._closed = True
        for queue in self._queues:
            _put(queue, None)

    async def follow(self, since: Position | None) -> AsyncIterator[Hint | None]:
        """Every hint after that position, then as they come; None now and then as a heartbeat."""
        queue: asyncio.Queue[Hint | None] = asyncio.Queue(_QUEUE)
        self._queues.add(queue)
        try:
            last = since or await self._reader.now()
            while missed := await self._reader.after(last):
                for hint in missed:
                    last = hint.at
                    yield hint
            while not self._closed:
                try:
                    hint_now = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield None
                    continue
                if hint_now is None:
                    return
                if hint_now.at > last:
                    last = hint_now.at
                    yield hint_now
        finally:
            self._queues.discard(queue)

    def _give(self, hint: Hint) -> None:
        for queue in list(self._queues):
            if not _put(queue, hint):
                # Too slow a reader: it comes back with its last position and misses nothing.
                self._queues.discard(queue)
                while not queue.empty():
                    queue.get_nowait()
                _put(queue, None)


def _put(queue: asyncio.Queue[Hint | None], hint: Hint | None) -> bool:
    try:
        queue.put_nowait(hint)
    except asyncio.QueueFull:
        return False
    return True
