"""Messages in hand: the server is told they are being worked on, so that it need not wait long for a dead process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import nats.errors

# After so many seconds without a word the server gives a message to somebody else: what a killed
# process had in hand is late by this much, never by more.
ACK_WAIT = 15
WORD = 4


@asynccontextmanager
async def held(messages: Sequence[Any]) -> AsyncIterator[None]:
    """While the block runs, each message not yet settled stays with this process, however long its handler takes."""
    telling = asyncio.create_task(_tell(messages))
    try:
        yield
    finally:
        telling.cancel()


async def _tell(messages: Sequence[Any]) -> None:
    while True:
        await asyncio.sleep(WORD)
        for message in messages:
            if message.is_acked:
                continue
            try:
                await message.in_progress()
            except nats.errors.Error:
                # Settled meanwhile, or the server is away: whoever gets it again finds its inbox row.
                continue
