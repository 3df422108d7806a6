"""A call between services carries the caller's own token: who calls, whom, on whose behalf.

Ed25519, at most 60 seconds, checked offline with the public keys of all services. A key's id is the
service's name, and after a change of keys `name.2`, `name.3`. Files are read again when they change, so
keys are changed while everything runs: the new public key first, then the private one; the old public
key stays, marked `"retired": true`: it opens no door and still proves the seals made with it.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
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
class _Public:
    key_id: str
    key: OKPKey
    retired: bool

    @property
    def service(self) -> str:
        return _owner(self.key_id)


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
        self._key: tuple[float, OKPKey] | None = None
        self._public: tuple[float, list[_Public]] | None = None
        self._minted: dict[tuple[str, Actor], tuple[float, str]] = {}

    def mint(self, audience: str, actor: Actor) -> str:
        now = time.time()
        key = self.key()
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
        header = {"alg": _ALGORITHM, "kid": key.kid or self.service, "typ": "JWT"}
        token = jwt.encode(header, claims, key, algorithms=[_ALGORITHM])
        self._minted[audience, actor] = (now, token)
        return token

    def verify(self, token: str) -> Peer:
        try:
            key_id = str(extract_compact(token.encode()).headers().get("kid", ""))
            claims = jwt.decode(token, self._peer_key(key_id), algorithms=[_ALGORITHM]).claims
        except (JoseError, ValueError, AttributeError) as error:
            raise token_refused("chữ ký của dịch vụ không đúng") from error
        now = time.time()
        expires, issued = claims.get("exp"), claims.get("iat")
        if not isinstance(expires, int) or not isinstance(issued, int):
            raise token_refused("thiếu thời hạn")
        caller = _owner(key_id)
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
        """This service's own key, as its file has it now."""
        changed = self._key_file.stat().st_mtime
        if self._key is None or self._key[0] != changed:
            self._key = (changed, OKPKey.import_key(json.loads(self._key_file.read_text())))
            self._minted.clear()
        return self._key[1]

    def own_keys(self) -> list[OKPKey]:
        """The present key and every public one this service had before: what its seals were made with."""
        return [self.key(), *(one.key for one in self._known() if one.service == self.service)]

    def _peer_key(self, key_id: str) -> OKPKey:
        for one in self._known():
            if one.key_id == key_id and not one.retired:
                return one.key
        raise token_refused("dịch vụ gọi không được biết")

    def _known(self) -> list[_Public]:
        changed = self._jwks_file.stat().st_mtime
        if self._public is None or self._public[0] != changed:
            told = json.loads(self._jwks_file.read_text())["keys"]
            keys = [
                _Public(str(one["kid"]), OKPKey.import_key(one), bool(one.get("retired"))) for one in told
            ]
            self._public = (changed, keys)
        return self._public[1]


def _owner(key_id: str) -> str:
    return key_id.partition(".")[0]
