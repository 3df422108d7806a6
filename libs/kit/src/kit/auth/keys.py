"""The login's public keys: fetched, kept in the database, so a restart does not need the login."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import structlog
from joserfc.jwk import KeySet
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from kit.clock import utc_now
from kit.db.engine import Database
from kit.db.tables import KIT
from kit.errors import Unavailable
from kit.tls import Tls, client_context

log = structlog.get_logger(__name__)


class LoginKeys:
    """`keys()` is the last good set; an unknown key id asks again, at most every 10 seconds."""

    def __init__(self, url: str, database: Database, *, tls: Tls | None = None, every: float = 300) -> None:
        self._url = url
        self._verify = client_context(url, tls) or True
        self._database = database
        self._every = every
        self._keys: KeySet | None = None
        self._fetched = float("-inf")
        self._asked = float("-inf")
        self._lock = asyncio.Lock()

    async def keys(self, key_id: str | None = None) -> KeySet:
        if self._fits(key_id) and self._keys is not None:
            return self._keys
        async with self._lock:
            if not self._fits(key_id) and time.monotonic() - self._asked > 10:
                self._asked = time.monotonic()
                await self._refresh()
        if self._keys is None:
            raise Unavailable(
                "kit.auth.keys_missing",
                "Chưa kiểm tra được đăng nhập vì dịch vụ đăng nhập chưa trả lời.",
                remedy="Thử lại sau ít phút.",
            )
        return self._keys

    async def missing(self) -> str | None:
        """For readiness."""
        try:
            await self.keys()
        except Unavailable:
            return "dịch vụ đăng nhập chưa cho khóa công khai"
        return None

    def _fits(self, key_id: str | None) -> bool:
        if self._keys is None or time.monotonic() - self._fetched > self._every:
            return False
        return key_id is None or any(key.kid == key_id for key in self._keys.keys)

    async def _refresh(self) -> None:
        try:
            async with httpx.AsyncClient(timeout=5, verify=self._verify) as client:
                answer = await client.get(self._url)
                answer.raise_for_status()
                jwks: dict[str, Any] = answer.json()
            self._keys = _signing_keys(jwks)
            self._fetched = time.monotonic()
            await self._store(jwks)
        except (httpx.HTTPError, ValueError) as error:
            log.warning("login_keys_unreachable", error=str(error)[:200])
            if self._keys is None:
                await self._load()
            else:
                self._fetched = time.monotonic() - self._every + 30

    async def _store(self, jwks: dict[str, Any]) -> None:
        row = {"url": self._url, "jwks": jwks, "fetched_at": utc_now()}
        statement = insert(KIT.jwks_cache).values(row)
        async with self._database.sessions.begin() as session:
            await session.execute(statement.on_conflict_do_update(index_elements=["url"], set_=row))

    async def _load(self) -> None:
        async with self._database.sessions() as session:
            jwks = await session.scalar(
                select(KIT.jwks_cache.c.jwks).where(KIT.jwks_cache.c.url == self._url)
            )
        if jwks is not None:
            self._keys = _signing_keys(jwks)
            self._fetched = time.monotonic() - self._every + 30


def _signing_keys(jwks: dict[str, Any]) -> KeySet:
    usable = [key for key in jwks.get("keys", []) if key.get("use", "sig") == "sig"]
    if not usable:
        raise ValueError("no signing keys in the key set")
    return KeySet.import_key_set({"keys": usable})
