"""PAdES signatures with a time stamp (level B-T): the key stays in its token, the time comes from the authority."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from functools import cache

import aiohttp
from asn1crypto import tsp, x509
from opentelemetry import trace
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.adapters.pades import form
from signing.adapters.pades.marks import Marks
from signing.adapters.tokens.client import TokenModule, TokenSession
from signing.adapters.tokens.listing import common_name
from signing.adapters.trust import TrustAnchors
from signing.application.ports import Signed, SignOrder
from signing.domain.errors import CertificateUnusable, TimeStampUnavailable
from signing.domain.states import SignerRole

tracer = trace.get_tracer(__name__)

_FIELDS = {SignerRole.LEADER: form.LEADER, SignerRole.AGENCY: form.AGENCY}
_REASONS = {SignerRole.LEADER: "Ký ban hành báo cáo", SignerRole.AGENCY: "Phát hành văn bản của cơ quan"}


@dataclass(frozen=True, slots=True)
class PadesSigner:
    tokens: TokenModule
    trust: TrustAnchors
    marks: Marks
    timestamp_url: str

    async def sign(self, pdf: bytes, order: SignOrder) -> Signed:
        return await asyncio.to_thread(self._sign, pdf, order)

    def _sign(self, pdf: bytes, order: SignOrder) -> Signed:
        with tracer.start_as_current_span(f"sign {order.role.value}"), self.tokens.session() as session:
            certificate = session.open(order.label, order.pin, order.whose)
            if problem := self.trust.problem_of(certificate):
                raise CertificateUnusable(problem)
            signer = _TokenSigner(session, certificate, self.trust)
            return Signed(
                pdf=self._embed(pdf, order, signer),
                certificate_serial=f"{certificate.serial_number:x}",
                certificate_subject=common_name(certificate.subject),
                certificate_issuer=common_name(certificate.issuer),
                certificate_ends_at=certificate.not_valid_after,
            )

    def _embed(self, pdf: bytes, order: SignOrder, signer: signers.Signer) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        name = _FIELDS[order.role]
        box = form.field_box(writer, name)
        assert box is not None
        form.fill(writer, self.marks, order.lines)
        first = not writer.prev.embedded_signatures
        # The first signature certifies the document: after it only reserved places may change.
        metadata = signers.PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=first,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES if order.last else fields.MDPPerm.FILL_FORMS,
            reason=_REASONS[order.role],
            location=order.place_name or None,
            name=order.whose,
        )
        stamp = self.marks.stamp(order.role.value, box, [*order.stamp])
        pdf_signer = signers.PdfSigner(
            metadata, signer, timestamper=_timestamper(self.timestamp_url), stamp_style=stamp
        )
        try:
            signed = asyncio.run(pdf_signer.async_sign_pdf(writer))
        except (TimestampRequestError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TimeStampUnavailable() from error
        return bytes(signed.getvalue())


@cache
def _timestamper(url: str) -> TimeStamper:
    """Kept, since it remembers how large an answer of this service is and need not ask again."""
    return _TracedTimeStamper(url, timeout=8)


class _TracedTimeStamper(HTTPTimeStamper):
    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        with tracer.start_as_current_span("time stamp", kind=trace.SpanKind.CLIENT):
            return await super().async_request_tsa_response(req)


class _TokenSigner(signers.Signer):
    """pyHanko builds the signature's structure; the token signs its digest."""

    def __init__(self, session: TokenSession, certificate: x509.Certificate, trust: TrustAnchors) -> None:
        known = SimpleCertificateStore()
        known.register_multiple(trust.anchors)
        super().__init__(signing_cert=certificate, cert_registry=known)
        self._session = session

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        assert digest_algorithm == "sha256"
        if dry_run:
            return bytes(512)
        return self._session.sign(data)
