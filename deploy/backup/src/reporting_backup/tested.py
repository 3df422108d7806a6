"""A backup that was never restored is none: the newest chain is restored beside the running system and looked at."""

from __future__ import annotations

import io
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from reporting_backup import belongings
from reporting_backup.bases import run
from reporting_backup.plan import plan
from reporting_backup.restore import Recovered, Recovery, Server, build
from reporting_backup.sealing import Opener, sha256_of
from reporting_backup.settings import BackupError, Settings
from reporting_backup.state import State

_FILES_LOOKED_AT = 50


@dataclass(slots=True)
class Verdict:
    seconds: float = 0
    recovered: Recovered | None = None
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0

    def words(self) -> str:
        last = self.recovered.last_change_at if self.recovered else None
        moment = f"{last:%FT%TZ}" if last else "the base's own end"
        rows = ", ".join(f"{name} {count}" for name, count in self.rows.items())
        return (
            f"restored in {self.seconds:.1f} s up to {moment}, every page's checksum right; "
            f"rows: {rows}; {self.files} files opened, each as its name says"
        )


def test_restore(settings: Settings, state: State) -> Verdict:
    """Raises BackupError where something isn't whole."""
    opener, verdict, begun = Opener(settings.identity), Verdict(), time.monotonic()
    target = settings.work / "tested"

    async def count(server: Server) -> None:
        connection = await server.connect("postgres")
        names = await connection.fetch("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")
        await connection.close()
        for row in names:
            connection = await server.connect(row["datname"])
            tables = await connection.fetch("SELECT format('%I.%I', schemaname, tablename) t FROM pg_tables "
                                            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")  # fmt: skip
            counted = [await connection.fetchval(f"SELECT count(*) FROM {one['t']}") for one in tables]  # noqa: S608
            verdict.rows[row["datname"]] = sum(counted)
            await connection.close()

    with state.alone():
        shutil.rmtree(target, ignore_errors=True)
        try:
            found = plan(settings, opener, None)
            build(settings, opener, found, target)
            verdict.recovered = Recovery(settings, target).to(found, opener, count)
            run([settings.program("pg_checksums"), "--check", "--pgdata", str(target)])
            verdict.files = _files(settings, opener)
        finally:
            shutil.rmtree(target, ignore_errors=True)
    verdict.seconds = time.monotonic() - begun
    state.note(tested_restore=datetime.now(UTC).timestamp())
    return verdict


def _files(settings: Settings, opener: Opener) -> int:
    """The newest files of each place, and the newest material: all open, and are what they say."""
    looked = 0
    for place in settings.receivers.values():
        for name in list(belongings.read_manifest(place))[-_FILES_LOOKED_AT:]:
            target = settings.work / "tested.file"
            opener.open_to(belongings.sealed(place, name), target)
            digest = sha256_of(target)
            target.unlink()
            if digest != name.partition("/")[2]:
                raise BackupError(f"{name} in {place} isn't what its name says")
            looked += 1
    material = belongings.newest_material(list(settings.receivers.values()))
    if material is not None:
        opener.open(material, io.BytesIO())
    return looked
