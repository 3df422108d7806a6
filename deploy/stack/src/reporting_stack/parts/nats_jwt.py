"""The signed claims of NATS' accounts: operator, accounts and users, as nsc would write them."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import time
from dataclasses import dataclass
from typing import Any

import nkeys

HEADER = {"typ": "JWT", "alg": "ed25519-nkey"}
UNLIMITED = -1


def new_seed(prefix: int) -> str:
    """The private half of a key; prefix is one of nkeys.PREFIX_BYTE_{OPERATOR,ACCOUNT,USER}."""
    return bytes(nkeys.encode_seed(os.urandom(32), prefix)).decode()


@dataclass(frozen=True, slots=True)
class Key:
    seed: str

    @property
    def pair(self) -> Any:
        return nkeys.from_seed(bytearray(self.seed.encode()))

    @property
    def public(self) -> str:
        return bytes(self.pair.public_key).decode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(claims: dict[str, Any], issuer: Key) -> str:
    body = {**claims, "iss": issuer.public, "iat": int(time.time())}
    digest = hashlib.new("sha512_256", json.dumps(body, separators=(",", ":")).encode()).digest()
    body["jti"] = base64.b32encode(digest).rstrip(b"=").decode()
    signed = ".".join(_encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (HEADER, body))
    return f"{signed}.{_encoded(bytes(issuer.pair.sign(signed.encode())))}"


def say_the_same(one: str, other: str) -> bool:
    """Apart from when each was signed."""

    def claims(token: str) -> dict[str, Any]:
        body = token.split(".")[1]
        read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return {name: value for name, value in read.items() if name not in ("iat", "jti")}

    return claims(one) == claims(other)


def operator(key: Key, system_account: str) -> str:
    nats = {"type": "operator", "version": 2, "system_account": system_account}
    return sign({"sub": key.public, "name": "reporting", "nats": nats}, key)


def account(
    key: Key,
    name: str,
    issuer: Key,
    *,
    disk_bytes: int = 0,
    memory_bytes: int = 0,
    exports: list[dict[str, Any]] | None = None,
    imports: list[dict[str, Any]] | None = None,
) -> str:
    limits: dict[str, Any] = {
        "subs": UNLIMITED,
        "data": UNLIMITED,
        "payload": UNLIMITED,
        "imports": UNLIMITED,
        "exports": UNLIMITED,
        "wildcards": True,
        "conn": UNLIMITED,
        "leaf": 0,
        "mem_storage": memory_bytes,
        "disk_storage": disk_bytes,
        "streams": UNLIMITED if disk_bytes else 0,
        "consumer": UNLIMITED if disk_bytes else 0,
    }
    nats = {
        "type": "account",
        "version": 2,
        "limits": limits,
        "exports": exports or [],
        "imports": imports or [],
        "default_permissions": {"pub": {}, "sub": {}},
    }
    return sign({"sub": key.public, "name": name, "nats": nats}, issuer)


def user(
    key: Key,
    name: str,
    issuer: Key,
    *,
    publish: list[str] | None = None,
    subscribe: list[str] | None = None,
) -> str:
    nats: dict[str, Any] = {
        "type": "user",
        "version": 2,
        "pub": {"allow": publish} if publish else {},
        "sub": {"allow": subscribe} if subscribe else {},
        "subs": UNLIMITED,
        "data": UNLIMITED,
        "payload": UNLIMITED,
    }
    return sign({"sub": key.public, "name": name, "nats": nats}, issuer)


def credentials_file(token: str, key: Key) -> str:
    return (
        f"-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{key.seed}\n------END USER NKEY SEED------\n"
    )
