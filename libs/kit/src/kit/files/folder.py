"""A folder as a bucket: temporary file, sync, rename, sync of the folder; so a crash leaves
either the whole file under its name or a temporary one that the sweep removes."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from kit.errors import NotFound, Unavailable
from kit.files.store import FileRef
from kit.ids import new_id

_NAME = re.compile(r"[0-9a-f]{64}")
_PART = 256 * 1024


class FolderStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def missing(self) -> str | None:
        """Why nothing can be kept there, for the readiness of a service."""
        try:
            await asyncio.to_thread(self._incoming)
        except OSError as error:
            return f"kho tệp không ghi được: {error.strerror}"
        return None

    async def put(self, data: bytes | AsyncIterator[bytes]) -> FileRef:
        try:
            return await self._put(data)
        except (ConnectionError, TimeoutError):
            # Of who sends the content, not of the disk.
            raise
        except OSError as error:
            raise _not_kept(error) from error

    async def _put(self, data: bytes | AsyncIterator[bytes]) -> FileRef:
        temporary = await asyncio.to_thread(self._incoming) / str(new_id())
        digest = hashlib.sha256()
        size = 0
        handle = await asyncio.to_thread(temporary.open, "wb")
        try:
            async for part in _parts(data):
                digest.update(part)
                size += len(part)
                await asyncio.to_thread(handle.write, part)
            await asyncio.to_thread(_sync, handle)
            ref = FileRef(digest.hexdigest(), size)
            await asyncio.to_thread(self._settle, temporary, ref)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        finally:
            handle.close()
        return ref

    async def stream(self, sha256: str) -> AsyncIterator[bytes]:
        try:
            handle = await asyncio.to_thread(self._path(sha256).open, "rb")
        except FileNotFoundError:
            raise NotFound(
                "kit.files.missing", "Không còn tệp này trong kho.", details={"sha256": sha256}
            ) from None
        try:
            while part := await asyncio.to_thread(handle.read, _PART):
                yield part
        finally:
            handle.close()

    async def exists(self, sha256: str) -> bool:
        return await asyncio.to_thread(self._path(sha256).exists)

    async def remove(self, sha256: str) -> None:
        await asyncio.to_thread(self._path(sha256).unlink, missing_ok=True)

    async def listed(self, before: datetime) -> AsyncIterator[str]:
        """Files, and left-over temporary ones are removed, last written before that moment."""
        for name in await asyncio.to_thread(self._older_than, before):
            yield name

    def _incoming(self) -> Path:
        folder = self._folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return folder

    def _older_than(self, before: datetime) -> list[str]:
        names = []
        for path in self._folder.glob("*/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) >= before:
                continue
            if path.parent.name == "incoming":
                path.unlink(missing_ok=True)
            elif _NAME.fullmatch(path.name):
                names.append(path.name)
        return names

    def _settle(self, temporary: Path, ref: FileRef) -> None:
        target = self._path(ref.sha256)
        new_folder = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        # Also when the content is there already: its time is renewed, so a sweep leaves it.
        temporary.replace(target)
        _sync_folder(target.parent)
        if new_folder:
            _sync_folder(self._folder)

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise NotFound("kit.files.bad_name", "Mã băm của tệp không đúng dạng.")
        return self._folder / sha256[:2] / sha256


def _not_kept(error: OSError) -> Unavailable:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return Unavailable(
        "kit.files.full" if full else "kit.files.not_kept",
        "Kho tệp đã đầy nên chưa lưu được tệp này."
        if full
        else "Kho tệp chưa ghi được nên chưa lưu được tệp này.",
        remedy="Tệp của bạn vẫn ở máy bạn: thử lại sau ít phút; nếu vẫn lỗi, báo bộ phận vận hành.",
        retry_after=30,
    )


async def _parts(data: bytes | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(data, bytes | bytearray | memoryview):
        yield bytes(data)
        return
    async for part in data:
        yield part


def _sync(handle: object) -> None:
    handle.flush()  # type: ignore[attr-defined]
    os.fsync(handle.fileno())  # type: ignore[attr-defined]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
