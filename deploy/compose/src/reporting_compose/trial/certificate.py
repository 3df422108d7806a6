"""The certificate that an operator would ask an authority for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAYS = 2


def make_certificate(name: str, certificate: Path, key: Path) -> bytes:
    """Of this host name, by an authority that is forgotten at once; the authority's own certificate, in PEM."""
    root_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _begun("CA", "CA", root_key.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    authority = root.add_extension(identifier, critical=False).sign(root_key, hashes.SHA256())
    named = x509.SubjectAlternativeName([x509.DNSName(name)])
    known = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    own = _begun(name, "CA", own_key.public_key()).add_extension(named, critical=False)
    signed = own.add_extension(known, critical=False).sign(root_key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    certificate.write_bytes(signed.public_bytes(pem))
    key.touch(mode=0o600)
    key.write_bytes(
        own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return authority.public_bytes(pem)


def _begun(name: str, issuer: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called(issuer)).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(minutes=5)).not_valid_after(now + timedelta(days=_DAYS))
