"""PostgreSQL's NOTIFY as a wake-up: who waits also polls, so a lost connection loses nothing."""

from __future__ import annotations

import asyncio

import asyncpg

from kit.db.engine import Database


async def wake_on(database: Database, channel: str, wake: asyncio.Event) -> None:
    """Sets `wake` at each notification on `channel`, for ever; connects again when the database was away."""
    while True:
        connection = None
        try:
            connection = await asyncpg.connect(database.asyncpg_dsn, ssl=database.ssl, timeout=5)
            await connection.add_listener(channel, lambda *_: wake.set())
            while not connection.is_closed():
                await asyncio.sleep(5)
                await connection.execute("SELECT 1")
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await asyncio.sleep(1)
        finally:
            if connection is not None and not connection.is_closed():
                connection.terminate()
