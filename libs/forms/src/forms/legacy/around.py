"""Legacy text around the cells of a workbook: names of sheets, headers and footers of the page, comments.

A sheet has its name in formulas too, of cells, names, charts and checks, so a new name is written there as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from forms.legacy.detection import font_encoding, suspect
from forms.legacy.places import NEW_FONT, LegacyPlace, place_of
from forms.legacy.runs import Judged, Run, bare_texts
from forms.package import Package, SheetPart, parse_xml, tag

Judge = Callable[[tuple[Run, ...]], Judged | None]

_HEADER_CODE = re.compile(r'&(?:"([^"]*)"|\d+|K[0-9A-Fa-f]{6}|.)', re.DOTALL)
_SECTIONS = ("&L", "&C", "&R")
_LONGEST_HEADER = 255
_LONGEST_NAME = 31
_SHEET_IN_FORMULA = re.compile(r"'((?:[^'\[\]]|'')+)'!|([^\s'\"!(),;:+\-*/^&=<>\[\]{}]+)!")
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")


def sheet_names(package: Package) -> tuple[LegacyPlace, ...]:
    """Each name that is legacy, with the one it gets: never one that another sheet has."""
    names = [sheet.get("name", "") for sheet in package.workbook.iterfind(f"{tag('sheets')}/{tag('sheet')}")]
    taken = {name.casefold() for name in names}
    found: list[LegacyPlace] = []
    for name in names:
        suspicion = suspect(name)
        if suspicion is None:
            continue
        place = place_of(name, suspicion, sheet=name, part="tên trang")
        new = _free(place.after, taken)
        taken.add(new.casefold())
        found.append(LegacyPlace(place.encoding, place.confidence, name, new, sheet=name, part=place.part))
    return tuple(found)


def _free(wanted: str, taken: set[str]) -> str:
    number, name = 1, wanted[:_LONGEST_NAME]
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: _LONGEST_NAME - 4]} ({number})"
    return name


def rename_sheets(root: etree._Element, new: Mapping[str, str]) -> bool:
    """Wherever a part speaks of a sheet by its name: its own list, formulas, links inside the workbook."""
    if not new:
        return False
    changed = False
    for element in root.iter("*"):
        name = etree.QName(element).localname
        if name in _FORMULAS and element.text:
            text = _SHEET_IN_FORMULA.sub(lambda found: _renamed(found, new), element.text)
            changed |= text != element.text
            element.text = text
        elif name == "hyperlink" and (location := element.get("location")):
            text = _SHEET_IN_FORMULA.sub(lambda found: _renamed(found, new), location)
            changed |= text != location
            element.set("location", text)
        elif element.tag == tag("sheet") and (own := element.get("name", "")) in new:
            element.set("name", new[own])
            changed = True
    return changed


def _renamed(found: re.Match[str], new: Mapping[str, str]) -> str:
    given = (found[1] or found[2]).replace("''", "'")
    names = [new.get(name, name) for name in given.split(":")]
    if names == given.split(":"):
        return found[0]
    return "'" + ":".join(names).replace("'", "''") + "'!"


@dataclass(frozen=True, slots=True)
class HeaderFooter:
    """One header or footer of a sheet's printed page; its codes choose the fonts of the texts between them."""

    element: etree._Element
    pieces: tuple[str | Run, ...]
    judged: Judged | None

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Run))

    def place(self, sheet: str) -> LegacyPlace | None:
        if self.judged is None:
            return None
        kind = "đầu trang" if etree.QName(self.element).localname.endswith("Header") else "cuối trang"
        return self.judged.place(self.runs, sheet=sheet, part=kind)

    def convert(self) -> bool:
        texts = iter(
            self.judged.texts if self.judged else bare_texts(self.runs) or [r.text for r in self.runs]
        )
        written = [next(texts) if isinstance(piece, Run) else _new_code(piece) for piece in self.pieces]
        text = "".join(written)
        if len(text) > _LONGEST_HEADER:
            text = "".join(piece for piece in written if not piece.startswith('&"'))
        changed = text != (self.element.text or "")
        self.element.text = text
        return changed


def headers_of(root: etree._Element, normal_font: str | None, judge: Judge) -> Iterator[HeaderFooter]:
    for element in root.iterfind(f"{tag('headerFooter')}/*"):
        pieces = tuple(_pieces(element.text or "", normal_font))
        runs = tuple(piece for piece in pieces if isinstance(piece, Run))
        yield HeaderFooter(element, pieces, judge(runs) if runs else None)


def _pieces(text: str, normal_font: str | None) -> Iterator[str | Run]:
    font, at = normal_font, 0
    for code in _HEADER_CODE.finditer(text):
        if code.start() > at:
            yield Run(text[at : code.start()], font)
        if code[1] is not None:
            font = code[1].partition(",")[0]
        elif code[0] in _SECTIONS:
            font = normal_font
        yield code[0]
        at = code.end()
    if at < len(text):
        yield Run(text[at:], font)


def _new_code(code: str) -> str:
    if not code.startswith('&"'):
        return code
    font, comma, style = code[2:-1].partition(",")
    return f'&"{NEW_FONT}{comma}{style}"' if font_encoding(font) is not None else code


@dataclass(frozen=True, slots=True)
class Comment:
    """A note at a cell, or one remark of a conversation there."""

    a1: str
    texts: tuple[etree._Element, ...]
    runs: tuple[Run, ...]
    judged: Judged | None

    def place(self, sheet: str) -> LegacyPlace | None:
        if self.judged is None:
            return None
        return self.judged.place(self.runs, sheet=sheet, cell=self.a1, part="ghi chú")

    def convert(self) -> bool:
        new = self.judged.texts if self.judged is not None else bare_texts(self.runs)
        for text, converted in zip(self.texts, new or (), strict=False):
            text.text = converted
        return new is not None


def comment_parts(package: Package, sheet: SheetPart) -> Iterator[tuple[str, etree._Element]]:
    for kind in ("/comments", "/threadedComment"):
        for path in package.relatives(sheet.path, kind):
            yield path, parse_xml(package.parts[path])


def comments_of(root: etree._Element, judge: Judge) -> Iterator[Comment]:
    for element in root.iter("{*}comment", "{*}threadedComment"):
        texts: list[etree._Element] = []
        runs: list[Run] = []
        for text in element.iter("{*}t") if element.tag == tag("comment") else element.iterfind("{*}text"):
            run = text.getparent()
            font = None if run is None else run.find(f"{tag('rPr')}/{tag('rFont')}")
            texts.append(text)
            runs.append(Run(text.text or "", None if font is None else font.get("val")))
        yield Comment(element.get("ref", ""), tuple(texts), tuple(runs), judge(tuple(runs)) if runs else None)
