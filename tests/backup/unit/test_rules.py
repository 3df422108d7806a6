"""What is kept, what is missing, what leads where: on names and dates alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reporting_backup import catalogue, retention, wal
from reporting_backup.belongings import pack
from reporting_backup.catalogue import Base
from reporting_backup.plan import ways
from reporting_backup.settings import BackupError, Listening, Settings
from reporting_backup.state import Numbers, State
from reporting_stack import incident, layout, reconcile
from reporting_stack.files import write_json

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def a_base(
    name: str, days_old: float, *, parent: str | None = None, timeline: int = 1, lsn: str = "0/3000000"
) -> Base:
    ended = NOW - timedelta(days=days_old)
    segment = wal.segment_at(timeline, lsn)
    return Base(name, parent, ended - timedelta(minutes=1), ended, timeline, lsn, lsn, segment, {})


def test_enough_is_kept_to_go_back_to_any_moment_of_the_span() -> None:
    bases = [
        a_base("f1", 60), a_base("f2", 40), a_base("i2", 39, parent="f2"), a_base("f3", 20), a_base("f4", 1),
    ]  # fmt: skip
    assert [base.id for base in retention.kept(bases, NOW, 35)] == ["f2", "i2", "f3", "f4"]
    assert [base.id for base in retention.kept(bases, NOW, 0.5)] == ["f4"]


def test_the_newest_chain_is_never_removed_and_an_increment_without_its_base_is_none() -> None:
    old = [a_base("f1", 300), a_base("i1", 299, parent="f1"), a_base("lost", 298, parent="gone")]
    assert [base.id for base in retention.kept(old, NOW, 35)] == ["f1", "i1"]
    assert retention.kept([], NOW, 35) == []


def test_a_chain_leads_to_a_moment_without_passing_it() -> None:
    bases = [a_base("f", 10), a_base("i", 5, parent="f"), a_base("g", 1)]
    assert [base.id for base in catalogue.chain_to(bases, None)] == ["g"]
    assert [base.id for base in catalogue.chain_to(bases, NOW - timedelta(days=3))] == ["f", "i"]
    with pytest.raises(BackupError, match="oldest ended"):
        catalogue.chain_to(bases, NOW - timedelta(days=11))


def test_names_of_segments() -> None:
    assert wal.segment_at(1, "0/2000028") == "000000010000000000000002"
    assert wal.segment_at(2, "1/FF000000") == "0000000200000001000000FF"
    assert wal.is_before("000000010000000000000009", "00000002000000000000000A")
    assert not wal.is_before("00000002.history", "00000002000000000000000A")


def test_a_gap_in_the_log_is_named() -> None:
    there = ["0000000100000000000000FE", "000000010000000100000000", "000000010000000100000001"]
    assert wal.gaps(there, 1, there[0]) == ["0000000100000000000000FF"]
    assert wal.gaps(there, 1, there[1]) == []
    assert wal.gaps(["000000020000000100000002"], 1, there[1]) == []


def test_a_base_of_a_way_that_was_left_leads_nowhere() -> None:
    known = ways(3, "1\t0/5000000\tbefore 2026-11-25\n2\t0/7000000\tno recovery target specified\n")
    assert known.leads_on(a_base("a", 1, timeline=1, lsn="0/4000000"))
    assert not known.leads_on(a_base("b", 1, timeline=1, lsn="0/6000000"))
    assert known.leads_on(a_base("c", 1, timeline=3, lsn="0/9000000"))
    assert not ways(3, "1\t0/5000000\tx\n").leads_on(a_base("d", 1, timeline=2, lsn="0/5500000"))


def test_how_far_an_unfinished_segment_goes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a" * 70_000 + bytes(100_000))
    assert wal.written(path) == 70_000
    path.write_bytes(bytes(70_000))
    assert wal.written(path) == 0


def test_a_description_comes_back_as_it_was_and_what_is_half_written_is_no_backup(tmp_path: Path) -> None:
    base = a_base("f", 1)
    catalogue.write(tmp_path, base)
    (tmp_path / "base" / "half").mkdir()
    assert catalogue.listed(tmp_path) == [base]


def test_the_same_material_is_packed_to_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder / "tokens").mkdir(parents=True)
        (tmp_path / folder / "tokens" / "a").write_bytes(b"key")
    assert pack({"m": tmp_path / "one"}) == pack({"m": tmp_path / "two"})
    (tmp_path / "two" / "tokens" / "a").write_bytes(b"new")
    assert pack({"m": tmp_path / "one"}) != pack({"m": tmp_path / "two"})


def test_a_moment_that_never_was_is_absent_from_the_numbers(tmp_path: Path) -> None:
    numbers, state = Numbers(), State(tmp_path)
    numbers.show(state.read())
    assert b"last_base_backup" not in numbers.text()

    state.note(base_backup=1_700_000_000.0)
    state.note(archived_wal=1_700_000_100.0)
    numbers.receivers.set(2)
    numbers.show(state.read())
    lines = numbers.text().decode().splitlines()
    assert "reporting_backup_last_base_backup_timestamp_seconds 1.7e+09" in lines
    assert "reporting_backup_last_archived_wal_timestamp_seconds 1.7000001e+09" in lines
    assert "reporting_backup_wal_receivers 2.0" in lines


def test_settings_come_back_from_their_file(tmp_path: Path) -> None:
    told = Settings(
        bin=tmp_path, host="127.0.0.1", port=1, user="backup", passfile=tmp_path / "p", receivers={"a": tmp_path / "a"},
        recipients=tmp_path / "r", work=tmp_path / "w",
        metrics=Listening(2, "0.0.0.0", (tmp_path / "c", tmp_path / "k")), run_as=["unshare"], owner=(1, 2), keep_days=7,
    )  # fmt: skip
    write_json(tmp_path / "settings.json", told.told())
    assert Settings.read(tmp_path / "settings.json") == told


def test_the_clock_of_four_hours_runs_from_the_first_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    home = layout.Home.named("mot")
    incident.record(home, "chết máy", NOW)
    assert incident.record(home, "again", NOW + timedelta(hours=1)).recorded_at == NOW
    known = incident.recorded(home)
    assert known is not None
    assert known.clock(NOW + timedelta(minutes=90)).startswith("1:30:00 since the incident was recorded")
    assert "2:30:00 left of 4 h" in known.clock(NOW + timedelta(minutes=90))
    assert "0:30:00 OVER" in known.clock(NOW + timedelta(hours=4, minutes=30))
    incident.close(home)
    assert incident.recorded(home) is None


def test_subjects_match_as_the_bus_does() -> None:
    assert reconcile.matches("reporting.submission.>", "reporting.submission.report.sent.v1")
    assert reconcile.matches("reporting.*.report.*.v1", "reporting.submission.report.sent.v1")
    assert not reconcile.matches("reporting.*.sent.v1", "reporting.submission.report.sent.v1")
