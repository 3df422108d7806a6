"""Files of this service's bucket, named in the transaction that uses them."""

from __future__ import annotations

from kit.files import FileStore
from sqlalchemy.ext.asyncio import AsyncSession


class BucketFiles:
    def __init__(self, session: AsyncSession, store: FileStore) -> None:
        self._session = session
        self._store = store

    async def put(self, data: bytes, media_type: str) -> str:
        ref = await self._store.put(data)
        await self._store.remember(self._session, ref, media_type)
        return ref.sha256
