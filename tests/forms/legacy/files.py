"""Workbooks and documents as an office kept them before Unicode."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.forms.building import saved

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def old_workbook() -> bytes:
    """A title in capitals, a header and rows in .VnTime, one cell in VNI-Times, one without any legacy text."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Biểu 1"
    page["A1"] = "b¸o c¸o hé nghÌo"
    page["A1"].font = Font(name=".VnTimeH", bold=True)
    for a1, text in {"A3": "TT", "B3": "ChØ tiªu", "C3": "Sè hé", "B4": "Hé nghÌo", "B5": "Tæng sè"}.items():
        page[a1] = text
        page[a1].font = Font(name=".VnTime", size=12)
    page["B6"], page["B6"].font = "Ghi chuù", Font(name="VNI-Times")
    page["B7"], page["B7"].font = "Đã kiểm tra", Font(name="Times New Roman")
    page["B8"] = CellRichText("Xã ", TextBlock(InlineFont(rFont=".VnTime"), "§ång T©m"))
    page["C4"], page["C5"] = 15, '=IF(B5="Tæng sè",SUM(C4:C4),0)'
    page["C5"].font = Font(name=".VnTime")
    return saved(book)


def shared_text_workbook() -> bytes:
    """One shared string under two fonts: legacy in one, a German name in the other."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"], page["A1"].font = "Köln", Font(name=".VnTime")
    page["A2"], page["A2"].font = "Köln", Font(name="Times New Roman")
    return saved(book)


def old_document() -> bytes:
    """A heading whose font comes from its style, a letter cut between two runs, a paragraph in Unicode."""
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr></w:style></w:styles>'
    )
    vni = '<w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr>'
    body = (
        f'<w:document xmlns:w="{_W}"><w:body>'
        '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>i. t×nh h×nh thùc hiÖn</w:t></w:r></w:p>'
        f"<w:p><w:r>{vni}<w:t>Keát qua</w:t></w:r><w:r>{vni}<w:t>û saûn xuaát</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Đã duyệt</w:t></w:r></w:p></w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": body,
            "word/styles.xml": styles,
            "word/media/logo.png": "not a picture",
        }.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
