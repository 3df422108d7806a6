"""One real stack for all tests that drive it, started once.

`REPORTING_TEST_STACK=name` uses a stack that already runs and leaves it running; without it a stack named
`test` is started from nothing and stopped at the end.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from kit.testing.fixtures import nats, postgres

from tests.support.stack import Stack, abandoned_transactions, read_stack, start_stack, stop_stack

__all__ = ["nats", "postgres"]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The running stack."""
    running = os.environ.get("REPORTING_TEST_STACK")
    if running:
        yield read_stack(running)
        return
    name = "test"
    stop_stack(name)
    shutil.rmtree(f".run/{name}", ignore_errors=True)
    started = start_stack(name)
    try:
        yield started
    finally:
        stop_stack(name)
    assert not abandoned_transactions(name)
