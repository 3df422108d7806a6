"""Dangerous content of a workbook's parts, found in the bytes before any XML parser sees them."""

from __future__ import annotations

import re

from forms.refusals import BadFile

_XML = (".xml", ".rels", ".vml")
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:intl)?macrosheet", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:[\w.-]+:)?Relationship\b[^>]*>", re.IGNORECASE)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*)?>([^<]*)<")
_DDE = re.compile(rb"\|[^!]*!", re.DOTALL)
_REACHING_OUT = re.compile(rb"\b(WEBSERVICE|RTD|CALL|REGISTER\.ID|FILTERXML)\s*\(", re.IGNORECASE)
_OTHER_BOOK = re.compile(rb"\[\d+\][^\[\]]*!|\[[^\[\]]+\.xl\w+\]", re.IGNORECASE)
_OUTSIDE_PARTS = (
    ("xl/externallinks/", "sổ tính khác"),
    ("xl/connections", "kết nối dữ liệu"),
    ("xl/querytables/", "truy vấn dữ liệu"),
    ("xl/model/", "mô hình dữ liệu"),
)
_EMBEDDED_PARTS = ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/")


def look_for_danger(parts: dict[str, bytes]) -> None:
    _entities(parts)
    _macros(parts)
    _dde(parts)
    _outside(parts)
    if any(name.lower().startswith(_EMBEDDED_PARTS) for name in parts):
        raise BadFile.embedded()


def _entities(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.lower().endswith(_XML) and any(word in content for word in _DECLARATIONS):
            raise BadFile.entities()


def _macros(parts: dict[str, bytes]) -> None:
    names = (name.lower() for name in parts)
    if any(
        (name.rsplit("/", 1)[-1].startswith("vba") and name.endswith(".bin"))
        or name.startswith(("xl/macrosheets/", "xl/dialogsheets/"))
        for name in names
    ) or _MACRO_TYPES.search(parts["[Content_Types].xml"]):
        raise BadFile.macros()


def _dde(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        lowered = name.lower()
        if lowered.startswith("xl/externallinks/") and b"ddeLink" in content:
            raise BadFile.dde()
        if lowered.startswith("xl/worksheets/") and any(_DDE.search(f) for f in _formulas(content)):
            raise BadFile.dde()


def _formulas(content: bytes) -> list[bytes]:
    """Formulas without their quoted texts, where a bar or a bracket means nothing."""
    return [re.sub(rb'"[^"]*"|&quot;.*?&quot;', b"", found) for found in _FORMULA.findall(content)]


def _outside(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        lowered = name.lower()
        for prefix, what in _OUTSIDE_PARTS:
            if lowered.startswith(prefix):
                raise BadFile.external_links(what)
        if lowered.endswith(".rels"):
            for relationship in _RELATIONSHIP.findall(content):
                if _EXTERNAL.search(relationship) and not _HYPERLINK.search(relationship):
                    raise BadFile.external_links("tệp hoặc địa chỉ ngoài")
        elif lowered.startswith("xl/worksheets/"):
            for formula in _formulas(content):
                if _REACHING_OUT.search(formula):
                    raise BadFile.external_links("hàm gọi ra ngoài")
                if _OTHER_BOOK.search(formula):
                    raise BadFile.external_links("công thức trỏ tới sổ tính khác")
