"""`make down` and `make clean`."""

from __future__ import annotations

import os
import shutil
import signal
import time

from reporting_stack import processes, supervise
from reporting_stack.layout import Home
from reporting_stack.up import alone

LONGEST_STOP_SECONDS = 120


def down(home: Home) -> int:
    """Stops every process the stack started: in order first, then what is left. How many there were."""
    if not home.exists():
        return 0
    with alone(home):
        pid = supervise.running_pid(home)
        count = len(supervise.states(home))
        if pid:
            os.kill(pid, signal.SIGTERM)
            limit = time.monotonic() + LONGEST_STOP_SECONDS
            while processes.is_alive(pid) and time.monotonic() < limit:
                time.sleep(0.1)
        return count + processes.sweep(home)


def clean(home: Home) -> None:
    """Stops the stack and removes its data, for good."""
    down(home)
    sockets, database = home.sockets, home.data / "postgres"
    if database.is_symlink():
        shutil.rmtree(database.resolve().parent, ignore_errors=True)
    home.stack_file.unlink(missing_ok=True)
    shutil.rmtree(home.root, ignore_errors=True)
    shutil.rmtree(sockets, ignore_errors=True)
