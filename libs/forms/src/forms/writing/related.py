"""What lies on a sheet but in parts of its own: drawings, notes, tables. It moves with the rows of a list."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from forms.package import MAIN, Package, parse_xml, write_xml
from forms.writing.shifting import Resize, shift_place, shift_places

_DRAWING_ROW = re.compile(rb"(<xdr:row>)(\d+)(</xdr:row>)")
_NOTE_ROW = re.compile(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</(?:\w+:)?Row>)")
_NOTE_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)(</(?:\w+:)?Anchor>)")
_TOP, _BOTTOM = 2, 6
"""Where an anchor of a note's box says its rows, counted from 0."""


def shift_related(
    package: Package, sheet: str, change: Resize, kept: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The changed parts; ``kept`` holds those that an earlier list of this filling has changed already."""
    changed: dict[str, bytes] = {}
    for path in _targets(package, sheet):
        content = kept.get(path, package.parts[path])
        name = posixpath.basename(path).lower()
        if name.startswith("drawing"):
            changed[path] = _DRAWING_ROW.sub(lambda match: _moved(match, change), content)
        elif name.endswith(".vml"):
            content = _NOTE_ROW.sub(lambda match: _moved(match, change), content)
            changed[path] = _NOTE_ANCHOR.sub(lambda match: _anchored(match, change), content)
        elif name.startswith(("comment", "table")):
            changed[path] = _references_moved(content, change)
    return changed


def shift_extensions(root: etree._Element, change: Resize) -> None:
    """Rules that newer programs keep in the sheet's extension list say their places as text."""
    for element in root.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref"):
        element.text = shift_places(element.text or "", change)


def _targets(package: Package, sheet: str) -> list[str]:
    folder, _, name = sheet.rpartition("/")
    relations = package.parts.get(f"{folder}/_rels/{name}.rels")
    if relations is None:
        return []
    found: list[str] = []
    for relation in parse_xml(relations):
        target = relation.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found.append(posixpath.normpath(path))
    return [path for path in found if path in package.parts]


def _moved(match: re.Match[bytes], change: Resize) -> bytes:
    return match[1] + str(change.row(int(match[2]) + 1) - 1).encode() + match[3]


def _anchored(match: re.Match[bytes], change: Resize) -> bytes:
    numbers = [int(number) for number in match[2].split(b",")]
    if len(numbers) == 8:
        height = numbers[_BOTTOM] - numbers[_TOP]
        numbers[_TOP] = change.row(numbers[_TOP] + 1) - 1
        numbers[_BOTTOM] = numbers[_TOP] + height
    return match[1] + ", ".join(map(str, numbers)).encode() + match[3]


def _references_moved(content: bytes, change: Resize) -> bytes:
    root = parse_xml(content)
    for element in root.iter(f"{{{MAIN}}}*"):
        reference = element.get("ref")
        if reference:
            element.set("ref", shift_place(reference, change))
    return write_xml(root)
