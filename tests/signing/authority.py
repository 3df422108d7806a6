"""A test authority with a time-stamp service, and tokens in a throw-away SoftHSM."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reporting_stack.tokens import SoftHsm, TokenRequest, ensure_tokens

DER = serialization.Encoding.DER


def a_pin() -> str:
    return f"{secrets.randbelow(10**8):08d}"


class Authority:
    def __init__(self, name: str = "CA kiểm thử") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(name)
        self.root = self._give(self.name, self.key.public_key(), authority=True)

    def issue(self, request: bytes, *, days: int = 365) -> bytes:
        """A certificate for a PKCS#10 request; `days` below zero gives one that has ended."""
        asked = x509.load_der_x509_csr(request)
        assert asked.is_signature_valid
        return self._give(asked.subject, asked.public_key(), days=days).public_bytes(DER)

    def timestamper(self) -> DummyTimeStamper:
        key = rsa.generate_private_key(65537, 2048)
        certificate = self._give(_name("TSA kiểm thử"), key.public_key(), stamps=True)
        plain = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        known = SimpleCertificateStore()
        known.register(as_asn1(self.root))
        return DummyTimeStamper(as_asn1(certificate), keys.PrivateKeyInfo.load(plain), certs_to_embed=known)

    def write(self, path: Path) -> Path:
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def _give(
        self,
        subject: x509.Name,
        public_key: Any,
        *,
        authority: bool = False,
        stamps: bool = False,
        days: int = 365,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        ends = now + timedelta(days=days)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(min(now, ends) - timedelta(days=1))
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(authority, None), True)
            .add_extension(
                x509.KeyUsage(
                    not authority, not (authority or stamps), False, False, False,
                    authority, authority, False, False,
                ),
                True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False)
        )  # fmt: skip
        if stamps:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, True)
        return builder.sign(self.key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(DER))


@contextmanager
def time_stamps(authority: Authority) -> Iterator[str]:
    """A TSA on this machine; gives its address."""
    stamper = authority.timestamper()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Keys:
    """Tokens of a test, made by the same code as those of the stack."""

    hsm: SoftHsm
    authority: Authority

    def make(self, label: str, name: str, *, days: int = 365) -> str:
        pin = a_pin()
        made = ensure_tokens(
            [TokenRequest(label, pin, name)], self.hsm, lambda csr: self.authority.issue(csr, days=days)
        )
        assert made == [label]
        return pin


@contextmanager
def softhsm(folder: Path, authority: Authority) -> Iterator[Keys]:
    before = os.environ.get("SOFTHSM2_CONF")
    hsm = SoftHsm(folder)
    hsm.make()
    os.environ["SOFTHSM2_CONF"] = str(hsm.configuration)
    try:
        yield Keys(hsm, authority)
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before
