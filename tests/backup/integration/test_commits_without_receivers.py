"""What a service does when a commit isn't kept in a second place: it says so, and nothing is half true."""

import asyncio
import time

import pytest
from kit.db import Database
from kit.db.committing import Committer
from kit.errors import Unavailable
from sqlalchemy import text

from tests.backup.keeping import Kept, wait_until


async def insert(database: Database, committer: Committer, number: int) -> None:
    async with database.sessions() as session:
        # The cluster of tests is started without it.
        await session.execute(text("SET LOCAL synchronous_commit = on"))
        await session.execute(text("INSERT INTO answered VALUES (:n)"), {"n": number})
        await committer.commit(session)


async def seen(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(text("SELECT n FROM answered ORDER BY n")))


@pytest.mark.requirement("DT-20.2")
async def test_a_commit_that_is_not_kept_is_refused_and_seen_by_nobody_until_it_is(kept: Kept) -> None:
    database, committer = Database(kept.cluster.url("postgres")), Committer(seconds=1)
    async with database.sessions.begin() as session:
        await session.execute(text("CREATE TABLE answered (n int PRIMARY KEY)"))
    await insert(database, committer, 1)
    for name in ("receiver_a", "receiver_b"):
        kept.end(name)
    with pytest.raises(Unavailable, match="chưa được xác nhận") as refusal:
        await insert(database, committer, 2)
    assert (refusal.value.code, refusal.value.retry_after) == ("kit.database.not_kept", 15)
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        await insert(database, committer, 3)

    assert time.monotonic() - begun < 0.9
    waiting = asyncio.create_task(insert(database, Committer(seconds=60), 4))
    await asyncio.sleep(1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await seen(database) == [1]
    for name in ("receiver_a", "receiver_b"):
        kept.receive(name)
    await asyncio.to_thread(wait_until, lambda: len(kept.query("SELECT n FROM answered")) == 3)
    assert await seen(database) == [1, 2, 4]
    await insert(database, committer, 3)
    assert await seen(database) == [1, 2, 3, 4]
    async with database.sessions() as session:
        await committer.wait_for_all_before(session)
    await database.close()
