"""A cluster of its own with two receivers, each writing into a place of its own."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from kit.testing.cluster import PostgresCluster, free_port, postgres_cluster
from kit.testing.unprivileged import unprivileged
from reporting_backup.bases import BaseBackups
from reporting_backup.sealing import Opener, Sealer, new_identity
from reporting_backup.settings import Listening, Settings
from reporting_backup.state import State
from reporting_stack.files import write_json, write_private

NAMES = ("receiver_a", "receiver_b")


@dataclass
class Kept:
    """A cluster whose log is kept, and what a backup of it needs."""

    cluster: PostgresCluster
    settings: Settings
    file: Path
    receivers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.settings.recipients)

    @property
    def opener(self) -> Opener:
        return Opener(self.settings.identity)

    @property
    def bases(self) -> BaseBackups:
        return BaseBackups(self.settings, self.sealer, State(self.settings.work))

    def receive(self, name: str) -> None:
        command = [sys.executable, "-m", "reporting_backup.receiver", str(self.file), name]
        self.receivers[name] = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self, name: str) -> None:
        process = self.receivers.pop(name)
        process.terminate()
        process.wait(timeout=20)

    def query(self, *statements: str) -> list[Any]:
        """One transaction; the rows of the last statement."""

        async def work() -> list[Any]:
            connection = await asyncpg.connect(
                host="127.0.0.1", port=self.cluster.port, user="postgres", database="postgres",
                server_settings={"synchronous_commit": "on"},
            )  # fmt: skip
            try:
                async with connection.transaction():
                    for statement in statements[:-1]:
                        await connection.execute(statement)
                    return list(await connection.fetch(statements[-1]))
            finally:
                await connection.close()

        return asyncio.run(work())

    def alter(self, name: str, value: str) -> None:
        """Outside a transaction, as ALTER SYSTEM demands."""

        async def work() -> None:
            connection = await asyncpg.connect(
                host="127.0.0.1", port=self.cluster.port, user="postgres", database="postgres"
            )
            await connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            await connection.execute("SELECT pg_reload_conf()")
            await connection.close()

        asyncio.run(work())


@contextmanager
def keeping(cluster: PostgresCluster, folder: Path) -> Iterator[Kept]:
    private, public = new_identity()
    (folder / "identity.txt").write_text(private)
    (folder / "recipients.txt").write_text(public)
    write_private(folder / "passfile", "*:*:*:postgres:unused\n")
    (folder / "bucket").mkdir()
    settings = Settings(
        bin=cluster._bin,
        host="127.0.0.1",
        port=cluster.port,
        user="postgres",
        passfile=folder / "passfile",
        receivers={name: folder / name for name in NAMES},
        recipients=folder / "recipients.txt",
        identity=folder / "identity.txt",
        work=folder / "work",
        metrics=Listening(free_port()),
        buckets={"signing": folder / "bucket"},
        material={"keys": folder / "keys"},
        run_as=list(unprivileged().prefix),
    )
    (folder / "keys").mkdir()
    write_json(folder / "settings.json", settings.told())
    made = Kept(cluster, settings, folder / "settings.json")
    made.alter("summarize_wal", "on")
    made.alter("synchronous_standby_names", f"ANY 1 ({', '.join(NAMES)})")
    for name in NAMES:
        made.receive(name)
    wait_until(lambda: len(made.query("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'")) == 2)
    try:
        yield made
    finally:
        for name in list(made.receivers):
            made.end(name)


def wait_until(holds: Any, seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "not seen in time"
        time.sleep(0.1)


@contextmanager
def kept_cluster(folder: Path) -> Iterator[Kept]:
    folder.mkdir(parents=True)
    with postgres_cluster() as cluster, keeping(cluster, folder) as made:
        yield made
