"""Files and material where others keep PostgreSQL: in every place, sealed, put back when they are gone or changed."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from reporting_backup.files_only import FileKeeper, FileSettings, put_files_back
from reporting_backup.sealing import new_identity
from reporting_backup.settings import BackupError

SIGNED = b"%PDF-1.7 signed"
NAME = hashlib.sha256(SIGNED).hexdigest()


@pytest.fixture
def settings(tmp_path: Path) -> FileSettings:
    private, public = new_identity()
    (tmp_path / "recipients.txt").write_text(public)
    (tmp_path / "identity.txt").write_text(private)
    bucket = tmp_path / "signing" / NAME[:2]
    bucket.mkdir(parents=True)
    (bucket / NAME).write_bytes(SIGNED)
    # As Kubernetes mounts a Secret.
    told = tmp_path / "keys" / "..2026_11_26_09_00_00.1"
    told.mkdir(parents=True)
    (told / "signing.jwk.json").write_text("a key")
    (tmp_path / "keys" / "..data").symlink_to(told.name)
    (tmp_path / "keys" / "signing.jwk.json").symlink_to("..data/signing.jwk.json")
    file = tmp_path / "backup.json"
    places = {name: str(tmp_path / name) for name in ("here", "elsewhere")}
    file.write_text(json.dumps({
        "places": places, "recipients": str(tmp_path / "recipients.txt"), "metrics": {"port": 9187},
        "identity": str(tmp_path / "identity.txt"), "buckets": {"signing": str(tmp_path / "signing")},
        "material": {"keys": str(tmp_path / "keys")},
    }))  # fmt: skip
    return FileSettings.read(file)


def _kept(place: Path) -> set[str]:
    return {path.name for path in place.rglob("*") if path.is_file()}


def _moment(keeper: FileKeeper) -> str:
    lines = keeper.numbers.text().decode().splitlines()
    return next((line for line in lines if line.startswith("reporting_backup_last_files_timestamp")), "")


def test_every_place_gets_every_file_once_and_the_material_when_it_changed(settings: FileSettings) -> None:
    keeper = FileKeeper(settings)
    keeper.round()
    first = {name: _kept(place) for name, place in settings.places.items()}
    keeper.round()

    assert {name: _kept(place) for name, place in settings.places.items()} == first
    for names in first.values():
        assert {f"{NAME}.zst.age", "manifest"} <= names
        assert len([name for name in names if ".tar." in name]) == 1
    assert SIGNED not in b"".join(
        path.read_bytes() for path in settings.places["here"].rglob("*") if path.is_file()
    )
    assert _moment(keeper)
    assert b"wal_receivers" not in keeper.numbers.text()


def test_a_place_that_cannot_be_written_is_told_and_keeps_no_other_from_its_copy(
    settings: FileSettings,
) -> None:
    settings.places["elsewhere"].write_text("a file where a folder should be")
    keeper = FileKeeper(settings)

    keeper.round()

    assert f"{NAME}.zst.age" in _kept(settings.places["here"])
    assert _moment(keeper) == ""
    assert b'reporting_backup_failures_total{step="files"} 1.0' in keeper.numbers.text()


def test_files_that_are_gone_or_changed_are_put_back_from_whichever_place_is_left(
    settings: FileSettings,
) -> None:
    FileKeeper(settings).round()
    shutil.rmtree(settings.places["here"])
    file = settings.buckets["signing"] / NAME[:2] / NAME

    file.write_bytes(b"changed")
    assert put_files_back(settings) == 1
    file.unlink()
    assert put_files_back(settings) == 1
    assert file.read_bytes() == SIGNED
    assert put_files_back(settings) == 0


def test_without_the_private_key_nothing_is_put_back(settings: FileSettings) -> None:
    with pytest.raises(BackupError):
        put_files_back(replace(settings, identity=None))
