"""Both receivers of the log are gone: nothing is acknowledged, people are told in words, and go on when one is back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from reporting_drill import checks
from reporting_drill.checks import eventually
from reporting_drill.ground import Ground

_GONE_SECONDS = 40
# A commit that was on its way when the receivers went may still have reached one.
_ON_ITS_WAY = timedelta(seconds=2)


def gone(ground: Ground) -> None:
    findings, load = ground.findings, ground.load()
    with ground.without("receiver_a"):
        load.one()
        findings.check("one receiver is enough", eventually(lambda: ground.receivers() == 1, 20))
    load.start()
    load.until(2)
    with ground.without("receiver_a", "receiver_b"):
        begun = datetime.now(UTC)
        seen = eventually(lambda: ground.metric("reporting_backup_wal_receivers") == 0, 20)
        findings.check("the number of receivers is 0: what the alert looks at", seen)
        time.sleep(_GONE_SECONDS)
        ended = datetime.now(UTC)
        reader = load.office.person(next(iter(load.office.people)))
        begun_reading = time.monotonic()
        reader.get("/api/submission/v1/tasks")
        findings.check("reading goes on", time.monotonic() - begun_reading < 5)
    back = time.monotonic()
    acknowledged = [e for e in load.ledger.all() if begun + _ON_ITS_WAY < e.acknowledged_at < ended]
    findings.check(
        "nothing was acknowledged meanwhile", not acknowledged, [e.request for e in acknowledged[:3]] or ""
    )
    told = [r for r in load.ledger.refusals if begun < r[0] < ended]
    in_words = [r for r in told if r[1:] == (503, "kit.database.not_kept")]
    findings.check("people were told so in words", bool(in_words), f"{len(in_words)} of {len(told)} refusals")
    findings.check("the receivers are back", eventually(lambda: ground.receivers() == 2, 60))
    before = load.finished
    went_on = eventually(lambda: load.finished > before, 180)
    ground.seconds = time.monotonic() - back
    findings.check("people went on with what they had in hand", went_on)
    load.stop()
    checks.acknowledged(findings, ground.stack, load.ledger.all())
    checks.events_told(findings, ground.stack)
