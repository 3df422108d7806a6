"""TCP passed on: what lies in containers, at a port or a socket's file, at an address of this machine's loopback, and the
other way round."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

Address = tuple[str, int]


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(1 << 16):
            writer.write(part)
            await writer.drain()
    with suppress(OSError, RuntimeError):
        if writer.can_write_eof():
            writer.write_eof()


async def _pass_on(
    target: Address | Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        if isinstance(target, Path):
            far_reader, far_writer = await asyncio.open_unix_connection(target)
        else:
            far_reader, far_writer = await asyncio.open_connection(*target)
    except OSError:
        # As a port where nobody listens: the caller sees its connection end.
        writer.transport.abort()
        return
    # Cancelled when the block is left; the two ends are closed all the same.
    with suppress(asyncio.CancelledError):
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
    for each in (writer, far_writer):
        each.close()


async def _serve(pairs: Mapping[Address, Address | Path], ready: threading.Event) -> None:
    servers, begun = [], set()

    async def take(
        target: Address | Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        # Held here: with its connection closed on one side nothing else would hold the task that empties the other.
        task = asyncio.current_task()
        begun.add(task)
        try:
            await _pass_on(target, reader, writer)
        finally:
            begun.discard(task)

    for here, there in pairs.items():
        servers.append(await asyncio.start_server(partial(take, there), *here))
    ready.set()
    try:
        await asyncio.gather(*(server.serve_forever() for server in servers))
    finally:
        # Again, since a connection may have come while the first ones were ended.
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def forwarded(pairs: Mapping[Address, Address | Path]) -> Iterator[None]:
    """From each address to its other, in a thread of its own, while the block runs."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    serving = loop.create_task(_serve(pairs, ready))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(serving)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    if not ready.wait(20):
        raise OSError(f"an address of {sorted(pairs)} can't be listened on")
    try:
        yield
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join(10)
