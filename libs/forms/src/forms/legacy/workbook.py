"""Legacy text in a workbook: found cell by cell, converted in place; parts that hold none keep every byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property

from lxml import etree

from forms.addresses import Address
from forms.legacy.around import (
    Comment,
    HeaderFooter,
    comment_parts,
    comments_of,
    headers_of,
    rename_sheets,
    sheet_names,
)
from forms.legacy.detection import font_encoding, repair, suspect
from forms.legacy.places import NEW_FONT, Converted, LegacyPlace
from forms.legacy.runs import Judged, Run, bare_texts, judge
from forms.package import Package, SheetPart, parse_xml, tag, write_xml, zip_parts
from forms.refusals import BadFile

_QUOTED = re.compile(r'"[^"]*"')
_PARTS_THAT_NAME_SHEETS = ("xl/workbook.xml", "xl/charts/*.xml", "xl/tables/*.xml")


def find_in_workbook(package: Package) -> tuple[LegacyPlace, ...]:
    """Every cell whose text is legacy, hidden sheets too, and what stands around the cells."""
    return _Workbook(package).places()


def convert_workbook(package: Package) -> Converted:
    return _Workbook(package).converted()


@dataclass(frozen=True, slots=True)
class _Cell:
    path: str
    sheet: str
    a1: str
    element: etree._Element
    runs: tuple[Run, ...]
    font: str | None
    judged: Judged | None


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        path = package.shared_strings_path
        self._strings = None if path is None else parse_xml(package.parts[path])
        self._items = [] if self._strings is None else list(self._strings.iterfind(tag("si")))
        self._fonts = _cell_fonts(package)
        self._sheets = [(part, parse_xml(package.parts[part.path])) for part in package.sheets]
        self._judge = cache(judge)

    def places(self) -> tuple[LegacyPlace, ...]:
        return (*sheet_names(self._package), *self._in_cells(), *self._around())

    def _around(self) -> Iterator[LegacyPlace]:
        for part, root in self._sheets:
            found: list[HeaderFooter | Comment] = [*self._headers(root), *self._comments(part)]
            yield from (place for one in found if (place := one.place(part.name)) is not None)

    def _headers(self, root: etree._Element) -> Iterator[HeaderFooter]:
        return headers_of(root, self._fonts.get(0), self._judge)

    def _comments(self, part: SheetPart) -> list[Comment]:
        parts = comment_parts(self._package, part)
        return [one for _, notes in parts for one in comments_of(notes, self._judge)]

    def _in_cells(self) -> tuple[LegacyPlace, ...]:
        return tuple(
            cell.judged.place(cell.runs, sheet=cell.sheet, cell=cell.a1)
            for cell in self._cells
            if cell.judged is not None
        )

    @cached_property
    def _cells(self) -> tuple[_Cell, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[_Cell]:
        for part, root in self._sheets:
            row_number = 0
            for row in root.iterfind(f"{tag('sheetData')}/{tag('row')}"):
                row_number = int(row.get("r", row_number + 1))
                for column, cell in enumerate(row.iterfind(tag("c")), 1):
                    a1 = cell.get("r") or Address(row_number, column).a1
                    font = self._fonts.get(int(cell.get("s", "0")))
                    runs = tuple(self._runs_of(cell, font))
                    yield _Cell(part.path, part.name, a1, cell, runs, font, self._judge(runs))

    def _runs_of(self, cell: etree._Element, font: str | None) -> list[Run]:
        match cell.get("t"):
            case "s":
                return _runs(self._items[self._index(cell)], font)
            case "inlineStr" if (item := cell.find(tag("is"))) is not None:
                return _runs(item, font)
            case "str":
                return [Run(cell.findtext(tag("v"), ""), font)]
            case _:
                return []

    def _index(self, cell: etree._Element) -> int:
        text = cell.findtext(tag("v"), "")
        if not text.isdecimal() or int(text) >= len(self._items):
            raise BadFile.truncated()
        return int(text)

    def converted(self) -> Converted:
        places = self.places()
        changed = self._rewrite()
        new_names = {place.before: place.after for place in sheet_names(self._package)}
        parts = dict(self._package.parts)
        for part, root in self._sheets:
            touched = [one.convert() for one in self._headers(root)]
            if any((*touched, _refont(root), rename_sheets(root, new_names), part.path in changed)):
                parts[part.path] = write_xml(root)
            for path, notes in comment_parts(self._package, part):
                touched = [one.convert() for one in comments_of(notes, self._judge)]
                if any((*touched, _refont(notes))):
                    parts[path] = write_xml(notes)
        for path in _PARTS_THAT_NAME_SHEETS if new_names else ():
            for name in [name for name in parts if fnmatch(name, path)]:
                if rename_sheets(root := parse_xml(parts[name]), new_names):
                    parts[name] = write_xml(root)
        strings, styles = self._package.shared_strings_path, self._package.styles_path
        if strings is not None and self._strings is not None and (_refont(self._strings) or changed):
            parts[strings] = write_xml(self._strings)
        if styles is not None and _refont(root := parse_xml(parts[styles])):
            parts[styles] = write_xml(root)
        return Converted(zip_parts(parts), places)

    def _rewrite(self) -> set[str]:
        """The sheets with a converted cell. A text shared by cells of other fonts is written once for each."""
        wanted = [(cell, new) for cell in self._cells if (new := _new_texts(cell)) is not None]
        outcomes: dict[int, set[tuple[str, ...] | None]] = {}
        for cell in self._cells:
            if cell.element.get("t") == "s":
                outcomes.setdefault(self._index(cell.element), set()).add(_new_texts(cell))
        appended: dict[tuple[int, tuple[str, ...]], int] = {}
        for cell, texts in wanted:
            value, item = cell.element.find(tag("v")), cell.element.find(tag("is"))
            if cell.element.get("t") == "s" and value is not None:
                index = self._index(cell.element)
                if len(outcomes[index]) == 1:
                    _write(self._items[index], texts)
                elif (index, texts) not in appended:
                    appended[index, texts] = self._append(index, texts)
                value.text = str(appended.get((index, texts), index))
            elif item is not None:
                _write(item, texts)
            elif value is not None:
                value.text = "".join(texts)
        changed = {cell.path for cell, _ in wanted}
        return changed | {cell.path for cell in self._cells if _convert_formula(cell)}

    def _append(self, index: int, texts: tuple[str, ...]) -> int:
        item = parse_xml(etree.tostring(self._items[index]))
        _write(item, texts)
        if self._strings is not None:
            self._strings.append(item)
            self._strings.attrib.pop("uniqueCount", "")
        self._items.append(item)
        return len(self._items) - 1


def _new_texts(cell: _Cell) -> tuple[str, ...] | None:
    return cell.judged.texts if cell.judged is not None else bare_texts(cell.runs)


def _convert_formula(cell: _Cell) -> bool:
    """Texts inside a formula are compared with those of cells, so they change with them."""
    formula = cell.element.find(tag("f"))
    if formula is None or not formula.text:
        return False
    before = formula.text
    formula.text = _QUOTED.sub(lambda found: _literal(found[0], cell.font), before)
    return formula.text != before


def _literal(text: str, font: str | None) -> str:
    suspicion = suspect(text, font)
    return text if suspicion is None else repair(text, suspicion)


def _texts(item: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Each text element with its run, phonetic hints left out."""
    for child in item:
        if child.tag == tag("t"):
            yield child, None
        elif child.tag == tag("r"):
            for text in child.iterfind(tag("t")):
                yield text, child


