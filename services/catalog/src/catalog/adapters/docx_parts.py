"""The parts of a .docx that comes from outside: sizes are counted while inflating, macros and linked content are
refused, XML is parsed without document types, entities or network.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from forms.legacy import Converted, convert_document
from forms.package import zip_parts

from catalog.domain.errors import OutlineUnreadable

MAX_PARTS = 500
MAX_INFLATED = 50 * 1024 * 1024
_PIECE = 64 * 1024


def convert_docx(data: bytes) -> Converted:
    """The document in Unicode; what holds no legacy text keeps every byte of its part."""
    parts = safe_parts(data)
    converted = convert_document(parts)
    return Converted(zip_parts({**parts, **converted.parts}), converted.places)


def safe_parts(data: bytes) -> dict[str, bytes]:
    if not data.startswith(b"PK\x03\x04"):
        raise OutlineUnreadable(
            "not_docx", "Tệp không phải tệp .docx.", "Mở bằng Word, lưu dưới dạng .docx rồi tải lên lại."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _inflate(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
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
        pieces: list[bytes] = []
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                total += len(piece)
                if total > MAX_INFLATED:
                    raise _bomb()
                pieces.append(piece)
        if not entry.is_dir():
            kept[name] = b"".join(pieces)
    for name, content in kept.items():
        if name.endswith(".rels"):
            _look_for_links(content)
    return kept


def _look_for_links(rels: bytes) -> None:
    root = xml_of(rels)
    for relation in root if root is not None else ():
        external = relation.get("TargetMode", "").lower() == "external"
        if external and not relation.get("Type", "").endswith("/hyperlink"):
            raise OutlineUnreadable(
                "external_link",
                "Tệp có nội dung liên kết ra ngoài.",
                "Ngắt liên kết (ảnh, mẫu, dữ liệu lấy từ nơi khác) rồi tải lên lại.",
            )


def xml_of(content: bytes) -> Element | None:
    if not content:
        return None
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise damaged() from error
    return root


def damaged() -> OutlineUnreadable:
    return OutlineUnreadable(
        "damaged", "Tệp bị hỏng hoặc không đầy đủ.", "Mở lại bằng Word, lưu rồi tải lên lại."
    )


def _bomb() -> OutlineUnreadable:
    return OutlineUnreadable(
        "too_large_inside", "Nội dung bên trong tệp lớn bất thường.", "Bỏ ảnh, dữ liệu thừa rồi tải lên lại."
    )
