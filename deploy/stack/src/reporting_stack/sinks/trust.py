"""The test authority over HTTP: time stamps (RFC 3161), state of certificates (OCSP) and the list of revoked ones."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import uvicorn
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reporting_stack.layout import Home
from reporting_stack.parts.pki import Trust
from reporting_stack.ports import recorded

DER = serialization.Encoding.DER
LIST_LIFE = timedelta(hours=24)
HASHES = {"sha256", "sha384", "sha512"}


class Authority:
    def __init__(self, trust: Trust) -> None:
        self.trust = trust
        self.root = trust.certificate("root")
        self.key = trust.key("root")
        tsa = asn1_x509.Certificate.load(trust.certificate("tsa").public_bytes(DER))
        root = asn1_x509.Certificate.load(self.root.public_bytes(DER))
        plain = trust.key("tsa").private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        chain = SimpleCertificateStore.from_certs([root])
        self.stamper = DummyTimeStamper(tsa, asn1_keys.PrivateKeyInfo.load(plain), chain)

    async def time_stamp(self, request: Request) -> Response:
        try:
            asked = tsp.TimeStampReq.load(await request.body(), strict=True)
            imprint = asked["message_imprint"]["hash_algorithm"]["algorithm"].native
        except (ValueError, TypeError, KeyError):
            return _refusal("bad_data_format")
        if imprint not in HASHES:
            return _refusal("bad_alg")
        answer = self.stamper.request_tsa_response(asked)
        return Response(answer.dump(), media_type="application/timestamp-reply")

    async def state(self, request: Request) -> Response:
        try:
            asked = ocsp.load_der_ocsp_request(await request.body())
        except ValueError:
            refusal = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
            return Response(refusal.public_bytes(DER), media_type="application/ocsp-response")
        path = self.trust.issued / f"{asked.serial_number:x}.pem"
        if not path.is_file():
            unknown = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
            return Response(unknown.public_bytes(DER), media_type="application/ocsp-response")
        revoked_at = self._revoked().get(asked.serial_number)
        now = datetime.now(UTC)
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=x509.load_pem_x509_certificate(path.read_bytes()),
            issuer=self.root,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=now - timedelta(minutes=1),
            next_update=now + timedelta(hours=1),
            revocation_time=revoked_at,
            revocation_reason=x509.ReasonFlags.unspecified if revoked_at else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root)
        try:
            nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce)
            builder = builder.add_extension(nonce.value, critical=False)
        except x509.ExtensionNotFound:
            pass
        answer = builder.sign(self.key, hashes.SHA256())
        return Response(answer.public_bytes(DER), media_type="application/ocsp-response")

    async def revoked_list(self, _: Request) -> Response:
        now = datetime.now(UTC)
        revoked = self._revoked()
        number = x509.CRLNumber(int(now.timestamp()))
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(now - timedelta(minutes=1))
            .next_update(now + LIST_LIFE)
            .add_extension(number, critical=False)
            .add_extension(authority, critical=False)
        )
        for serial, at in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        signed = builder.sign(self.key, hashes.SHA256())
        return Response(signed.public_bytes(DER), media_type="application/pkix-crl")

    async def root_certificate(self, _: Request) -> Response:
        return Response(self.root.public_bytes(DER), media_type="application/pkix-cert")

    def _revoked(self) -> dict[int, datetime]:
        """A file named after the serial number says since when the certificate no longer holds."""
        return {
            int(path.stem, 16): datetime.fromtimestamp(path.stat().st_mtime, UTC)
            for path in self.trust.issued.glob("*.revoked")
        }


def _refusal(reason: str) -> Response:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {reason}})
    return Response(tsp.TimeStampResp({"status": status}).dump(), media_type="application/timestamp-reply")


def application(trust: Trust) -> Starlette:
    authority = Authority(trust)
    return Starlette(
        routes=[
            Route("/tsa", authority.time_stamp, methods=["POST"]),
            Route("/ocsp", authority.state, methods=["POST"]),
            Route("/root.crl", authority.revoked_list),
            Route("/root.cer", authority.root_certificate),
        ]
    )


def main() -> None:
    home = Home.named(sys.argv[1])
    ports = recorded(home)
    if ports is None:
        raise SystemExit(f"the stack {home.name} was never up")
    app = application(Trust(home, ports))
    uvicorn.run(app, host="127.0.0.1", port=ports.trust, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
