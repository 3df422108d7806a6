"""Makes a data directory of sealed bases, and lets PostgreSQL go through the log to the wanted moment."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from reporting_backup import wal
from reporting_backup.bases import run
from reporting_backup.catalogue import Base
from reporting_backup.plan import Plan
from reporting_backup.sealing import SUFFIX, Opener
from reporting_backup.settings import BackupError, Settings, environment

_PATIENCE_SECONDS = 4 * 3600
_LAST = re.compile(r"last completed transaction was at log time (\S+ \S+)")


@dataclass(frozen=True, slots=True)
class Server:
    """The server that recovers: on a socket in a folder only its owner may enter."""

    folder: Path
    port: int

    async def connect(self, database: str) -> asyncpg.Connection:
        return await asyncpg.connect(
            host=str(self.folder), port=self.port, user="postgres", database=database, timeout=10
        )

    def conninfo(self, database: str) -> str:
        return f"host={self.folder} port={self.port} user=postgres dbname={database}"


Look = Callable[[Server], Awaitable[None]]


def build(settings: Settings, opener: Opener, plan: Plan, target: Path) -> None:
    """The data directory as it was when the last base of the chain ended, each file held against the manifest."""
    staging = target.with_name(f".{target.name}.chain")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        folders = [_unpack(opener, plan.place, base, staging / base.id) for base in plan.chain]
        if len(folders) == 1:
            folders[0].replace(target)
        else:
            command = [settings.program("pg_combinebackup"), "--link", "--output", str(target)]
            run([*command, *(str(folder) for folder in folders)])
        run([settings.program("pg_verifybackup"), "--quiet", "--no-parse-wal", str(target)])
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    target.chmod(0o700)


def _unpack(opener: Opener, place: Path, base: Base, target: Path) -> Path:
    target.mkdir(mode=0o700, parents=True)
    folder = place / "base" / base.id
    for name in base.objects:
        plain = name.removesuffix(SUFFIX)
        if not plain.endswith(".tar"):
            opener.open_to(folder / name, target / plain)
            continue
        with subprocess.Popen(
            ["tar", "--extract", "--no-same-owner", "--directory", str(target)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as tar:
            assert tar.stdin is not None and tar.stderr is not None
            opener.open(folder / name, tar.stdin)
            tar.stdin.close()
            said = tar.stderr.read().decode()
        if tar.returncode:
            raise BackupError(f"{plain} of {base.id} can't be unpacked: {said.strip()}")
    return target


@dataclass(frozen=True, slots=True)
class Recovered:
    timeline: int
    last_change_at: datetime | None
    """When the last transaction that is there was committed; None if there was none after the base."""
    segments: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """A server of its own on that directory, on a socket nobody else can open, until it has been through the log."""

    settings: Settings
    data: Path

    def to(self, plan: Plan, opener: Opener, look: Look | None = None) -> Recovered:
        log = self.data.with_name(f"{self.data.name}.restore.log")
        staged = self.data.with_name(f".{self.data.name}.wal")
        with tempfile.TemporaryDirectory(prefix="reporting-restore-") as made:
            folder = Path(made)
            segments = self._stage(plan, opener, staged)
            (self.data / "recovery.signal").touch(mode=0o600)
            (folder / "hba.conf").write_text("local all all trust\n", encoding="ascii")
            self._give_away(folder, staged)
            with log.open("wb") as out:
                server = subprocess.Popen(
                    self._command(folder, staged, plan.moment),
                    env=environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                )
            try:
                timeline = asyncio.run(self._follow(server, folder, log, look))
            finally:
                server.send_signal(2)
                server.wait(timeout=300)
                shutil.rmtree(staged, ignore_errors=True)
        found = _LAST.search(log.read_text(errors="replace"))
        last = datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else None
        return Recovered(timeline, last, segments)

    def _stage(self, plan: Plan, opener: Opener, staged: Path) -> int:
        """Opened beside the data, where there is room."""
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(mode=0o700)
        places = [wal.Wal(place) for place in self.settings.receivers.values()]
        return sum(wal.fetch(places, name, staged / name, opener) for name in plan.segments)

    def _give_away(self, *folders: Path) -> None:
        if self.settings.owner is None:
            return
        for root in (self.data, *folders):
            for path in [root, *root.rglob("*")]:
                os.chown(path, *self.settings.owner, follow_symlinks=False)

    def _command(self, folder: Path, staged: Path, moment: datetime | None) -> list[str]:
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "port": str(self.settings.port),
            "hba_file": str(folder / "hba.conf"),
            "restore_command": f'cp "{staged}/%f" "%p"',
            "recovery_target_timeline": "latest",
            "recovery_target_action": "promote",
            "synchronous_standby_names": "",
            # Nobody is let in before the end, so no setting need be as large as it was.
            "hot_standby": "off",
            "log_min_messages": "info",
            "log_timezone": "UTC",
        }
        if moment is not None:
            given["recovery_target_time"] = moment.astimezone(UTC).isoformat(sep=" ")
        words = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        return [*self.settings.run_as, self.settings.program("postgres"), "-D", str(self.data), *words]

    async def _follow(
        self, server: subprocess.Popen[bytes], folder: Path, log: Path, look: Look | None
    ) -> int:
        at = Server(folder, self.settings.port)
        limit = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < limit:
            if server.poll() is not None:
                raise BackupError(_why(log))
            try:
                connection = await at.connect("postgres")
            except (OSError, asyncpg.PostgresError):
                time.sleep(0.2)  # noqa: ASYNC251 - nothing else runs here
                continue
            try:
                if not await connection.fetchval("SELECT pg_is_in_recovery()"):
                    await connection.execute("CHECKPOINT")
                    timeline = await connection.fetchval("SELECT timeline_id FROM pg_control_checkpoint()")
                    if look is not None:
                        await look(at)
                    return int(timeline)
            finally:
                await connection.close()
            time.sleep(0.2)  # noqa: ASYNC251
        raise BackupError(f"PostgreSQL isn't through the log after {_PATIENCE_SECONDS} s; see {log}")


def _why(log: Path) -> str:
    text = log.read_text(errors="replace")
    if "recovery ended before configured recovery target was reached" in text:
        return "the log ends before the wanted moment: restore without --to to get all there is"
    said = [
        line
        for line in text.splitlines()
        if "DETAIL" in line or ("FATAL" in line and "starting up" not in line)
    ]
    return "PostgreSQL didn't get through the log: " + " / ".join(said[-4:] or text.splitlines()[-4:])


def described(plan: Plan) -> str:
    """One line for who watches."""
    bases = " + ".join(base.id for base in plan.chain)
    return f"base {bases} ({sum(base.size for base in plan.chain) >> 20} MiB sealed), {len(plan.segments)} segments"
