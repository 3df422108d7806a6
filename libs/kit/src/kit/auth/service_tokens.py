"""A call between services carries the caller's own token: who calls, whom, on whose behalf.

Ed25519, at most 60 seconds, checked offline with the public keys of all services; the key's id
is the service's name.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jws import extract_compact

from kit.actor import Actor
from kit.auth.errors import token_expired, token_refused
from kit.ids import new_id

LONGEST = 60
_LIFETIME = 45
_REUSED = 20
_LEEWAY = 5
_ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class Peer:
    """Who called, and for whom."""

    service: str
    actor: Actor


class ServiceTokens:
    def __init__(self, service: str, key_file: Path, jwks_file: Path) -> None:
        self.service = service
        self._key_file = key_file
        self._jwks_file = jwks_file
        self._key: OKPKey | None = None
        self._peers: tuple[float, KeySet] | None = None
        self._minted: dict[tuple[str, Actor], tuple[float, str]] = {}

    def mint(self, audience: str, actor: Actor) -> str:
        now = time.time()
        kept = self._minted.get((audience, actor))
        if kept is not None and now - kept[0] < _REUSED:
            return kept[1]
        if len(self._minted) > 2000:
            self._minted.clear()
        claims: dict[str, Any] = {
            "iss": self.service,
            "aud": audience,
            "on_behalf_of": str(actor),
            "channel": actor.channel,
            "iat": int(now),
            "exp": int(now) + _LIFETIME,
            "jti": str(new_id()),
        }
        if actor.address:
            claims["address"] = actor.address
        header = {"alg": _ALGORITHM, "kid": self.service, "typ": "JWT"}
        token = jwt.encode(header, claims, self.key(), algorithms=[_ALGORITHM])
        self._minted[audience, actor] = (now, token)
        return token

    def verify(self, token: str) -> Peer:
        try:
            caller = str(extract_compact(token.encode()).headers().get("kid", ""))
            claims = jwt.decode(token, self._peer_key(caller), algorithms=[_ALGORITHM]).claims
        except (JoseError, ValueError, AttributeError) as error:
            raise token_refused("chữ ký của dịch vụ không đúng") from error
        now = time.time()
        expires, issued = claims.get("exp"), claims.get("iat")
        if not isinstance(expires, int) or not isinstance(issued, int):
            raise token_refused("thiếu thời hạn")
        if claims.get("iss") != caller:
            raise token_refused("dịch vụ gọi khác với khóa ký")
        if claims.get("aud") != self.service:
            raise token_refused("cấp cho dịch vụ khác")
        if expires - issued > LONGEST or issued - _LEEWAY > now:
            raise token_refused("thời hạn dài quá mức cho phép")
        if expires + _LEEWAY < now:
            raise token_expired()
        try:
            spoken = Actor.parse(str(claims["on_behalf_of"]), address=claims.get("address"))
        except (KeyError, ValueError) as error:
            raise token_refused("không nói thay mặt ai") from error
        channel = str(claims.get("channel", spoken.channel))
        return Peer(caller, Actor(spoken.account_id, spoken.system, spoken.address, channel))

    def key(self) -> OKPKey:
        if self._key is None:
            self._key = OKPKey.import_key(json.loads(self._key_file.read_text()))
        return self._key

    def _peer_key(self, caller: str) -> OKPKey:
        changed = self._jwks_file.stat().st_mtime
        if self._peers is None or self._peers[0] != changed:
            keys = KeySet.import_key_set(json.loads(self._jwks_file.read_text()))
            self._peers = (changed, keys)
        for key in self._peers[1].keys:
            if key.kid == caller and isinstance(key, OKPKey):
                return key
        raise token_refused("dịch vụ gọi không được biết")
