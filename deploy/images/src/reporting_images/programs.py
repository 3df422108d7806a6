"""Programs that run for a while beside a trial."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def process(
    folder: Path, name: str, command: list[str], more: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server with a log of its own, `more` in its environment, and ends it, by its own id, whatever happens."""
    with (folder / f"{name}.log").open("wb") as log:
        # The kernel ends it too, should whoever started it be killed.
        mortal = ["setpriv", "--pdeathsig", "KILL", *command]
        started = subprocess.Popen(
            mortal,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={**os.environ, **(more or {})},
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
