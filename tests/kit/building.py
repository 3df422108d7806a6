"""Builders: they name only what matters to a test."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from google.protobuf.struct_pb2 import Struct
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey, RSAKey
from kit.auth import ServiceTokens
from kit.ids import new_id
from kit.outbox import OutboxEvent

ISSUER = "http://localhost:18000/auth/realms/reporting"
AUDIENCE = "reporting-api"


def a_struct(**values: Any) -> Struct:
    struct = Struct()
    struct.update(values)
    return struct


def an_event(aggregate_id: UUID | None = None, what: str = "made", **values: Any) -> OutboxEvent:
    subject = f"reporting.kit.thing.{what}.v1"
    return OutboxEvent(subject, aggregate_id or new_id(), None, a_struct(**values))


def service_tokens(folder: Path, *names: str) -> dict[str, ServiceTokens]:
    keys = {name: OKPKey.generate_key("Ed25519", {"kid": name}) for name in names}
    public = [key.as_dict(private=False) for key in keys.values()]
    jwks = folder / "services.json"
    jwks.write_text(json.dumps({"keys": public}))
    tokens = {}
    for name, key in keys.items():
        key_file = folder / f"{name}.json"
        key_file.write_text(json.dumps(key.as_dict(private=True)))
        tokens[name] = ServiceTokens(name, key_file, jwks)
    return tokens


class Login:
    """Plays the login's keys and tokens."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "login-1", "use": "sig"})

    async def keys(self, key_id: str | None = None) -> KeySet:
        return KeySet([self.key])

    async def missing(self) -> str | None:
        return None

    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self, account: UUID | None = None, *, key: Any = None, **changed: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": [AUDIENCE],
            "typ": "Bearer",
            "iat": now,
            "exp": now + 300,
            "account_id": str(account or new_id()),
        } | changed
        signing = key or self.key
        return jwt.encode({"alg": "RS256", "kid": "login-1"}, claims, signing)


async def eventually(condition: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    """Returns when it holds; fails after that many seconds."""
    async with asyncio.timeout(seconds):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.1)
