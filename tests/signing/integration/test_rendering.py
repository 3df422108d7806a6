"""The printed report: PDF/A, Vietnamese, safe from what people type."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from pypdf import PdfReader
from reporting.submission.v1 import submission_pb2 as pb
from signing.adapters.rendering.fonts import Typography, find_typeface
from signing.adapters.rendering.typesetter import TypstTypesetter
from signing.domain.errors import ContentUnprintable
from signing.domain.states import SignerRole

from tests.signing.building import HASH, NOON, a_content, a_table, as_file, told_by

BOTH = (SignerRole.LEADER, SignerRole.AGENCY)


async def printed(typesetter: TypstTypesetter, content: pb.ReportContent, folder: Path) -> Path:
    made = await typesetter.print(
        typesetter.read(as_file(content)), BOTH, signer_name="Nguyễn Văn Ân", signer_title="Chủ tịch", at=NOON
    )
    path = folder / "report.pdf"
    path.write_bytes(made.pdf)
    return path


def text_of(path: Path) -> str:
    return told_by("pdftotext", "-layout", path, "-")


async def test_the_report_claims_pdf_a_and_embeds_its_fonts(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    path = await printed(typesetter, a_content(), tmp_path)

    metadata = PdfReader(path).xmp_metadata
    assert metadata is not None
    packet = metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part(=\"|>)3", packet)
    assert re.search(r"pdfaid:conformance(=\"|>)B", packet)
    assert HASH in packet
    rows = told_by("pdffonts", path).splitlines()[2:]
    assert rows and all("Tinos" in row and " yes yes " in row for row in rows)


async def test_head_title_foot_and_hash_are_where_the_decree_wants_them(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    text = text_of(await printed(typesetter, a_content(), tmp_path))
    for words in (
        "TỈNH ĐỒNG NAI",
        "ỦY BAN NHÂN DÂN",
        "XÃ AN PHƯỚC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/BC-UBND",
        "BÁO CÁO",
        "Kính gửi: Sở Tài chính.",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn Ân",
        f"Mã kiểm tra số liệu (SHA-256): {HASH}",
    ):
        assert words in text


async def test_the_figures_travel_inside_the_file(typesetter: TypstTypesetter, tmp_path: Path) -> None:
    content = a_content()
    attached = PdfReader(await printed(typesetter, content, tmp_path)).attachments
    assert attached["so-lieu.json"] == [as_file(content)]


async def test_headers_of_a_long_table_repeat_and_wide_pages_lie_across(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    path = await printed(typesetter, a_content(tables=[a_table(rows=90)]), tmp_path)
    pages = PdfReader(path).pages
    wide = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) >= 3
    assert text_of(path).count("Đơn vị tính") >= len(wide)
    assert pages[0].mediabox.width < pages[0].mediabox.height


async def test_what_people_type_is_text_and_never_markup(typesetter: TypstTypesetter, tmp_path: Path) -> None:
    typed = '#panic("x") #read("/etc/passwd") *đậm* $x^2$ <nhãn> @ref \\ // `mã` ] ) } "quotes" = Mục'
    content = a_content(
        unit_name='Sở #include "x"',
        narrative=[pb.NarrativeSection(heading=typed, level=1, text=typed)],
        tables=[a_table(rows=2, text=typed)],
    )
    text = " ".join(text_of(await printed(typesetter, content, tmp_path)).split())
    assert text.count('#read("/etc/passwd")') >= 2 and "root:" not in text
    assert "*đậm*" in text and "$x^2$" in text


async def test_signs_without_a_glyph_become_a_box_and_marks_are_joined(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    decomposed = "Tiê\u0301ng Viê\u0323t \u202e\u0000 😀 中"
    content = a_content(narrative=[pb.NarrativeSection(heading="", level=1, text=decomposed)])
    text = text_of(await printed(typesetter, content, tmp_path))
    assert "Tiếng Việt" in text and "□" in text


async def test_a_nil_report_says_so(typesetter: TypstTypesetter, tmp_path: Path) -> None:
    content = a_content(nil=True, tables=[], narrative=[])
    assert "không phát sinh số liệu" in text_of(await printed(typesetter, content, tmp_path))


async def test_a_huge_narrative_is_printed_or_refused_in_bounded_time(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    began = time.monotonic()
    big = pb.NarrativeSection(heading="I. Dài", level=1, text="Một đoạn dài. " * 30_000)
    path = await printed(typesetter, a_content(narrative=[big]), tmp_path)
    assert len(PdfReader(path).pages) > 100
    assert time.monotonic() - began < 60

    too_big = pb.NarrativeSection(heading="I. Quá dài", level=1, text="x" * 1_000_001)
    with pytest.raises(ContentUnprintable):
        typesetter.read(as_file(a_content(narrative=[too_big])))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[]", b'{"revision": "x"}', b'{"tables": [{"columns": []}]}']
)
def test_content_of_another_shape_is_refused_in_words(typesetter: TypstTypesetter, data: bytes) -> None:
    with pytest.raises(ContentUnprintable) as refusal:
        typesetter.read(data)
    assert "Không lập được văn bản" in refusal.value.message


async def test_a_table_whose_spans_do_not_fit_is_refused_and_nothing_hangs(
    typesetter: TypstTypesetter, tmp_path: Path
) -> None:
    table = a_table(rows=1, columns=4)
    table.header_rows[0].cells[0].column_span = 9
    with pytest.raises(ContentUnprintable):
        await printed(typesetter, a_content(tables=[table]), tmp_path)


def test_the_typeface_has_every_vietnamese_letter(typography: Typography) -> None:
    assert set(map(ord, "ếộữẵỹĐđƯươ")) <= typography.typeface.covered
    assert find_typeface().family == typography.typeface.family
