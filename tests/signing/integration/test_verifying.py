"""Documents that people bring to be judged, and certificates that are no good."""

from __future__ import annotations

import io
import os

import pytest
from pypdf import PdfReader, PdfWriter
from signing.adapters.pades.marks import Marks
from signing.adapters.pades.signer import PadesSigner
from signing.adapters.pades.verifier import PdfVerifier
from signing.adapters.rendering.fonts import Typography
from signing.adapters.rendering.typesetter import TypstTypesetter
from signing.adapters.tokens.client import TokenModule
from signing.adapters.trust import TrustAnchors
from signing.application.ports import SignOrder
from signing.domain.errors import CertificateUnusable, NotAPdf, TimeStampUnavailable, TokenMissing
from signing.domain.states import SignerRole

from tests.signing.authority import Authority, Keys
from tests.signing.building import NOON, a_content, as_file

ROLES = (SignerRole.LEADER, SignerRole.AGENCY)


def an_order(label: str, pin: str) -> SignOrder:
    return SignOrder(SignerRole.LEADER, label, pin, "Nguyễn Văn Ân", ("Ký bởi",), {}, "An Phước", False)


@pytest.fixture
async def unsigned(typesetter: TypstTypesetter) -> bytes:
    content = typesetter.read(as_file(a_content()))
    made = await typesetter.print(content, ROLES, signer_name="Ân", signer_title="Chủ tịch", at=NOON)
    return made.pdf


@pytest.fixture
def signer(module: TokenModule, trust: TrustAnchors, typography: Typography, tsa_url: str) -> PadesSigner:
    return PadesSigner(module, trust, Marks(typography), tsa_url)


def with_password(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"%PDF-1.7\n" + os.urandom(4000), b"%PDF-" + b"(" * 100_000]
)
async def test_what_is_no_document_is_refused_in_words(trust: TrustAnchors, data: bytes) -> None:
    with pytest.raises(NotAPdf):
        await PdfVerifier(trust).verify(data)


async def test_half_a_document_or_one_with_a_password_is_refused(
    trust: TrustAnchors, unsigned: bytes
) -> None:
    for data in (unsigned[: len(unsigned) // 2], with_password(unsigned)):
        with pytest.raises(NotAPdf):
            await PdfVerifier(trust).verify(data)


async def test_a_document_without_signatures_proves_nothing(trust: TrustAnchors, unsigned: bytes) -> None:
    verdict = await PdfVerifier(trust).verify(unsigned)
    assert not verdict.valid and "không có chữ ký số" in verdict.summary


async def test_a_signature_of_an_unknown_authority_is_not_trusted(
    keys: Keys, signer: PadesSigner, unsigned: bytes, tmp_path
) -> None:
    pin = keys.make("biet", "Người quen")
    signed = await signer.sign(unsigned, an_order("biet", pin))
    elsewhere = TrustAnchors(Authority("CA khác").write(tmp_path / "other.pem"))

    verdict = await PdfVerifier(elsewhere).verify(signed.pdf)

    assert not verdict.valid and "không do tổ chức được tin cậy cấp" in verdict.problems[0]


async def test_a_certificate_that_has_ended_signs_nothing(
    keys: Keys, signer: PadesSigner, unsigned: bytes
) -> None:
    pin = keys.make("het-han", "Người hết hạn", days=-1)
    with pytest.raises(CertificateUnusable) as refusal:
        await signer.sign(unsigned, an_order("het-han", pin))
    assert "đã hết hạn" in refusal.value.message


async def test_without_token_or_time_stamp_nothing_is_signed(
    keys: Keys, module: TokenModule, trust: TrustAnchors, typography: Typography, unsigned: bytes
) -> None:
    pin = keys.make("khong-tsa", "Người ký")
    nowhere = PadesSigner(module, trust, Marks(typography), "http://127.0.0.1:9/tsa")
    with pytest.raises(TimeStampUnavailable):
        await nowhere.sign(unsigned, an_order("khong-tsa", pin))
    with pytest.raises(TokenMissing):
        await nowhere.sign(unsigned, an_order("khong-co", pin))


async def test_a_token_made_later_is_seen_at_once(keys: Keys, signer: PadesSigner, unsigned: bytes) -> None:
    first = keys.make("truoc", "Người trước")
    await signer.sign(unsigned, an_order("truoc", first))
    second = keys.make("sau", "Người sau")
    signed = await signer.sign(unsigned, an_order("sau", second))
    assert signed.certificate_subject == "Người sau"
