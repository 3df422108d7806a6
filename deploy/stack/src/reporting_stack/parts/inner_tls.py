"""The authority of an installation and the certificates by which its parts know each other (kit.tls).

Made once and kept; when a certificate ends soon all are made anew by the same authority, so that none ends before those
that are watched (alert TlsCertificateEnding). It certifies parts of one installation to each other and nothing else: the
public name has a certificate from elsewhere (parts/pki.py: signers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from reporting_stack.files import write_private

_AUTHORITY_DAYS = 3650
_DAYS = 397
_RENEWED_DAYS = 60
_PEM = serialization.Encoding.PEM


@dataclass(frozen=True, slots=True)
class InnerTls:
    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    def certificate(self, part: str) -> Path:
        return self.folder / f"{part}.pem"

    def key(self, part: str) -> Path:
        return self.folder / f"{part}.key"

    def prepare(self, parts: Mapping[str, Sequence[str]]) -> list[str]:
        """A pair for each part, valid for its host names. Which were made now: their holders must start again."""
        if not self.authority.is_file():
            self._make_authority()
        known = {part: self._known(part) for part in parts}
        soon = datetime.now(UTC) + timedelta(days=_RENEWED_DAYS)
        due = any(found is not None and found.not_valid_after_utc < soon for found in known.values())
        wanted = [part for part, names in parts.items() if due or _names(known[part]) != list(names)]
        for part in wanted:
            self._make(part, parts[part])
        return wanted

    def _known(self, part: str) -> x509.Certificate | None:
        path = self.certificate(part)
        if not path.is_file() or not self.key(part).is_file():
            return None
        return x509.load_pem_x509_certificate(path.read_bytes())

    def _make_authority(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _called("Hệ thống thông tin báo cáo – nội bộ")
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        made = (
            _begun(name, name, key.public_key(), _AUTHORITY_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(identifier, critical=False)
            .sign(key, hashes.SHA256())
        )
        self._keep("authority", made, key)

    def _make(self, part: str, names: Sequence[str]) -> None:
        root = x509.load_pem_x509_certificate(self.authority.read_bytes())
        root_key = serialization.load_pem_private_key(self.key("authority").read_bytes(), password=None)
        assert isinstance(root_key, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
        # Each is a server to some parts and a client to others.
        both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        made = (
            _begun(_called(part), root.subject, key.public_key(), _DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.ExtendedKeyUsage(both), critical=False)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
            .add_extension(issued_by, critical=False)
            .sign(root_key, hashes.SHA256())
        )
        self._keep(part, made, key)

    def _keep(self, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        plain = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        write_private(self.key(name), plain)
        write_private(self.certificate(name), certificate.public_bytes(_PEM))


def _names(found: x509.Certificate | None) -> list[str] | None:
    if found is None:
        return None
    known = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return known.get_values_for_type(x509.DNSName)


def _called(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(minutes=5)).not_valid_after(now + timedelta(days=days))
