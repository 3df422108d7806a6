"""What a signed PDF proves, by pyHanko, said in Vietnamese: who, when, unchanged since, covering what."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kit.clock import VIETNAM
from opentelemetry import trace
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator.errors import PathError

from signing.adapters.tokens.listing import common_name
from signing.adapters.trust import TrustAnchors
from signing.application.ports import Verification
from signing.domain.errors import NotAPdf

tracer = trace.get_tracer(__name__)

MOST_SIGNATURES = 30
LARGEST_ATTACHMENT = 16 << 20
_BROKEN = (
    PdfError,
    SignatureValidationError,
    ValidationInfoReadingError,
    PathError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    AssertionError,
)


@dataclass(frozen=True, slots=True)
class PdfVerifier:
    trust: TrustAnchors
    seconds: float = 30

    @tracer.start_as_current_span("verify signatures")
    async def verify(self, pdf: bytes) -> Verification:
        try:
            async with asyncio.timeout(self.seconds):
                return await asyncio.to_thread(lambda: asyncio.run(self._verify(pdf)))
        except TimeoutError as error:
            raise NotAPdf("kiểm tra quá lâu, tệp có cấu trúc bất thường") from error

    async def _verify(self, pdf: bytes) -> Verification:
        reader, embedded = _opened(pdf)
        told = _attachment(reader)
        signatures = [await self._signature(one) for one in embedded]
        problems: list[str] = []
        if not signatures:
            problems.append("Tệp không có chữ ký số nào.")
        problems += [f"{one['signer']}: {one['verdict']}" for one in signatures if not one["valid"]]
        if signatures and not any(one["covers_file"] for one in signatures):
            problems.append("Sau chữ ký cuối cùng, tệp còn được bổ sung phần không được ký.")
        valid = not problems
        words = "; ".join(f"{one['signer']}: {one['verdict']}" for one in signatures)
        return Verification(
            valid=valid,
            document_sha256=hashlib.sha256(pdf).hexdigest(),
            summary=words or "Tệp không có chữ ký số nào.",
            signatures=tuple(signatures),
            report_id=str(told.get("report_id", "")),
            revision=int(told.get("revision", 0)),
            canonical_hash=str(told.get("canonical_hash", "")),
            problems=tuple(problems),
        )

    async def _signature(self, embedded: EmbeddedPdfSignature) -> dict[str, Any]:
        certificate = embedded.signer_cert
        # Addresses inside a certificate are asked only if a believed authority wrote them there.
        context = self.trust.context(fetch=not self.trust.problem_of(certificate))
        row: dict[str, Any] = {
            "field": embedded.field_name,
            "signer": common_name(certificate.subject),
            "issuer": common_name(certificate.issuer),
            "serial": f"{certificate.serial_number:x}",
            "valid": False,
            "covers_file": False,
            "intact": False,
            "trusted": False,
            "timestamped_at": None,
        }
        try:
            status = await async_validate_pdf_signature(embedded, context, context)
        except _BROKEN:
            return row | {"verdict": "Không đọc được chữ ký; tệp có thể đã bị sửa."}
        finally:
            await context.aclose()
        stamp = status.timestamp_validity
        stamped = bool(stamp and stamp.valid and stamp.intact and stamp.trusted)
        at = stamp.timestamp if stamp is not None and stamped else None
        valid = bool(status.bottom_line and stamped)
        return row | {
            "valid": valid,
            "intact": bool(status.intact and status.valid),
            "trusted": bool(status.trusted),
            "revoked": bool(status.revoked),
            "covers_file": status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
            "timestamped_at": at.isoformat().replace("+00:00", "Z") if at else None,
            "verdict": _words(status, valid, at),
        }


def _opened(pdf: bytes) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
    if not pdf.startswith(b"%PDF-"):
        raise NotAPdf("tệp không phải PDF")
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise NotAPdf("tệp PDF có mật khẩu")
        embedded = list(reader.embedded_regular_signatures)
    except _BROKEN as error:
        raise NotAPdf("tệp PDF hỏng hoặc không đầy đủ") from error
    if len(embedded) > MOST_SIGNATURES:
        raise NotAPdf(f"tệp có quá nhiều chữ ký (hơn {MOST_SIGNATURES})")
    return reader, embedded


def _words(status: PdfSignatureStatus, valid: bool, at: datetime | None) -> str:
    if not (status.intact and status.valid):
        return "Chữ ký không khớp: nội dung đã bị sửa sau khi ký."
    if status.revoked:
        return "Chứng thư số đã bị thu hồi."
    if not status.trusted:
        return "Chứng thư số không do tổ chức được tin cậy cấp, hoặc hết hạn khi ký."
    if status.modification_level is ModificationLevel.OTHER or not status.docmdp_ok:
        return "Tệp đã bị thay đổi ngoài phần được phép sau khi ký."
    if at is None:
        return "Chữ ký không có dấu thời gian tin cậy."
    if not valid:
        return "Chữ ký không hợp lệ."
    local = at.astimezone(VIETNAM)
    changed = status.modification_level in (ModificationLevel.FORM_FILLING, ModificationLevel.LTA_UPDATES)
    after = "; sau đó chỉ điền số, ngày và ký tiếp" if changed else ""
    return f"Chữ ký hợp lệ, dấu thời gian {local:%H:%M:%S %d/%m/%Y}, nội dung không bị sửa{after}."


def _attachment(reader: PdfFileReader) -> Mapping[str, Any]:
    """What the document says of itself: the report's content, embedded when it was printed."""
    try:
        names = reader.root["/Names"]["/EmbeddedFiles"]
        leaves = [names]
        for _ in range(4):
            leaves = [kid.get_object() for leaf in leaves for kid in leaf.get("/Kids", [])] or leaves
        for leaf in leaves:
            pairs = list(leaf.get("/Names", []))
            for name, spec in zip(pairs[::2], pairs[1::2], strict=False):
                if str(name) == "so-lieu.json":
                    data = spec.get_object()["/EF"]["/F"].data
                    found = json.loads(data) if len(data) <= LARGEST_ATTACHMENT else {}
                    return _snake(found) if isinstance(found, dict) else {}
    except _BROKEN:
        return {}
    return {}


def _snake(found: Mapping[str, Any]) -> dict[str, Any]:
    """protobuf JSON names its fields in either style."""
    pairs = {"report_id": "reportId", "revision": "revision", "canonical_hash": "canonicalHash"}
    told = {name: found.get(name, found.get(other)) for name, other in pairs.items()}
    revision = told["revision"]
    return {
        "report_id": told["report_id"] or "",
        "canonical_hash": told["canonical_hash"] or "",
        "revision": revision if isinstance(revision, int) else 0,
    }
