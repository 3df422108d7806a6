"""The test authority: a root, a certificate for time stamps, and one for each token that signs.

It stands for the Government's own authority on one machine. Its addresses for revocation are served by
sinks/trust.py; every certificate it gave is kept, so that its state can be told.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from reporting_stack.files import write_private
from reporting_stack.layout import Home, StackError
from reporting_stack.ports import Ports

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
AUTHORITY = "CA thử nghiệm – Hệ thống thông tin báo cáo"
YEAR = timedelta(days=365)
SIGNERS_DAYS = 5 * 365


@dataclass(frozen=True, slots=True)
class Trust:
    home: Home
    ports: Ports

    @property
    def folder(self) -> Path:
        return self.home.secrets / "authority"

    @property
    def root_file(self) -> Path:
        return self.home.config / "trust.pem"

    @property
    def issued(self) -> Path:
        """Every certificate given, by serial number; `.revoked` beside one that no longer holds."""
        return self.home.data / "certificates"

    @property
    def tokens(self) -> Path:
        return self.home.data / "tokens"

    @property
    def token_settings(self) -> Path:
        return self.home.data / "softhsm2.conf"

    @staticmethod
    def module() -> Path:
        for path in MODULES:
            if Path(path).is_file():
                return Path(path)
        raise StackError("SoftHSM isn't installed: run `make setup` (Debian package softhsm2)")

    def prepare(self) -> None:
        """Makes the authority and the token folder once."""
        self.tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.issued.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(
            self.token_settings,
            f"directories.tokendir = {self.tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
            "slots.removable = false\nslots.mechanisms = ALL\n",
        )
        if not (self.folder / "root.key").is_file():
            self._make_root()
        if not (self.folder / "tsa.key").is_file():
            key = rsa.generate_private_key(65537, 3072)
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA thử nghiệm")])
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            certificate = self._sign(name, key.public_key(), usage=usage, digital_only=True)
            self._keep("tsa", key, certificate)

    def _make_root(self) -> None:
        key = rsa.generate_private_key(65537, 3072)
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Chỉ dùng để thử nghiệm"),
                x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY),
            ]
        )
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + 20 * YEAR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        self._keep("root", key, certificate)
        write_private(self.root_file, certificate.public_bytes(serialization.Encoding.PEM))

    def _keep(self, name: str, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
        plain = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_private(self.folder / f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM))
        write_private(self.folder / f"{name}.key", plain)

    def certificate(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.folder / f"{name}.pem").read_bytes())

    def key(self, name: str) -> rsa.RSAPrivateKey:
        key = serialization.load_pem_private_key((self.folder / f"{name}.key").read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise StackError(f"{name}.key isn't an RSA key")
        return key

    def issue(self, common_name: str, public_key: CertificatePublicKeyTypes, *, organisation: str | None = None,
              email: str | None = None, days: int = SIGNERS_DAYS) -> x509.Certificate:  # fmt: skip
        """A certificate for whoever signs documents with this key."""
        parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
        if organisation:
            parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]))
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]))
        return self._sign(x509.Name(parts), public_key, email=email, days=days)

    def _sign(
        self,
        subject: x509.Name,
        public_key: CertificatePublicKeyTypes,
        *,
        usage: x509.ExtendedKeyUsage | None = None,
        digital_only: bool = False,
        email: str | None = None,
        days: int = 10 * 365,
    ) -> x509.Certificate:
        root, root_key = self.certificate("root"), self.key("root")
        now = datetime.now(UTC)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        revocation = [
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _address(self.ports, "/ocsp")),
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS, _address(self.ports, "/root.cer")
            ),
        ]
        lists = [x509.DistributionPoint([_address(self.ports, "/root.crl")], None, None, None)]
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root.subject)
            .public_key(public_key)
            .serial_number(secrets.randbits(152))
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(commits=not digital_only), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
            .add_extension(authority, critical=False)
            .add_extension(x509.AuthorityInformationAccess(revocation), critical=False)
            .add_extension(x509.CRLDistributionPoints(lists), critical=False)
        )
        if usage:
            builder = builder.add_extension(usage, critical=True)
        if email:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False
            )
        certificate = builder.sign(root_key, hashes.SHA256())
        name = f"{certificate.serial_number:x}.pem"
        write_private(self.issued / name, certificate.public_bytes(serialization.Encoding.PEM))
        return certificate


def _address(ports: Ports, path: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(f"{ports.trust_url}{path}")


def _usage(*, signs_certificates: bool = False, commits: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=commits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
