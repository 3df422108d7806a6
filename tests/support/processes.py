"""Breaks parts of the running stack on purpose: by supervisord's own word and by the kernel's."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from reporting_stack import supervise
from reporting_stack.layout import Home

from tests.support.stack import Stack


def pid_of(stack: Stack, part: str) -> int:
    """The process supervisord holds for this part, 0 while it has none."""
    return int(supervise.rpc(Home.named(stack.name)).getProcessInfo(part)["pid"])


def kill(stack: Stack, part: str) -> int:
    """Kill -9, as a crash would be. Gives the pid that died."""
    pid = pid_of(stack, part)
    os.kill(pid, signal.SIGKILL)
    return pid


def restart(stack: Stack, part: str) -> None:
    supervise.restart(Home.named(stack.name), part)


@contextmanager
def stopped(stack: Stack, part: str) -> Iterator[None]:
    """The part doesn't run inside the block, and is started again after it whatever happens."""
    supervisor = supervise.rpc(Home.named(stack.name))
    supervisor.stopProcess(part)
    try:
        yield
    finally:
        supervisor.startProcess(part)
