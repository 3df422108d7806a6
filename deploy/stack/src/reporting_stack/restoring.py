"""`bin/reporting restore`: the whole cluster back at its last or at a chosen moment, then the stack started again.

Nothing is thrown away: the data directory that is there, and NATS's store where it goes too, are moved aside.
Before anyone is let in, every service's epoch is raised and its events of late are marked as not yet told, so that
copies are taken again and the relay publishes what consumers may have lost; whoever had an event drops it by its inbox.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reporting_backup import belongings
from reporting_backup.plan import plan
from reporting_backup.restore import Recovered, Recovery, Server, build, described
from reporting_backup.sealing import Opener, Sealer
from reporting_backup.settings import BackupError, Settings
from reporting_backup.state import State
from reporting_backup.wal import Wal

from reporting_stack import incident, reconcile
from reporting_stack.down import down
from reporting_stack.files import write_private
from reporting_stack.layout import SERVICES, Home, StackError
from reporting_stack.stack import Stack
from reporting_stack.status import opened
from reporting_stack.up import Progress, up

# To the last moment no event is lost; those of this span are told again, in case a consumer's own work was.
TOLD_AGAIN = timedelta(hours=2)
_READY = "UPDATE outbox SET published_at = NULL WHERE recorded_at >= $1 AND published_at IS NOT NULL"


@dataclass(slots=True)
class Told:
    """What a restore did, for who asked and for the drills."""

    recovered: Recovered
    seconds: float
    events: int = 0
    files: int = 0


def restore(home: Home, to: datetime | None) -> Told:
    stack = opened(home)
    settings, progress = stack.backup.settings(), Progress()
    known = incident.record(home, "restore")
    progress.say("clock", known.clock(datetime.now(UTC)))
    opener = Opener(settings.identity)
    ended = down(home)
    progress.say("stack", f"stopped, {ended} processes")
    try:
        recovered, events = _rebuild(stack, settings, opener, to, progress)
        files = _belongings(settings, opener, progress)
    except BackupError as error:
        raise StackError(str(error)) from error
    if to is not None:
        progress.say("nats", f"its store is at {aside(home.data / 'nats')}; the outbox fills it again")
    os.environ["HISTORY"] = "no"
    up(home, None)
    seconds = progress.elapsed()
    progress.say("clock", known.clock(datetime.now(UTC)))
    progress.say("stack", f"restored in {seconds:.0f} s")
    incident.close(home)
    return Told(recovered, seconds, events, files)


def _rebuild(
    stack: Stack, settings: Settings, opener: Opener, to: datetime | None, progress: Progress
) -> tuple[Recovered, int]:
    sealer = Sealer(settings.recipients)
    for place in settings.receivers.values():
        Wal(place).close(sealer)
    found = plan(settings, opener, to)
    progress.say("plan", described(found))
    target = stack.postgres.data
    before = aside(target)
    progress.say(
        "postgres", f"what was there is at {before}" if before else "nothing was left of the old data"
    )
    with State(settings.work).alone():
        build(settings, opener, found, target)
        progress.say("postgres", "bases put together, every file as its manifest says")
        since = (
            datetime.now(UTC) - timedelta(days=reconcile.STREAM_DAYS)
            if to
            else found.chain[-1].ended_at - TOLD_AGAIN
        )
        ready: dict[str, Ready] = {}

        async def make_ready(server: Server) -> None:
            for service in SERVICES:
                ready[service] = await make_service_ready(server, service, since)

        recovered = Recovery(settings, target).to(found, opener, make_ready)
    events = sum(one.events for one in ready.values())
    if to:
        left = sum(_set_apart_later_seals(stack.home, name, one.seals) for name, one in ready.items())
        progress.say("audit", f"{left} seals of after the moment set apart beside the others")
    last = f"{recovered.last_change_at:%FT%T.%fZ}" if recovered.last_change_at else "the base's end"
    progress.say(
        "postgres", f"last change {last}, timeline {recovered.timeline}; {events} events to tell again"
    )
    return recovered, events


@dataclass(frozen=True, slots=True)
class Ready:
    """A service's database before its service starts on it."""

    events: int
    seals: int
    """The number of its last seal; seals kept outside beyond it are of a future that is no more."""


async def make_service_ready(server: Server, service: str, since: datetime) -> Ready:
    connection = await server.connect(service)
    try:
        await connection.execute("UPDATE epoch SET value = value + 1")
        done = await connection.execute(_READY, since)
        seals = await connection.fetchval("SELECT coalesce(max(number), 0) FROM audit_seal")
        return Ready(int(done.split()[-1]), int(seals))
    finally:
        await connection.close()


def _set_apart_later_seals(home: Home, service: str, last: int) -> int:
    """After going back to a chosen moment: kept beside, so that the auditor sees what was left, and why."""
    file = home.data / "seals" / service / f"{service}.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.is_file() else []
    later = [line for line in lines if json.loads(line)["number"] > last]
    if later:
        left = file.with_name(f"{service}.left-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl")
        write_private(left, "".join(later))
        write_private(file, "".join(line for line in lines if line not in later))
    return len(later)


def _belongings(settings: Settings, opener: Opener, progress: Progress) -> int:
    places = list(settings.receivers.values())
    files = belongings.put_back(places, settings.buckets, opener)
    newest = belongings.newest_material(places)
    material = belongings.unpack_missing(newest, settings.material, opener) if newest else 0
    progress.say("files", f"{files} files and {material} pieces of material put back")
    return files


def aside(path: Path) -> Path | None:
    """Out of the way under the moment's name; None if there was nothing."""
    target = path.resolve()
    if not target.exists() or not any(target.iterdir()):
        return None
    moved = target.with_name(f"{target.name}-before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    target.rename(moved)
    return moved
