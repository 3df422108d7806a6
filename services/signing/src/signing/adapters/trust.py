"""The authorities whose certificates are believed: signers', time stamps' and, on one machine, the test one's."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import ValidationContext


class TrustAnchors:
    """Read from the file when first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def anchors(self) -> tuple[x509.Certificate, ...]:
        parts = pem.unarmor(self._path.read_bytes(), multiple=True)
        return tuple(x509.Certificate.load(der) for _, _, der in parts)

    def context(self, *, fetch: bool, moment: datetime | None = None) -> ValidationContext:
        """Revocation is checked where the authority answers; its silence is told, not taken for a no."""
        return ValidationContext(
            trust_roots=[*self.anchors],
            allow_fetching=fetch,
            revocation_mode="soft-fail",
            moment=moment,
        )

    def problem_of(self, certificate: x509.Certificate) -> str:
        """Why a signer's certificate is no good now, in words; empty if it is good. Revocation aside."""
        now = datetime.now(UTC)
        if now < certificate.not_valid_before:
            return "chưa đến ngày có hiệu lực"
        if now > certificate.not_valid_after:
            return "đã hết hạn"
        usage = certificate.key_usage_value
        if usage is not None and not {"digital_signature", "non_repudiation"} & set(usage.native):
            return "không được cấp để ký số"
        ours = load_der_x509_certificate(certificate.dump())
        for anchor in self.anchors:
            try:
                ours.verify_directly_issued_by(load_der_x509_certificate(anchor.dump()))
            except (ValueError, TypeError, InvalidSignature):
                continue
            return ""
        return "không do tổ chức chứng thực được tin cậy cấp"
