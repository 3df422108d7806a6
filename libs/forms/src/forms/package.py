"""The parts of a workbook: which XML part is which sheet. Every part has passed the guard."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lxml import etree

from forms import guard
from forms.days import FIRST
from forms.refusals import BadFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def parse_xml(content: bytes) -> etree._Element:
    """XML without entities, DTD or network, even if a part had slipped past the guard."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise BadFile.truncated() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadFile.entities()
    return root


def write_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    path: str
    hidden: bool
    index: int


class Package:
    """A workbook opened through the guard. ``parts`` keeps the order of the zip."""

    def __init__(self, data: bytes, limits: guard.Limits | None = None) -> None:
        self.parts = guard.check(data, limits)

    @cached_property
    def workbook(self) -> etree._Element:
        root = parse_xml(self.parts["xl/workbook.xml"])
        if root.tag != tag("workbook"):
            raise BadFile.strict() if str(root.tag).startswith("{" + _STRICT) else BadFile.not_xlsx()
        return root

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        targets = self._targets("xl/workbook.xml")
        found: list[SheetPart] = []
        for index, sheet in enumerate(self.workbook.iterfind(f"{tag('sheets')}/{tag('sheet')}")):
            path = targets.get(sheet.get(f"{{{RELATIONS}}}id", ""), "")
            if not path.startswith("xl/worksheets/"):
                continue
            if path not in self.parts:
                raise BadFile.truncated()
            hidden = sheet.get("state", "visible") != "visible"
            found.append(SheetPart(sheet.get("name", ""), path, hidden, index))
        if not found:
            raise BadFile.not_xlsx()
        return tuple(found)

    @cached_property
    def shared_strings_path(self) -> str | None:
        return self._related("/sharedStrings")

    @cached_property
    def shared_strings(self) -> tuple[str, ...]:
        path = self.shared_strings_path
        if path is None:
            return ()
        return tuple(_text_of(item) for item in parse_xml(self.parts[path]).iterfind(tag("si")))

    @cached_property
    def styles_path(self) -> str | None:
        return self._related("/styles")

    @cached_property
    def styles_part(self) -> bytes | None:
        return None if self.styles_path is None else self.parts[self.styles_path]

    @cached_property
    def first_day(self) -> date:
        """The day that the workbook writes as 0."""
        properties = self.workbook.find(tag("workbookPr"))
        since_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        return date(1904, 1, 1) if since_1904 else FIRST

    def defined_name(self, name: str, sheet_index: int) -> str | None:
        for defined in self.workbook.iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            if defined.get("name") == name and defined.get("localSheetId") == str(sheet_index):
                return defined.text
        return None

    def names_for(self, sheet_index: int) -> dict[str, str]:
        """Names a formula of the sheet may use, folded."""
        found: dict[str, str] = {}
        for defined in self.workbook.iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            name, scope = defined.get("name", "").casefold(), defined.get("localSheetId")
            if scope == str(sheet_index) or (scope is None and name not in found):
                found[name] = defined.text or ""
        return found

    def relatives(self, part: str, kind: str) -> tuple[str, ...]:
        """Parts that another part names as being of a kind: the end of the relation's type."""
        found = (path for _, type_, path in self._relations(part) if type_.endswith(kind))
        return tuple(path for path in found if path in self.parts)

    def _targets(self, part: str) -> dict[str, str]:
        return {identity: path for identity, _, path in self._relations(part)}

    def _related(self, kind: str) -> str | None:
        return next(iter(self.relatives("xl/workbook.xml", kind)), None)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        content = self.parts.get(f"{folder}/_rels/{name}.rels")
        if content is None:
            return []
        found: list[tuple[str, str, str]] = []
        for relation in parse_xml(content).iterfind(f"{{{PACKAGE_RELATIONS}}}Relationship"):
            target = relation.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            found.append((relation.get("Id", ""), relation.get("Type", ""), posixpath.normpath(path)))
        return found


def _text_of(item: etree._Element) -> str:
    """Text of a string item: its runs joined, phonetic hints left out."""
    texts: list[str] = []
    for child in item:
        if child.tag == tag("t"):
            texts.append(child.text or "")
        elif child.tag == tag("r"):
            texts.extend(t.text or "" for t in child.iterfind(tag("t")))
    return "".join(texts)


def inline_text(cell: etree._Element) -> str:
    item = cell.find(tag("is"))
    return "" if item is None else _text_of(item)


def zip_parts(parts: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on its parts alone: fixed moment, fixed order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
