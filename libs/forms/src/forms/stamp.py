"""A hidden document property that says which form version a workbook was handed out for."""

from __future__ import annotations

from lxml import etree

from forms.package import CONTENT_TYPES, PACKAGE_RELATIONS, parse_xml, write_xml

_NAME = "reporting.form_version"
_PART = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def read_stamp(parts: dict[str, bytes]) -> str | None:
    if _PART not in parts:
        return None
    for item in parse_xml(parts[_PART]).iterfind(f"{{{_PROPERTIES}}}property"):
        if item.get("name") == _NAME:
            return "".join(str(text) for text in item.itertext()).strip() or None
    return None


def stamped(parts: dict[str, bytes], form_version: str) -> dict[str, bytes]:
    """The parts with the property set; every other part as it was."""
    result = dict(parts)
    if _PART in parts:
        root = parse_xml(parts[_PART])
        for item in root.findall(f"{{{_PROPERTIES}}}property"):
            if item.get("name") == _NAME:
                root.remove(item)
    else:
        root = parse_xml(f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>'.encode())
        result["[Content_Types].xml"] = _with_content_type(parts["[Content_Types].xml"])
        result["_rels/.rels"] = _with_relation(parts["_rels/.rels"])
    used = {int(item.get("pid", "1")) for item in root}
    item = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
    item.set("fmtid", _FORMAT)
    item.set("pid", str(max(used, default=1) + 1))
    item.set("name", _NAME)
    etree.SubElement(item, f"{{{_TYPES}}}lpwstr").text = form_version
    result[_PART] = write_xml(root)
    return result


def _with_content_type(content: bytes) -> bytes:
    root = parse_xml(content)
    override = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
    override.set("PartName", f"/{_PART}")
    override.set("ContentType", _CONTENT)
    return write_xml(root)


def _with_relation(content: bytes) -> bytes:
    root = parse_xml(content)
    relation = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
    relation.set("Id", "rIdReportingForm")
    relation.set("Type", _RELATION)
    relation.set("Target", _PART)
    return write_xml(root)
