import errno
import hashlib
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.clock import utc_now
from kit.errors import NotFound, Unavailable
from kit.files import FolderStore


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_is_found_under_the_hash_of_its_content(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)

    ref = await store.put(b"content")

    assert (ref.sha256, ref.size) == (hashlib.sha256(b"content").hexdigest(), 7)
    assert b"".join([part async for part in store.stream(ref.sha256)]) == b"content"


async def test_the_same_content_twice_is_one_file(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)

    first, second = await store.put(b"content"), await store.put(b"content")

    assert first == second
    assert len(_files(tmp_path)) == 1


async def test_a_stream_that_breaks_leaves_no_file(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"begun"
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        await FolderStore(tmp_path).put(broken())

    assert _files(tmp_path) == []


async def test_what_a_crash_left_half_written_is_never_seen_and_is_cleaned_up(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    ref = await store.put(b"whole")
    (tmp_path / "incoming" / "half-written").write_bytes(b"ha")

    listed = [name async for name in store.listed(utc_now() + timedelta(seconds=5))]

    assert listed == [ref.sha256]
    assert [path.name for path in _files(tmp_path)] == [ref.sha256]


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "0" * 63])
async def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        await FolderStore(tmp_path).remove(name)


async def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        async for _ in FolderStore(tmp_path).stream("0" * 64):
            pass


async def test_a_folder_nobody_may_write_is_named_before_a_file_comes(tmp_path: Path) -> None:
    blocked = tmp_path / "files"
    blocked.write_text("a file where the folder should be")

    told = await FolderStore(blocked).missing()

    assert told is not None and told.startswith("kho tệp không ghi được")
    assert await FolderStore(tmp_path / "other").missing() is None


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "kit.files.full"), (errno.EIO, "kit.files.not_kept")]
)
async def test_a_disk_that_takes_no_more_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def no_room(_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("kit.files.folder._sync", no_room)

    with pytest.raises(Unavailable) as refused:
        await FolderStore(tmp_path).put(b"content")

    assert (refused.value.code, refused.value.http_status) == (code, 503)
    assert _files(tmp_path) == []
