"""What a service needs of a file store; a folder here, an S3-compatible bucket in production."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import utc_now
from kit.db.tables import KIT


@dataclass(frozen=True, slots=True)
class FileRef:
    sha256: str
    size: int


class Bucket(Protocol):
    async def missing(self) -> str | None: ...

    async def put(self, data: bytes | AsyncIterator[bytes]) -> FileRef: ...

    def stream(self, sha256: str) -> AsyncIterator[bytes]: ...

    async def exists(self, sha256: str) -> bool: ...

    async def remove(self, sha256: str) -> None: ...

    def listed(self, before: datetime) -> AsyncIterator[str]: ...


class FileStore:
    """A bucket with the rows that name its files: what no row names is an orphan."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    async def put(self, data: bytes | AsyncIterator[bytes]) -> FileRef:
        """Durable when it returns; name it by `remember` in the same unit of work as its user."""
        return await self.bucket.put(data)

    async def remember(self, session: AsyncSession, ref: FileRef, media_type: str | None = None) -> None:
        statement = insert(KIT.stored_file).values(
            sha256=ref.sha256, size=ref.size, media_type=media_type, stored_at=utc_now()
        )
        await session.execute(statement.on_conflict_do_nothing())

    def stream(self, sha256: str) -> AsyncIterator[bytes]:
        return self.bucket.stream(sha256)

    async def read(self, sha256: str) -> bytes:
        return b"".join([part async for part in self.bucket.stream(sha256)])

    async def exists(self, sha256: str) -> bool:
        return await self.bucket.exists(sha256)
