"""A part dies or has no room, and people go on: with a repeated request at most, and nothing lost."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
from reporting_stack import supervise

from reporting_drill import checks
from reporting_drill.checks import eventually
from reporting_drill.disks import Disk, lying_on
from reporting_drill.ground import Ground
from reporting_drill.load import Load

_FULL_SECONDS = 25
# One copy of each on one machine: the gap is as long as its start. The database comes last.
_RESTARTED = (
    "notify",
    "catalog",
    "signing",
    "submission",
    "identity",
    "gateway",
    "nats",
    "keycloak",
    "postgres",
)
# Room for what is there, and some for the work before it is filled up.
_WAL_ROOM_MB, _NATS_ROOM_MB = 320, 96
_MOST_SEGMENTS = 40


def gateway_gone(ground: Ground) -> None:
    load = ground.load()
    load.start()
    load.until(2)
    begun = time.monotonic()
    os.kill(int(supervise.rpc(ground.home).getProcessInfo("gateway")["pid"]), signal.SIGKILL)
    time.sleep(0.5)
    address = f"{ground.stack.ports.gateway_url}/api/identity/v1/me"
    answers = eventually(
        lambda: httpx.get(address, headers={"accept": "application/json"}).status_code == 401, 60, 0.2
    )
    ground.seconds = time.monotonic() - begun
    ground.findings.check("it answers again by itself", answers)
    _went_on(ground, load)


def rolling_restart(ground: Ground) -> None:
    """Every part once, one after the other, while people work. Who is told to try again does so with the same key."""
    load = ground.load()
    load.start()
    load.until(1)
    begun, longest = time.monotonic(), 0.0
    for part in _RESTARTED:
        stopped = time.monotonic()
        supervise.restart(ground.home, part)
        ground.ready(part)
        longest = max(longest, time.monotonic() - stopped)
    ground.seconds = time.monotonic() - begun
    asked, refused = len(load.ledger.all()), len(load.ledger.refusals)
    print(
        f"    {len(_RESTARTED)} parts; {asked} acknowledged, {refused} answered 'try again'; longest gap {longest:.1f} s"
    )
    ground.findings.check("nobody was refused for good", not load.troubles, load.troubles[:2] or "")
    _went_on(ground, load)


def disk_full_wal(ground: Ground) -> None:
    """The log's disk is full: PostgreSQL stops rather than lie; with room again it goes through its log by itself."""
    postgres = ground.stack.postgres.data
    with _small_disk(ground, "postgres", postgres / "pg_wal", _WAL_ROOM_MB) as disk:
        load = ground.load()
        load.start()
        load.until(2)
        begun = datetime.now(UTC)
        _fill(disk)
        _use_up_the_log(ground)
        time.sleep(_FULL_SECONDS)
        told = [refusal for refusal in load.ledger.refusals if refusal[0] > begun]
        ground.findings.check(
            "people were told to try again", any(status == 503 for _, status, _ in told), len(told)
        )
        _empty(ground, load, disk)
        _went_on(ground, load)


def _use_up_the_log(ground: Ground) -> None:
    """Files of the log that lie ready would last for a while yet: each is begun and left, until none can be made."""
    address = ground.stack.postgres.superuser_url()
    spend = "SELECT pg_logical_emit_message(false, 'drill', 'spent'), pg_switch_wal()"
    with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        for _ in range(_MOST_SEGMENTS):
            checks.query(address, spend)


def disk_full_nats(ground: Ground) -> None:
    """The events' disk is full: people go on, events wait in the outbox; with room again each is heard."""
    with _small_disk(ground, "nats", ground.home.data / "nats", _NATS_ROOM_MB) as disk:
        load = ground.load()
        load.start()
        load.until(1)
        _fill(disk)
        time.sleep(_FULL_SECONDS)
        # JetStream switches itself off where it can't write; a restart lets it look at the disk again.
        _empty(ground, load, disk, restarted="nats")
        _went_on(ground, load)


def _went_on(ground: Ground, load: Load) -> None:
    before = load.finished
    eventually(lambda: load.finished > before, 180)
    load.stop()
    ground.findings.check(
        "people went on with what they had in hand", load.finished > before, load.troubles[:2] or ""
    )
    checks.acknowledged(ground.findings, ground.stack, load.ledger.all())
    checks.events_told(ground.findings, ground.stack, 300)
    checks.all_heard(ground.findings, ground.stack)


@contextmanager
def _small_disk(ground: Ground, part: str, folder: Path, megabytes: int) -> Iterator[Path]:
    """The folder's content on a small disk while the drill lasts."""
    ground.stop(part)
    try:
        with lying_on(Disk(ground.home.root / "disk", megabytes), [folder]):
            ground.start(part)
            ground.ready(part)
            try:
                yield folder
            finally:
                ground.stop(part)
                (folder / "filled").unlink(missing_ok=True)
    finally:
        ground.start(part)
        ground.ready(part)


def _fill(disk: Path) -> None:
    with (disk / "filled").open("wb") as file:
        try:
            while True:
                file.write(b"\1" * (1 << 20))
                file.flush()
        except OSError:
            return


def _empty(ground: Ground, load: Load, disk: Path, restarted: str = "") -> None:
    begun, before = time.monotonic(), load.finished
    (disk / "filled").unlink()
    if restarted:
        supervise.restart(ground.home, restarted)
    eventually(lambda: load.finished > before, 240)
    ground.seconds = time.monotonic() - begun
