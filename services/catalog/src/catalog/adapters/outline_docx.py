"""Reads the outline (đề cương) out of a .docx: headings of two levels, guidance in italics between brackets.

The file comes from outside: sizes are counted while inflating, macros and linked content are refused, XML is
parsed without document types, entities or network.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from forms.text import squeeze

from catalog.domain.errors import OutlineUnreadable
from catalog.domain.outline import OutlineSection

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PARTS = 500
MAX_INFLATED = 50 * 1024 * 1024
MAX_SECTIONS = 300
_PIECE = 64 * 1024
_HEADING = re.compile(r"heading\s*([12])$", re.IGNORECASE)
_BRACKETS = re.compile(r"^[\[(](.*)[\])]$", re.DOTALL)
_OFF = frozenset({"0", "false", "off", "none"})


def read_outline(data: bytes) -> tuple[OutlineSection, ...]:
    parts = _safe_parts(data)
    headings = _heading_styles(_xml(parts.get("word/styles.xml", b"")))
    body = _xml(parts["word/document.xml"])
    if body is None:
        raise _damaged()
    sections = tuple(_sections(body, headings))
    if not sections:
        raise OutlineUnreadable(
            "no_headings",
            "Tệp đề cương không có đề mục nào (Heading 1, Heading 2).",
            "Đặt kiểu Heading 1 cho phần và Heading 2 cho mục rồi tải lên lại.",
        )
    if len(sections) > MAX_SECTIONS:
        raise OutlineUnreadable(
            "too_many_headings",
            f"Đề cương có {len(sections)} đề mục, nhiều nhất là {MAX_SECTIONS}.",
            "Chỉ đặt kiểu Heading cho tên phần, tên mục.",
        )
    return sections


def _safe_parts(data: bytes) -> dict[str, bytes]:
    if not data.startswith(b"PK\x03\x04"):
        raise OutlineUnreadable(
            "not_docx", "Tệp không phải tệp .docx.", "Mở bằng Word, lưu dưới dạng .docx rồi tải lên lại."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _inflate(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error
    if "word/document.xml" not in parts:
        raise OutlineUnreadable(
            "not_docx", "Tệp không phải tệp .docx.", "Mở bằng Word, lưu dưới dạng .docx rồi tải lên lại."
        )
    return parts


def _inflate(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise _bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise OutlineUnreadable(
            "encrypted", "Tệp có mật khẩu nên không đọc được.", "Bỏ mật khẩu rồi tải lên lại."
        )
    kept: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.filename
        if "vbaproject" in name.lower() or "/activex/" in name.lower() or "/embeddings/" in name.lower():
            raise OutlineUnreadable(
                "active_content",
                "Tệp có macro hoặc đối tượng nhúng.",
                "Bỏ macro, đối tượng nhúng rồi tải lên lại.",
            )
        wanted = name in {"word/document.xml", "word/styles.xml"} or name.endswith(".rels")
        pieces: list[bytes] = []
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                total += len(piece)
                if total > MAX_INFLATED:
                    raise _bomb()
                if wanted:
                    pieces.append(piece)
        if wanted:
            kept[name] = b"".join(pieces)
    for name, content in kept.items():
        if name.endswith(".rels"):
            _look_for_links(content)
    return kept


def _look_for_links(rels: bytes) -> None:
    root = _xml(rels)
    for relation in root if root is not None else ():
        external = relation.get("TargetMode", "").lower() == "external"
        if external and not relation.get("Type", "").endswith("/hyperlink"):
            raise OutlineUnreadable(
                "external_link",
                "Tệp có nội dung liên kết ra ngoài.",
                "Ngắt liên kết (ảnh, mẫu, dữ liệu lấy từ nơi khác) rồi tải lên lại.",
            )


def _xml(content: bytes) -> Element | None:
    if not content:
        return None
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _damaged() from error
    return root


def _heading_styles(styles: Element | None) -> dict[str, int]:
    """Style ids by level; ids are translated by some editors, names are not."""
    found: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        match = _HEADING.match(name.get(f"{W}val", "")) if name is not None else None
        if match:
            found[style.get(f"{W}styleId", "")] = int(match[1])
    return found


def _sections(body: Element, headings: dict[str, int]) -> Iterator[OutlineSection]:
    current: OutlineSection | None = None
    guidance: list[str] = []
    first = second = 0
    for paragraph in body.iter(f"{W}p"):
        level = headings.get(_style(paragraph))
        text = squeeze("".join(run.text or "" for run in paragraph.iter(f"{W}t")))
        if level is not None and text:
            if current is not None:
                yield _with_guidance(current, guidance)
            if level == 1:
                first, second = first + 1, 0
            else:
                second += 1
            guidance = []
            number = str(first) if level == 1 else f"{first}.{second}"
            current = OutlineSection(number, text, level)
        elif current is not None and text and (found := _guidance(paragraph, text)):
            guidance.append(found)
    if current is not None:
        yield _with_guidance(current, guidance)


def _with_guidance(section: OutlineSection, guidance: list[str]) -> OutlineSection:
    return OutlineSection(section.id, section.heading, section.level, "\n".join(guidance))


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _guidance(paragraph: Element, text: str) -> str:
    bracketed = _BRACKETS.match(text)
    if bracketed is None:
        return ""
    runs = [
        run for run in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
    ]
    return bracketed[1].strip() if runs and all(_italic(run) for run in runs) else ""


def _italic(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}i")
    return mark is not None and mark.get(f"{W}val", "1").lower() not in _OFF


def _damaged() -> OutlineUnreadable:
    return OutlineUnreadable(
        "damaged", "Tệp bị hỏng hoặc không đầy đủ.", "Mở lại bằng Word, lưu rồi tải lên lại."
    )


def _bomb() -> OutlineUnreadable:
    return OutlineUnreadable(
        "too_large_inside", "Nội dung bên trong tệp lớn bất thường.", "Bỏ ảnh, dữ liệu thừa rồi tải lên lại."
    )