def _runs(item: etree._Element, cell_font: str | None) -> list[Run]:
    found: list[Run] = []
    for text, run in _texts(item):
        named = None if run is None else run.find(f"{tag('rPr')}/{tag('rFont')}")
        found.append(Run(text.text or "", cell_font if named is None else named.get("val")))
    return found


def _write(item: etree._Element, texts: tuple[str, ...]) -> None:
    for (text, _), converted in zip(_texts(item), texts, strict=True):
        text.text = converted


def _cell_fonts(package: Package) -> dict[int, str | None]:
    """The font's name by the style index of a cell."""
    if package.styles_part is None:
        return {}
    root = parse_xml(package.styles_part)
    names: list[str | None] = []
    for font in root.iterfind(f"{tag('fonts')}/{tag('font')}"):
        name = font.find(tag("name"))
        names.append(None if name is None else name.get("val"))
    found: dict[int, str | None] = {}
    for index, xf in enumerate(root.iterfind(f"{tag('cellXfs')}/{tag('xf')}")):
        number = int(xf.get("fontId", "0"))
        found[index] = names[number] if number < len(names) else None
    return found


def _refont(root: etree._Element) -> bool:
    """True where a legacy font stood."""
    named = (font for name in ("name", "rFont") for font in root.iter(tag(name)))
    found = [font for font in named if font_encoding(font.get("val")) is not None]
    for font in found:
        font.set("val", NEW_FONT)
    return bool(found)
