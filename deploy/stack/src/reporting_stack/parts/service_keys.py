"""The keys services prove themselves with to each other, and their change while everything runs.

A private key a service, and one file with the public keys of all. Each service reads both again when they
change (kit.auth.service_tokens).
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from reporting_stack.files import read_json, write_json
from reporting_stack.layout import Home

# A token lives 60 seconds at most, and clocks may differ by 5.
LAST_TOKEN_SECONDS = 65.0

Jwk = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    folder: Path
    public: Path

    @classmethod
    def of(cls, home: Home) -> ServiceKeys:
        return cls(home.secrets / "services", home.config / "services.jwks.json")

    def private(self, name: str) -> Path:
        return self.folder / f"{name}.jwk.json"

    def prepare(self, names: Iterable[str]) -> None:
        """Makes what is missing; keys of before stay known."""
        known = self._known()
        for name in names:
            if not self.private(name).is_file():
                write_json(self.private(name), _new_key(name))
            mine = _public_half(read_json(self.private(name)))
            known = [*(one for one in known if one["kid"] != mine["kid"]), mine]
        self._tell(known)

    def change(self, names: Sequence[str], *, wait: float = LAST_TOKEN_SECONDS) -> list[str]:
        """New keys for these services; nothing stops meanwhile. Gives the ids of the new keys.

        The public keys come first, so that the first token of a new key is known everywhere. The old ones
        are retired once no token of theirs can be in force; they stay to prove the seals made with them.
        """
        made = [_new_key(self._next_id(name)) for name in names]
        self._tell([*self._known(), *(_public_half(one) for one in made)])
        for name, key in zip(names, made, strict=True):
            write_json(self.private(name), key)
        time.sleep(wait)
        present = {one["kid"] for one in made}
        self._tell(
            [
                one if _owner(one) not in names or one["kid"] in present else {**one, "retired": True}
                for one in self._known()
            ]
        )
        return [str(one["kid"]) for one in made]

    def _next_id(self, name: str) -> str:
        """`catalog`, then `catalog.2`, `catalog.3`: an id is never used twice."""
        return f"{name}.{1 + sum(_owner(one) == name for one in self._known())}"

    def _known(self) -> list[Jwk]:
        return list(read_json(self.public, {"keys": []})["keys"])

    def _tell(self, keys: list[Jwk]) -> None:
        write_json(self.public, {"keys": keys})


def _owner(key: Jwk) -> str:
    return str(key["kid"]).partition(".")[0]


def _public_half(key: Jwk) -> Jwk:
    return {name: value for name, value in key.items() if name != "d"}


def _new_key(key_id: str) -> Jwk:
    def encoded(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    key = Ed25519PrivateKey.generate()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "Ed25519",
        "use": "sig",
        "kid": key_id,
        "x": encoded(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
        "d": encoded(key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())),
    }
