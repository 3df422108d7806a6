"""NATS loses its store under load: the outboxes fill it again, and every consumer has heard of every event."""

from __future__ import annotations

import os
import shutil
import signal
import time

from reporting_stack import supervise
from reporting_stack.rebuilding import rebuild

from reporting_drill import checks
from reporting_drill.ground import Ground


def nats_lost(ground: Ground) -> None:
    load, stack = ground.load(), ground.stack
    load.start()
    load.until(2)
    store = ground.home.data / "nats"
    os.kill(int(supervise.rpc(ground.home).getProcessInfo("nats")["pid"]), signal.SIGKILL)
    shutil.rmtree(store, ignore_errors=True)
    # People go on: events wait in the outbox, or go into an empty stream nobody knows the past of.
    time.sleep(10)
    begun = time.monotonic()
    told = rebuild(stack)
    load.stop()
    ground.findings.check(
        "people went on without a refusal", not load.troubles, load.troubles[:2] or f"{load.finished} reports"
    )
    checks.events_told(ground.findings, stack, 300)
    ground.seconds = time.monotonic() - begun
    checks.acknowledged(ground.findings, stack, load.ledger.all())
    checks.all_heard(ground.findings, stack)
    load.one()
    ground.findings.check(f"a whole report goes its way again, {told} events were told again", told > 0)
