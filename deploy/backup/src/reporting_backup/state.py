"""What was done when, shared by the daemon and the commands: one small file under a lock, and the numbers shown of it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest, start_http_server

from reporting_backup.settings import Listening


class State:
    def __init__(self, work: Path) -> None:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = work / "state.json"
        self._lock = work / "lock"

    def read(self) -> dict[str, Any]:
        try:
            told: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return told

    def note(self, **values: Any) -> None:
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            temporary = self._file.with_suffix(".part")
            temporary.write_text(json.dumps({**self.read(), **values}, indent=1), encoding="utf-8")
            os.replace(temporary, self._file)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One base backup, one restore, one test at a time."""
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Numbers:
    """`/metrics` on the loopback address. A moment that never was is absent, not zero: no alert takes 1970 for a backup."""

    def __init__(self, *, receivers: bool = True) -> None:
        self._registry = CollectorRegistry()
        self._moments: dict[str, Gauge] = {}
        self.receivers = Gauge(
            "reporting_backup_wal_receivers",
            "WAL receivers that stream at this moment; commits wait for any one of them",
            # Where others keep the log, nothing is told of them.
            registry=self._registry if receivers else None,
        )
        self.failures = Counter(
            "reporting_backup_failures", "Steps of the backup that failed", ["step"], registry=self._registry
        )

    def show(self, state: dict[str, Any]) -> None:
        for name, words in MOMENTS.items():
            if name in state:
                if name not in self._moments:
                    self._moments[name] = Gauge(
                        f"reporting_backup_last_{name}_timestamp_seconds", words, registry=self._registry
                    )
                self._moments[name].set(float(state[name]))

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def serve(self, at: Listening) -> None:
        certificate, key = at.pair or (None, None)
        start_http_server(
            at.port,
            addr=at.host,
            registry=self._registry,
            certfile=str(certificate) if certificate else None,
            keyfile=str(key) if key else None,
        )


MOMENTS = {
    "archived_wal": "When a receiver last held everything the server had written to its log",
    "files": "When every place last held every file and all of the material",
    "base_backup": "When the last base backup, full or incremental, was verified and sealed",
    "tested_restore": "When the backup was last restored for a test and found whole",
}
