"""Finding and ending the processes of one stack: by the folder they carry in their environment."""

from __future__ import annotations

import os
import select
import signal
import time
from pathlib import Path

from reporting_stack.layout import Home

MARK = "REPORTING_STACK_HOME"


def marked(home: Home) -> list[int]:
    """Every living process that was started for this stack, but not the one that asks."""
    wanted = f"{MARK}={home.root}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0") and not _is_dead(entry):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _is_dead(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"


def is_alive(pid: int) -> bool:
    try:
        return not _is_dead(Path("/proc") / str(pid))
    except OSError:
        return False


def command_of(pid: int) -> str:
    try:
        raw = (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return ""
    return raw.replace(b"\0", b" ").decode(errors="replace")


def sweep(home: Home, *, gentle_seconds: float = 10.0) -> int:
    """Ends what is left of the stack: asked first, then made to. The number of processes it found."""
    found: set[int] = set()
    # The keeper would start everything again, so it goes first.
    for pid in marked(home):
        if "reporting_stack.keeper" in command_of(pid):
            _send(pid, signal.SIGKILL)
    limit = time.monotonic() + gentle_seconds
    asked: set[int] = set()
    while living := _living(home):
        found.update(living)
        late = time.monotonic() > limit
        for pid in living:
            if late or pid not in asked:
                _send(pid, signal.SIGKILL if late else signal.SIGTERM)
                asked.add(pid)
        time.sleep(0.1)
    return len(found)


def _living(home: Home) -> list[int]:
    postmaster = postmaster_pid(home)
    return [*marked(home), *([postmaster] if postmaster else [])]


def postmaster_pid(home: Home) -> int | None:
    """PostgreSQL writes over its environment, so it is found by its own pid file."""
    try:
        pid = int((home.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if is_alive(pid) and "postgres" in command_of(pid) else None


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def wait_for_end(pid: int) -> None:
    """Sleeps until the process is gone, without asking again and again."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    select.select([descriptor], [], [])
    os.close(descriptor)
