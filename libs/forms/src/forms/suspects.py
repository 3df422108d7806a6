"""Dangerous content of a workbook's parts, found in the bytes before any XML parser sees them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from kit.errors import Place

from forms.refusals import BadFile

_XML = (".xml", ".rels", ".vml")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OTHER_ENCODING = re.compile(
    rb"\xff\xfe|\xfe\xff|.{0,3}\x00|<\?xml\s[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii|ascii)",
    re.IGNORECASE | re.DOTALL,
)
"""Whatever isn't UTF-8: what is looked for below could hide in it."""
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:intl)?macrosheet", re.IGNORECASE)
_IN_TAG = rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
_RELATIONSHIP = re.compile(rb"<(?:[\w.-]+:)?Relationship\b" + _IN_TAG + rb">", re.IGNORECASE)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_TEMPLATE = re.compile(rb"Type\s*=\s*[\"'][^\"']*/attachedTemplate[\"']", re.IGNORECASE)
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?(?:f|formula|formula1|formula2|definedName)(?:\s" + _IN_TAG + rb")?>"
    rb"((?:[^<]++|<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>)*+)<",
    re.DOTALL,
)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_AUTOMATIC = re.compile(
    rb"<(?:[\w.-]+:)?definedName\s" + _IN_TAG + rb"?\bname\s*=\s*[\"'](?:_xlnm\.)?Auto_", re.IGNORECASE
)
_QUOTED = re.compile(rb'"[^"]*"')
_DDE = re.compile(rb"\|[^!]*!", re.DOTALL)
_REACHING_OUT = re.compile(
    rb"\b(WEBSERVICE|RTD|CALL|REGISTER\.ID|FILTERXML|IMAGE|STOCKHISTORY|CUBE\w+)\s*\(", re.IGNORECASE
)
_OTHER_BOOK = re.compile(rb"\[\d+\][^\[\]]*!|\[[^\[\]]+\.xl\w+\]", re.IGNORECASE)
_OUTSIDE_PARTS = (
    ("xl/externallinks/", "sổ tính khác"),
    ("xl/connections", "kết nối dữ liệu"),
    ("xl/querytables/", "truy vấn dữ liệu"),
    ("xl/model/", "mô hình dữ liệu"),
)
_EMBEDDED_PARTS = ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/", "xl/webextensions/")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")


def look_for_danger(parts: Mapping[str, bytes]) -> None:
    _entities(parts)
    _macros(parts)
    _dde_links(parts)
    _outside(parts)
    _formulas(parts)
    if any(name.lower().startswith(_EMBEDDED_PARTS) for name in parts):
        raise BadFile.embedded()


def _entities(parts: Mapping[str, bytes]) -> None:
    for _, content in _xml(parts):
        if any(word in content for word in _DECLARATIONS):
            raise BadFile.entities()
        if _OTHER_ENCODING.match(content):
            raise BadFile.other_encoding()


def _xml(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every part that a parser may be given: a sheet may have any name and lie anywhere."""
    for name, content in parts.items():
        if name.lower().endswith(_XML) or content.lstrip(_BEFORE_XML)[:1] == b"<":
            yield name, content


def _macros(parts: Mapping[str, bytes]) -> None:
    names = (name.lower() for name in parts)
    if any(
        (name.rsplit("/", 1)[-1].startswith("vba") and name.endswith(".bin"))
        or name.startswith(("xl/macrosheets/", "xl/dialogsheets/"))
        for name in names
    ) or _MACRO_TYPES.search(_unescaped(parts["[Content_Types].xml"])):
        raise BadFile.macros()
    if _AUTOMATIC.search(_unescaped(parts["xl/workbook.xml"])):
        raise BadFile.macros()


def _dde_links(parts: Mapping[str, bytes]) -> None:
    for name, content in parts.items():
        if name.lower().startswith("xl/externallinks/") and b"ddeLink" in content:
            raise BadFile.dde()


def _outside(parts: Mapping[str, bytes]) -> None:
    for name, content in parts.items():
        lowered = name.lower()
        for prefix, what in _OUTSIDE_PARTS:
            if lowered.startswith(prefix):
                raise BadFile.external_links(what)
        if lowered.startswith("customxml/") and b"DataMashup" in content:
            raise BadFile.external_links("truy vấn Power Query")
        if lowered.endswith(".rels"):
            _relations(content)


def _relations(content: bytes) -> None:
    for relationship in map(_unescaped, _RELATIONSHIP.findall(content)):
        if _TEMPLATE.search(relationship):
            raise BadFile.remote_template()
        if _EXTERNAL.search(relationship) and not _HYPERLINK.search(relationship):
            raise BadFile.external_links("tệp hoặc địa chỉ ngoài")


def _formulas(parts: Mapping[str, bytes]) -> None:
    """Formulas of cells, rules and names, without their quoted texts, where a bar or a bracket means nothing."""
    for name, content in _xml(parts):
        for match in _FORMULA.finditer(content):
            written = _unescaped(_CDATA.sub(rb"\1", match[1]) if b"<" in match[1] else match[1])
            if b"|" not in written and b"[" not in written and b"(" not in written:
                continue
            formula = _QUOTED.sub(b"", written)
            if _DDE.search(formula):
                raise BadFile.dde(_place(parts, name, match.start()))
            if _REACHING_OUT.search(formula):
                raise BadFile.external_links("hàm gọi ra ngoài", _place(parts, name, match.start()))
            if _OTHER_BOOK.search(formula):
                raise BadFile.external_links(
                    "công thức trỏ tới sổ tính khác", _place(parts, name, match.start())
                )


def _unescaped(content: bytes) -> bytes:
    """As a parser reads it: ``&#124;`` is a bar, and nothing hides behind its number."""
    return html.unescape(content.decode(errors="replace")).encode() if b"&" in content else content


def _place(parts: Mapping[str, bytes], part: str, at: int) -> Place:
    """Sheet and cell of what stands at a byte of a worksheet's part."""
    sheet = next((name for path, name in _sheets(parts) if path == part), None)
    before = parts[part][:at].rpartition(b"<c ")[2] if sheet else b""
    cell = _CELL.search(b" " + before)
    return Place(sheet=sheet, cell=cell[1].decode() if cell else None)


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    targets: dict[str, str] = {}
    for relation in _RELATIONSHIP.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        said = {name.decode(): html.unescape(value.decode()) for name, value in _ATTRIBUTE.findall(relation)}
        target = said.get("Target", "")
        targets[said.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    for sheet in _SHEET.findall(parts["xl/workbook.xml"]):
        said = {
            name.decode(): html.unescape(value.decode("utf-8", "replace"))
            for name, value in _ATTRIBUTE.findall(sheet)
        }
        identity = next((value for name, value in said.items() if name.endswith(":id")), "")
        yield targets.get(identity, ""), said.get("name", "")
