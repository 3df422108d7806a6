"""A .docx of strangers is read in a process apart: what it does there is no one else's trouble."""

from __future__ import annotations

import pytest
from catalog.adapters.documents import ApartDocumentReader
from kit.apart import Apart, Bounds
from kit.errors import InvalidInput

from tests.catalog.building import part_of, sample, zipped
from tests.forms.legacy.files import old_document


async def test_an_outline_and_a_conversion_come_back_from_the_process_apart() -> None:
    reader = ApartDocumentReader(Apart())
    sections = await reader.outline(sample("thuyet-minh-de-cuong.docx"), text_rule="XX 1")
    assert [section.id for section in sections][:2] == ["1", "1.1"]
    assert (await reader.convert(old_document())).places[0].after == "I. TÌNH HÌNH THỰC HIỆN"


async def test_refusals_made_there_arrive_with_code_and_place() -> None:
    with pytest.raises(InvalidInput) as refusal:
        await ApartDocumentReader(Apart()).outline(old_document(), text_rule="XX 4.2d")
    assert refusal.value.code == "forms.text.legacy_encoding"
    assert "XX 4.2d" in (refusal.value.rule or "")


async def test_a_document_that_takes_too_much_is_refused_and_the_service_goes_on() -> None:
    reader = ApartDocumentReader(Apart(Bounds(memory=400 << 20, cpu_seconds=3)))
    body = part_of(sample("thuyet-minh-de-cuong.docx"), "word/document.xml")
    start, end = body.index(b"<w:p>") if b"<w:p>" in body else body.index(b"<w:p "), body.rindex(b"</w:body>")
    heavy = body[:start] + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_200_000 + body[end:]
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": heavy})
    with pytest.raises(InvalidInput) as refusal:
        await reader.outline(data, text_rule="XX 1")
    assert refusal.value.code == "catalog.outline.too_heavy"
    assert await reader.outline(sample("thuyet-minh-de-cuong.docx"), text_rule="XX 1")
