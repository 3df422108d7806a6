"""The database machine dies under load: everything acknowledged is there again, or everything up to a chosen moment."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from reporting_drill import checks
from reporting_drill.ground import Ground
from reporting_drill.load import Load

# Reports through their whole life before anything is broken, and seconds of work that follow.
FINISHED, WORKED_SECONDS = 3, 10


def lost(ground: Ground) -> None:
    """To the last moment: the ledger of what was acknowledged is held against the restored database."""
    load = ground.load()
    load.start()
    load.until(FINISHED)
    before = checks.counts(ground.stack)
    time.sleep(WORKED_SECONDS)
    killed = ground.kill_database_and_its_data()
    load.stop(1)
    sent = list(load.receipts)
    told = ground.restore()
    behind = (
        (killed - told.recovered.last_change_at).total_seconds() if told.recovered.last_change_at else None
    )
    ground.findings.check(
        "the last change restored is of the moment of death", behind is not None and behind < 5, f"{behind} s"
    )
    all_there(ground, load, before, sent)
    checks.told_twice_counts_once(ground.findings, ground.stack)


def chosen_moment(ground: Ground) -> None:
    """To a moment in the middle of the work: all of before, nothing of after; and the system goes on from there."""
    load = ground.load()
    load.start()
    load.until(FINISHED)
    before = checks.counts(ground.stack)
    time.sleep(WORKED_SECONDS / 2)
    moment = datetime.now(UTC)
    sent = list(load.receipts)
    time.sleep(WORKED_SECONDS / 2)
    # A commit after the moment, so that the log is known to reach it.
    load.stop()
    load.one()
    ground.kill_database_and_its_data()
    told = ground.restore(moment)
    last = told.recovered.last_change_at
    ground.findings.check("nothing is newer than the moment", last is None or last <= moment, last)
    after = load.ledger.sent_after(moment)
    there = len(after) - len(checks.without(ground.stack, after))
    ground.findings.check(
        f"of {len(after)} writes sent after the moment none is there", bool(after) and there == 0, there
    )
    all_there(ground, load, before, sent, until=moment)


def all_there(
    ground: Ground, load: Load, before: dict[str, int], sent: list[str], until: datetime | None = None
) -> None:
    """Every acknowledged write, up to the moment if one is given, and a system that works."""
    findings, stack = ground.findings, ground.stack
    entries = load.ledger.until(until) if until else load.ledger.all()
    checks.acknowledged(findings, stack, entries)
    less = checks.fewer(before, checks.counts(stack))
    findings.check(f"no table of {len(before)} has fewer rows than before", not less, less or "")
    checks.receipts(findings, load, sent)
    checks.signed_files(findings, stack)
    checks.events_told(findings, stack)
    load.office.people.clear()
    load.one()
    findings.check("a whole report goes its way again", True)
    checks.events_told(findings, stack)
    checks.audit(findings, stack)
