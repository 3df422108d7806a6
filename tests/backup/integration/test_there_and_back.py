"""A cluster dies with its data; what was acknowledged is there again, at the last and at a chosen moment."""

import hashlib
import os
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reporting_backup import belongings, catalogue, watching
from reporting_backup.plan import plan
from reporting_backup.restore import Recovered, Recovery, Server, build
from reporting_backup.sealing import Opener, new_identity
from reporting_backup.settings import BackupError
from reporting_backup.state import State
from reporting_backup.tested import test_restore as restored_for_a_test
from reporting_backup.wal import Wal

from tests.backup.keeping import Kept, wait_until


def rows_after(kept: Kept, target: Path, moment: datetime | None) -> tuple[list[int], Recovered]:
    found: list[Any] = []

    async def look(server: Server) -> None:
        connection = await server.connect("postgres")
        found.extend(await connection.fetch("SELECT n FROM written ORDER BY n"))
        await connection.close()

    chosen = plan(kept.settings, kept.opener, moment)
    build(kept.settings, kept.opener, chosen, target)
    recovered = Recovery(kept.settings, target).to(chosen, kept.opener, look)
    return [row["n"] for row in found], recovered


@pytest.mark.requirement("DT-20.2")
def test_what_was_acknowledged_survives_the_cluster(kept: Kept, tmp_path: Path) -> None:
    kept.query("CREATE TABLE written (n int)", "SELECT 1")
    full = kept.bases.take(full=True)
    kept.query("INSERT INTO written SELECT generate_series(1, 1000)", "SELECT 1")
    part = kept.bases.take(full=False)
    kept.query("INSERT INTO written VALUES (1001)", "SELECT 1")
    moment = datetime.now(UTC)
    kept.query("INSERT INTO written VALUES (1002)", "SELECT 1")
    kept.end("receiver_a")
    kept.query("INSERT INTO written VALUES (1003)", "SELECT 1")

    assert (full.kind, part.kind, part.parent) == ("full", "incremental", full.id)
    assert part.size < full.size / 3
    kept.end("receiver_b")
    for place in kept.settings.receivers.values():
        Wal(place).close(kept.sealer)
        assert [base.id for base in catalogue.listed(place)] == [full.id, part.id]

    last, recovered = rows_after(kept, tmp_path / "last", None)
    then, _ = rows_after(kept, tmp_path / "then", moment)
    assert last == list(range(1, 1004))
    assert then == list(range(1, 1002))
    assert recovered.timeline == 2
    # Only one place is left, the one that was behind: it still leads to where it came.
    shutil.rmtree(kept.settings.receivers["receiver_b"])
    behind, _ = rows_after(kept, tmp_path / "behind", None)
    assert behind == last[: len(behind)] and 1001 <= len(behind) <= 1002
    for name in ("receiver_a", "receiver_b"):
        kept.receive(name)


def test_a_commit_waits_for_one_receiver_and_stops_without_any(kept: Kept) -> None:
    wait_until(lambda: len(watching.look(kept.settings).receivers) == 2)
    kept.end("receiver_a")
    kept.query("CREATE TABLE waits (n int)", "SELECT 1")
    kept.end("receiver_b")
    wait_until(lambda: not watching.look(kept.settings).receivers)
    done = threading.Event()

    def insert() -> None:
        kept.query("INSERT INTO waits VALUES (1)", "SELECT 1")
        done.set()

    writer = threading.Thread(target=insert, daemon=True)
    writer.start()
    assert not done.wait(2)
    assert kept.query("SELECT n FROM waits") == []
    for name in ("receiver_a", "receiver_b"):
        kept.receive(name)
    assert done.wait(30)
    wait_until(lambda: watching.look(kept.settings).whole_at is not None)


@pytest.mark.full
def test_a_restore_is_tested_beside_the_running_cluster(kept: Kept) -> None:
    kept.query("CREATE TABLE counted AS SELECT generate_series(1, 1500)", "SELECT 1")
    kept.bases.take(full=True)
    name = hashlib.sha256(b"signed").hexdigest()
    (kept.settings.buckets["signing"] / name[:2]).mkdir(exist_ok=True)
    (kept.settings.buckets["signing"] / name[:2] / name).write_bytes(b"signed")
    for place in kept.settings.receivers.values():
        belongings.Belongings(kept.settings, place, kept.sealer).keep()
    state = State(kept.settings.work)

    verdict = restored_for_a_test(kept.settings, state)

    assert verdict.files == 2
    assert verdict.rows["postgres"] >= 1500
    assert "tested_restore" in state.read()
    assert not (kept.settings.work / "tested").exists()


def test_a_file_that_is_gone_or_changed_is_put_back(kept: Kept) -> None:
    bucket = kept.settings.buckets["signing"]
    name = hashlib.sha256(b"another").hexdigest()
    (bucket / name[:2]).mkdir(exist_ok=True)
    path = bucket / name[:2] / name
    path.write_bytes(b"another")
    places = list(kept.settings.receivers.values())
    belongings.Belongings(kept.settings, places[1], kept.sealer).keep()
    path.write_bytes(b"changed")
    # What no longer is what its name says doesn't go over what is kept of it.
    belongings.Belongings(kept.settings, places[0], kept.sealer).keep()

    assert f"signing/{name}" not in belongings.read_manifest(places[0])
    assert belongings.put_back(places, kept.settings.buckets, kept.opener) == 1
    assert path.read_bytes() == b"another"


def test_a_changed_byte_or_another_key_opens_nothing(kept: Kept, tmp_path: Path) -> None:
    sealed = tmp_path / "x.zst.age"
    (tmp_path / "x").write_bytes(os.urandom(200_000))
    kept.sealer.seal_file(tmp_path / "x", sealed)
    (tmp_path / "other").write_text(new_identity()[0])
    with pytest.raises(BackupError):
        Opener(tmp_path / "other").open_to(sealed, tmp_path / "y")
    data = bytearray(sealed.read_bytes())
    data[len(data) // 2] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(BackupError):
        kept.opener.open_to(sealed, tmp_path / "y")
    sealed.write_bytes(bytes(data[: len(data) // 2]))
    with pytest.raises(BackupError):
        kept.opener.open_to(sealed, tmp_path / "y")
    assert not (tmp_path / "y").exists()
