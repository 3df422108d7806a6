"""Form packages are signed with this service's own key; others' packages are checked with the keys trusted here.

Ed25519 as a detached JWS; a key is named by its thumbprint (RFC 7638), since every stack calls its key alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from catalog.domain.form_errors import PackageNotTrusted

ALGORITHM = "Ed25519"


class Ed25519Seal:
    """`trusted_file` is a JWKS; none: only packages of this very stack are taken in."""

    def __init__(self, key: Callable[[], OKPKey], trusted_file: Path | None = None) -> None:
        self._key = key
        self._trusted_file = trusted_file

    def sign(self, manifest: bytes) -> str:
        key = self._key()
        header = {"alg": ALGORITHM, "kid": key.thumbprint()}
        compact = jws.serialize_compact(header, manifest, key, algorithms=[ALGORITHM])
        return jws.detach_content(compact)

    def signer(self, signature: str, manifest: bytes) -> str:
        try:
            kid = str(jws.extract_compact(_attached(signature, manifest).encode()).headers().get("kid", ""))
            key = next((one for one in self._known() if one.thumbprint() == kid), None)
            if key is None:
                raise PackageNotTrusted("gói do một hệ thống chưa được tin cậy ký")
            jws.deserialize_compact(_attached(signature, manifest), key, algorithms=[ALGORITHM])
        except (JoseError, ValueError, AttributeError) as wrong:
            raise PackageNotTrusted("chữ ký không khớp với nội dung") from wrong
        return kid

    def _known(self) -> list[OKPKey]:
        own = [self._key()]
        if self._trusted_file is None:
            return own
        keys = KeySet.import_key_set(json.loads(self._trusted_file.read_text())).keys
        return own + [key for key in keys if isinstance(key, OKPKey)]


def _attached(signature: str, manifest: bytes) -> str:
    """The manifest put back between header and signature."""
    header, _, mark = signature.strip().split(".")
    from joserfc.util import urlsafe_b64encode

    return f"{header}.{urlsafe_b64encode(manifest).decode()}.{mark}"
