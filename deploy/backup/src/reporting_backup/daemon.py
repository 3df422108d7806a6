"""The backup as a process: seals what the receivers wrote, keeps bases fresh, tests the restore, tells its numbers."""

from __future__ import annotations

import logging
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from reporting_backup import catalogue, retention, watching
from reporting_backup.bases import BaseBackups
from reporting_backup.belongings import Belongings
from reporting_backup.sealing import Sealer
from reporting_backup.settings import Settings
from reporting_backup.state import Numbers, State
from reporting_backup.steps import Steps
from reporting_backup.tested import test_restore
from reporting_backup.wal import Wal

log = logging.getLogger(__name__)


class Daemon:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sealer = Sealer(settings.recipients)
        self.state = State(settings.work)
        self.bases = BaseBackups(settings, self._sealer, self.state)
        self.numbers = Numbers()
        self._wal = {name: Wal(place) for name, place in settings.receivers.items()}
        self._belongings = {
            name: Belongings(settings, place, self._sealer) for name, place in settings.receivers.items()
        }
        self._seen: watching.Seen | None = None
        self._steps = Steps(self.numbers.failures, {"watch": 2})

    def run(self) -> None:
        self.numbers.serve(self._settings.metrics)
        while True:
            self.round()
            time.sleep(self._settings.pause_seconds)

    def round(self) -> None:
        self._seen = None
        self._steps.done("watch", self._watch)
        if self._seen is None:
            self.numbers.receivers.set(0)
        # Now and not only at the end: a base backup may take its time.
        self.numbers.show(self.state.read())
        whole = []
        for name in self._settings.receivers:
            self._steps.done(f"wal {name}", lambda name=name: self._archive(name))  # type: ignore[misc]
            keep = self._belongings[name].keep
            whole.append(self._steps.done(f"files {name}", keep))
        if all(whole):
            self.state.note(files=time.time())
        if self._seen is not None:
            self._steps.done("base", self._base)
            self._steps.done("retention", self._forget)
            self._steps.done("test", self._test)
        self.numbers.show(self.state.read())

    def _watch(self) -> None:
        seen = watching.look(self._settings)
        self.numbers.receivers.set(len(seen.receivers))
        if seen.whole_at is not None:
            self.state.note(archived_wal=seen.whole_at)
        for slot in seen.lost:
            log.error(
                "the slot of %s was given up by the server: its log has a gap, a full backup follows", slot
            )
            self._wal[slot].close(self._sealer)
            self.state.note(base_timeline=None)
        self._seen = seen

    def _archive(self, name: str) -> None:
        self._wal[name].make()
        self._wal[name].archive(self._sealer)

    def _base(self) -> None:
        assert self._seen is not None
        state, now = self.state.read(), datetime.now(UTC)
        bases = catalogue.listed(next(iter(self._settings.receivers.values())))
        fulls = [base for base in bases if base.parent is None]
        # After a restore the log goes another way: a base of the new way makes the next restore short and simple.
        turned = state.get("base_timeline") != self._seen.timeline
        last_full = fulls[-1].ended_at if fulls else None
        if turned or retention.due(last_full, self._settings.full_every_hours, now):
            self.bases.take(full=True)
        elif retention.due(bases[-1].ended_at, self._settings.incremental_every_hours, now):
            self.bases.take(full=False)

    def _forget(self) -> None:
        for place in self._settings.receivers.values():
            forget(place, self._settings.keep_days)

    def _test(self) -> None:
        last = self.state.read().get("tested_restore")
        moment = datetime.fromtimestamp(last, UTC) if last else None
        if self._settings.identity and retention.due(
            moment, self._settings.test_every_hours, datetime.now(UTC)
        ):
            log.info("%s", test_restore(self._settings, self.state).words())


def forget(at: Path, keep_days: float) -> int:
    """Removes what retention lets go of, in one place. The number of things removed."""
    bases = catalogue.listed(at)
    kept = retention.kept(bases, datetime.now(UTC), keep_days)
    gone = [base for base in bases if base not in kept]
    for base in gone:
        # The description first: what is half removed is no backup any more.
        (at / "base" / base.id / catalogue.DESCRIPTION).unlink()
        shutil.rmtree(at / "base" / base.id)
    first = min((base.first_segment for base in kept), key=lambda name: name[8:], default=None)
    return len(gone) + (Wal(at).remove_before(first) if first else 0)
