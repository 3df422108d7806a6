from datetime import timedelta
from pathlib import Path

from kit.clock import utc_now
from kit.db import Database, SqlUnitOfWork
from kit.files import FileStore, FolderStore
from kit.files.sweep import sweep


async def test_only_old_files_that_no_row_names_are_swept(database: Database, tmp_path: Path) -> None:
    files = FileStore(FolderStore(tmp_path))
    named, orphan = await files.put(b"named"), await files.put(b"its command never committed")
    async with SqlUnitOfWork(database) as uow:
        await files.remember(uow.session, named, "text/plain")
        await uow.commit()

    young = await sweep(files, database)
    old = await sweep(files, database, clock=lambda: utc_now() + timedelta(days=2))

    assert (young, old) == (0, 1)
    assert await files.read(named.sha256) == b"named"
    assert not await files.exists(orphan.sha256)
