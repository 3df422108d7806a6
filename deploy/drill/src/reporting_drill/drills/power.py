"""The machine's power goes under load: what its disk was never told to keep is gone, and everything acknowledged is there."""

from __future__ import annotations

import time
from pathlib import Path

from reporting_drill import checks
from reporting_drill.disks import PoweredDisk, lying_on
from reporting_drill.drills.database import FINISHED, WORKED_SECONDS, all_there
from reporting_drill.ground import Ground

_DISK_MB = 12_000
"""Of a file that takes up only what is written."""
_UNFLUSHED = b"written, and never flushed" * 1000


def lost(ground: Ground) -> None:
    """All that the stack keeps lies on the disk; the places of its backup stand for other machines and stay as they are."""
    data, database = ground.home.data, ground.stack.postgres.data.resolve()
    folders = [data] if database.is_relative_to(data) else [data, database]
    disk = PoweredDisk(ground.home.root / "disk", _DISK_MB)
    ground.down()
    try:
        with lying_on(disk, folders):
            try:
                _cut(ground, disk, folders)
            finally:
                ground.down()
    finally:
        ground.up_again()


def _cut(ground: Ground, disk: PoweredDisk, folders: list[Path]) -> None:
    ground.up_again()
    load = ground.load()
    load.start()
    load.until(FINISHED)
    before = checks.counts(ground.stack)
    time.sleep(WORKED_SECONDS)
    unflushed = folders[0] / "unflushed"
    unflushed.write_bytes(_UNFLUSHED)
    # Asked for before: nothing can be read afterwards.
    living = ground.living()
    disk.lose_power()
    ground.kill(living)
    load.stop(1)
    sent = list(load.receipts)
    begun = time.monotonic()
    disk.power_back(folders)
    gone = not unflushed.exists() or unflushed.read_bytes() != _UNFLUSHED
    ground.findings.check("what nobody flushed is gone from the disk", gone)
    unflushed.unlink(missing_ok=True)
    ground.up_again()
    ground.seconds = time.monotonic() - begun
    all_there(ground, load, before, sent)
    checks.all_heard(ground.findings, ground.stack)
