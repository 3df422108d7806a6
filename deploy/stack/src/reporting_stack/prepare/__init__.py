"""`make setup`: installs everything and starts nothing. Runs on a bare Python, before the venv exists.

Each step leaves a stamp with the hash of what it was made from, so repeating it costs a moment.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from reporting_stack.layout import ROOT
from reporting_stack.prepare import keycloak, portal, python, stubs, system

Steps = tuple[tuple[str, Callable[[], str | None]], ...]
FIRST: Steps = (("system", system.install),)
# The portal needs nothing of the Python side, so both go on side by side.
CHAINS: tuple[Steps, ...] = (
    (
        ("python", python.install),
        ("packages", python.link),
        ("proto", stubs.generate),
        ("keycloak", keycloak.install),
    ),
    (("portal", portal.build),),
)


def prepare() -> None:
    """Runs every step; each says what it did, or that it had nothing to do."""
    begun = time.monotonic()

    def say(name: str, words: str | None) -> None:
        if words:
            print(f"  {time.monotonic() - begun:5.1f}s  {name:<11} {words}", flush=True)

    def go(steps: Steps) -> None:
        for name, step in steps:
            say(name, step())

    folder = ROOT / ".cache" / "setup"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        go(FIRST)
        with ThreadPoolExecutor(len(CHAINS)) as pool:
            for ended in [pool.submit(go, chain) for chain in CHAINS]:
                ended.result()
    say("setup", "everything is installed")
