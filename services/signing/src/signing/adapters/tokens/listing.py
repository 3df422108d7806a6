"""The certificates that the tokens show, read again when the last reading is old."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from asn1crypto import x509

from signing.adapters.tokens.client import TokenModule
from signing.adapters.trust import TrustAnchors
from signing.application.ports import TokenCertificate


class TokenListing:
    def __init__(self, module: TokenModule, trust: TrustAnchors, seconds: float = 30) -> None:
        self._module = module
        self._trust = trust
        self._seconds = seconds
        self._read_at = 0.0
        self._found: Mapping[str, TokenCertificate] = {}
        self._lock = asyncio.Lock()

    async def certificates(self) -> Mapping[str, TokenCertificate]:
        async with self._lock:
            if time.monotonic() - self._read_at > self._seconds or not self._found:
                self._found = await asyncio.to_thread(self._read)
                self._read_at = time.monotonic()
            return self._found

    def _read(self) -> Mapping[str, TokenCertificate]:
        with self._module.session() as session:
            tokens = session.tokens()
        return {
            label: self._certificate(label, newest)
            for label, certificates in tokens
            if (newest := max(certificates, key=lambda one: one.not_valid_before, default=None))
        }

    def _certificate(self, label: str, found: x509.Certificate) -> TokenCertificate:
        problem = self._trust.problem_of(found)
        return TokenCertificate(
            label=label,
            subject=common_name(found.subject),
            issuer=common_name(found.issuer),
            serial=f"{found.serial_number:x}",
            valid_from=found.not_valid_before,
            valid_until=found.not_valid_after,
            trusted=not problem,
            problem=problem,
        )


def common_name(name: x509.Name) -> str:
    native = name.native
    return str(native.get("common_name") or name.human_friendly)
