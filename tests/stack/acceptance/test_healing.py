"""What is killed comes back by itself; what is stopped stays stopped and loses nothing."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
from reporting_stack import processes, readiness, supervise
from reporting_stack.layout import PYTHON, ROOT, Home
from reporting_stack.status import opened

from tests.support.stack import Stack

pytestmark = pytest.mark.stack


@pytest.fixture
def home(stack: Stack) -> Iterator[Home]:
    named = Home.named(stack.name)
    yield named
    _until_ready(named)


def _state(home: Home, part: str) -> dict[str, object]:
    return next(state for state in supervise.states(home) if state["name"] == part)


def _until_ready(home: Home, patience: float = 240) -> None:
    import asyncio

    limit = time.monotonic() + patience
    missing: object = None
    while time.monotonic() < limit:
        if supervise.running_pid(home):
            missing = {k: v for k, v in asyncio.run(readiness.all_parts(opened(home))).items() if v}
            if not missing:
                return
        time.sleep(0.5)
    raise AssertionError(f"not ready after {patience} s: {missing}")


@pytest.mark.parametrize(
    "part",
    [
        "nats",
        "gateway",
        "smtp",
        *(pytest.param(p, marks=pytest.mark.full) for p in ("postgres", "keycloak", "trust")),
    ],
)
def test_a_part_that_is_killed_comes_back(home: Home, part: str) -> None:
    before = int(str(_state(home, part)["pid"]))
    os.kill(before, signal.SIGKILL)
    limit = time.monotonic() + 60
    while int(str(_state(home, part)["pid"])) in (0, before) and time.monotonic() < limit:
        time.sleep(0.2)
    assert int(str(_state(home, part)["pid"])) not in (0, before)
    _until_ready(home)


@pytest.mark.full
def test_supervisord_and_its_keeper_start_each_other_again(home: Home) -> None:
    keeper = int(str(_state(home, "keeper")["pid"]))
    os.kill(keeper, signal.SIGKILL)
    time.sleep(3)
    assert int(str(_state(home, "keeper")["pid"])) not in (0, keeper)
    before = supervise.running_pid(home)
    assert before
    os.kill(before, signal.SIGKILL)
    time.sleep(1)
    _until_ready(home)
    assert supervise.running_pid(home) not in (None, before)


def test_down_of_a_stack_that_never_was_is_no_error() -> None:
    environment = {**os.environ, "STACK": "never"}
    done = subprocess.run(
        [str(PYTHON), "-m", "reporting_stack", "down"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert not Home.named("never").exists()


def test_every_process_of_the_stack_is_apart_from_who_started_it(home: Home) -> None:
    supervisord = supervise.running_pid(home)
    assert supervisord
    assert os.getsid(supervisord) == supervisord
    for descriptor in os.listdir(f"/proc/{supervisord}/fd"):
        try:
            target = os.readlink(f"/proc/{supervisord}/fd/{descriptor}")
        except FileNotFoundError:
            continue
        assert not target.startswith("/dev/pts"), target
    assert supervisord in processes.marked(home)
