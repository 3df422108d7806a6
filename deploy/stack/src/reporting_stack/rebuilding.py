"""`bin/reporting rebuild-nats`: JetStream's store is gone or no longer to be believed; the outboxes fill it again."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

from reporting_stack import readiness, reconcile, supervise
from reporting_stack.files import read_json
from reporting_stack.layout import StackError
from reporting_stack.parts.subscribers import Subscribers
from reporting_stack.restoring import aside
from reporting_stack.stack import Stack
from reporting_stack.up import Progress

_PATIENCE_SECONDS = 60


def rebuild(stack: Stack) -> int:
    """Services go on all the while: their events wait in the outbox. The number of events told again."""
    progress, home = Progress(), stack.home
    supervise.stop(home, "nats")
    store = home.data / "nats"
    moved = aside(store) if store.is_dir() else None
    progress.say("nats", f"its store is at {moved}" if moved else "nothing was left of its store")
    supervise.rpc(home).startProcess("nats")
    wait_for_nats(stack)
    for name in read_json(stack.nats.folder / "subscribers.json", {}):
        asyncio.run(Subscribers(stack.nats).add(name))
        progress.say("subscriber", f"{name} has its stream again")
    since = datetime.now(UTC) - timedelta(days=reconcile.STREAM_DAYS)
    events = reconcile.tell_again(stack, since)
    progress.say("outbox", f"{events} events to tell again; whoever had one drops it")
    return events


def wait_for_nats(stack: Stack) -> None:
    limit = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < limit:
        try:
            if asyncio.run(readiness.sink(stack, "nats")) is None:
                return
        except Exception:
            time.sleep(0.3)
    raise StackError(f"nats isn't ready; see {stack.home.logs / 'nats.log'}")
