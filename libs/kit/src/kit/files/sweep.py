"""Removes files that no row names, a day after they were written: commands that never committed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from kit.clock import Clock, utc_now
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.files.store import FileStore

GRACE = timedelta(days=1)


async def sweep(
    files: FileStore, database: Database, *, clock: Clock = utc_now, grace: timedelta = GRACE
) -> int:
    removed = 0
    old = [name async for name in files.bucket.listed(clock() - grace)]
    for start in range(0, len(old), 500):
        names = old[start : start + 500]
        async with database.reading() as session:
            found = await session.scalars(
                select(KIT.stored_file.c.sha256).where(KIT.stored_file.c.sha256.in_(names))
            )
            known = set(found)
        for name in names:
            if name not in known:
                await files.bucket.remove(name)
                removed += 1
    return removed
