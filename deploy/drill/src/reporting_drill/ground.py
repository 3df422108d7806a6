"""The stack that is broken: its own name, its own ports, with its backup on; and how its parts are killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from reporting_backup import catalogue
from reporting_demo.stack import Stack as DemoStack
from reporting_stack import processes, readiness, supervise
from reporting_stack.down import down
from reporting_stack.layout import Home
from reporting_stack.restoring import Told, restore
from reporting_stack.stack import Stack
from reporting_stack.up import up

from reporting_drill.checks import Findings, eventually
from reporting_drill.load import Load

DEFAULT_BASE = 25000


@dataclass
class Ground:
    home: Home
    stack: Stack
    findings: Findings = field(default_factory=Findings)
    seconds: float | None = None
    """How long the way back took; None where nothing was restored."""

    @classmethod
    def raised(cls) -> Ground:
        """The stack as `make up` makes it, with people and their tokens, and with a first base backup."""
        os.environ |= {"HISTORY": "no", "BACKUP": "yes"}
        home = Home.named(os.environ.get("STACK") or "drill")
        base = int(os.environ.get("PORT_BASE") or DEFAULT_BASE)
        running = supervise.running_pid(home) is not None
        stack = up(home, None if running else base)
        ground = cls(home, stack)
        ground.wait_for_backup()
        return ground

    def wait_for_backup(self) -> None:
        """A base of the way the log goes now, and both receivers streaming."""

        def there() -> bool:
            bases = [catalogue.listed(place) for place in self.stack.backup.settings().receivers.values()]
            return all(bases) and self.receivers() == 2

        if not eventually(there, 300):
            raise RuntimeError("the backup isn't running: see backup.log")

    def metric(self, name: str) -> float | None:
        text = httpx.get(f"http://127.0.0.1:{self.stack.ports.backup_metrics}/metrics", timeout=10).text
        found = [line.split()[-1] for line in text.splitlines() if line.startswith(f"{name} ")]
        return float(found[0]) if found else None

    def receivers(self) -> int:
        return int(self.metric("reporting_backup_wal_receivers") or 0)

    def load(self, hands: int = 3) -> Load:
        load = Load(DemoStack(self.home.stack_file), hands)
        load.open()
        return load

    def kill_database_and_its_data(self) -> datetime:
        """As when the machine dies: no warning, nothing written any more, nothing left on it."""
        pid = processes.postmaster_pid(self.home)
        assert pid is not None, "PostgreSQL isn't running"
        data = self.stack.postgres.data.resolve()
        os.kill(pid, signal.SIGKILL)
        moment = datetime.now(UTC)
        while processes.is_alive(pid):
            time.sleep(0.02)
        for _ in range(50):
            shutil.rmtree(data, ignore_errors=True)
            if not data.exists():
                break
            time.sleep(0.1)
        return moment

    def restore(self, to: datetime | None = None) -> Told:
        told = restore(self.home, to)
        self.stack = Stack(self.home, self.stack.ports)
        self.seconds = told.seconds
        return told

    def start(self, name: str) -> None:
        supervise.rpc(self.home).startProcess(name)

    def stop(self, name: str) -> None:
        supervise.stop(self.home, name)

    def ready(self, name: str, seconds: float = 120) -> None:
        check = readiness.check_of(self.stack, name)
        assert check is not None
        if not eventually(lambda: asyncio.run(check()) is None, seconds, 0.3):  # type: ignore[arg-type]
            raise RuntimeError(f"{name} isn't ready: see {name}.log")

    def down(self) -> None:
        down(self.home)

    def up_again(self) -> None:
        self.stack = up(self.home, None)

    def living(self) -> set[int]:
        """Every process of the stack, the workers of PostgreSQL among them, which carry nothing that names it."""
        found = set(processes.marked(self.home))
        if postmaster := processes.postmaster_pid(self.home):
            workers = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
            found |= {postmaster, *map(int, workers)}
        return found

    def kill(self, living: set[int]) -> None:
        """All at once and without a word, as when the machine dies; and whom one of them had just begun."""
        while living:
            for pid in living:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            living = {pid for pid in living | set(processes.marked(self.home)) if processes.is_alive(pid)}

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        for name in names:
            self.stop(name)
        try:
            yield
        finally:
            for name in names:
                self.start(name)
