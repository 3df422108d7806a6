"""`make setup`: installs everything and starts nothing. Runs on a bare Python, before the venv exists.

Each step leaves a stamp with the hash of what it was made from, so repeating it costs a moment.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable

from reporting_stack.layout import ROOT
from reporting_stack.prepare import keycloak, portal, python, stubs, system

# Maven and npm wait for the network more than they work, but on two cores one after the other is as fast.
STEPS: tuple[tuple[str, Callable[[], str | None]], ...] = (
    ("system", system.install),
    ("python", python.install),
    ("packages", python.link),
    ("proto", stubs.generate),
    ("keycloak", keycloak.install),
    ("portal", portal.build),
)


def prepare() -> None:
    """Runs every step; each says what it did, or that it had nothing to do."""
    begun = time.monotonic()
    folder = ROOT / ".cache" / "setup"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name, step in STEPS:
            words = step()
            if words:
                print(f"  {time.monotonic() - begun:5.1f}s  {name:<11} {words}", flush=True)
    print(f"  {time.monotonic() - begun:5.1f}s  setup       everything is installed", flush=True)
