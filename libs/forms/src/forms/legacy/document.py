"""Legacy text in the parts of a .docx: found paragraph by paragraph, converted in place.

The parts have been inflated and judged harmless by whoever opened the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from forms.legacy.detection import font_encoding
from forms.legacy.places import NEW_FONT, LegacyPlace
from forms.legacy.runs import Judged, Run, bare_texts, judge
from forms.package import parse_xml, write_xml

_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_TEXT_PARTS = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/numbering")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SLOTS = tuple(f"{_W}{name}" for name in ("ascii", "hAnsi", "cs", "eastAsia"))
_DEFAULT = ""


@dataclass(frozen=True, slots=True)
class ConvertedParts:
    parts: Mapping[str, bytes]
    """Only those that changed."""
    places: tuple[LegacyPlace, ...]


def find_in_document(parts: Mapping[str, bytes]) -> tuple[LegacyPlace, ...]:
    fonts = _Fonts(parts.get(_STYLES))
    return tuple(
        _place(judged, runs, name, number)
        for name in _texts_of(parts)
        for number, _, runs in _paragraphs(parse_xml(parts[name]), fonts)
        if (judged := judge(runs)) is not None
    )


def convert_document(parts: Mapping[str, bytes]) -> ConvertedParts:
    fonts = _Fonts(parts.get(_STYLES))
    changed: dict[str, bytes] = {}
    places: list[LegacyPlace] = []
    for name in _texts_of(parts):
        root = parse_xml(parts[name])
        touched = False
        for number, texts, runs in _paragraphs(root, fonts):
            judged = judge(runs)
            new = judged.texts if judged is not None else bare_texts(runs)
            if judged is not None:
                places.append(_place(judged, runs, name, number))
            if new is not None:
                touched = True
                for text, converted in zip(texts, new, strict=True):
                    text.text = converted
        if _refont(root) or touched:
            changed[name] = write_xml(root)
    if _STYLES in parts and _refont(root := parse_xml(parts[_STYLES])):
        changed[_STYLES] = write_xml(root)
    return ConvertedParts(changed, tuple(places))


def _texts_of(parts: Mapping[str, bytes]) -> list[str]:
    """The document first, then what stands around it."""
    around = (name for name in parts if name.startswith(_TEXT_PARTS) and name.endswith(".xml"))
    return [_MAIN, *sorted(around)]


def _place(judged: Judged, runs: tuple[Run, ...], name: str, number: int) -> LegacyPlace:
    where = f"đoạn {number}" if name == _MAIN else f"đoạn {number} của {name.removeprefix('word/')}"
    return judged.place(runs, part=where)


def _paragraphs(
    root: etree._Element, fonts: _Fonts
) -> Iterator[tuple[int, list[etree._Element], tuple[Run, ...]]]:
    """Number from 1, text elements, and the run each belongs to."""
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = fonts.of_paragraph(None if style is None else style.get(f"{_W}val"))
        texts: list[etree._Element] = []
        runs: list[Run] = []
        for run in paragraph.iter(f"{_W}r"):
            if next(run.iterancestors(f"{_W}p")) is not paragraph:
                continue
            font = fonts.of_run(run) or inherited
            for text in run.iterfind(f"{_W}t"):
                texts.append(text)
                runs.append(Run(text.text or "", font))
        yield number, texts, tuple(runs)


class _Fonts:
    """Which font a style brings, by the chain of styles it is based on."""

    def __init__(self, styles: bytes | None) -> None:
        self._own: dict[str, str | None] = {}
        self._based_on: dict[str, str] = {}
        self._normal: str | None = None
        if styles is None:
            return
        root = parse_xml(styles)
        self._own[_DEFAULT] = _font(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in root.iterfind(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            self._own[identity] = _font(style.find(f"{_W}rPr"))
            based = style.find(f"{_W}basedOn")
            self._based_on[identity] = _DEFAULT if based is None else based.get(f"{_W}val", "")
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._normal = identity

    def of_paragraph(self, style: str | None) -> str | None:
        return self._of(style or self._normal or _DEFAULT)

    def of_run(self, run: etree._Element) -> str | None:
        own = _font(run.find(f"{_W}rPr"))
        style = run.find(f"{_W}rPr/{_W}rStyle")
        return own or (None if style is None else self._of(style.get(f"{_W}val", "")))

    def _of(self, style: str) -> str | None:
        seen: set[str] = set()
        while style not in seen:
            seen.add(style)
            if font := self._own.get(style):
                return font
            style = self._based_on.get(style, _DEFAULT)
        return None


def _font(properties: etree._Element | None) -> str | None:
    fonts = None if properties is None else properties.find(f"{_W}rFonts")
    if fonts is None:
        return None
    return fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")


def _refont(root: etree._Element) -> bool:
    """True where a legacy font stood."""
    found = False
    for fonts in root.iter(f"{_W}rFonts"):
        for slot in _SLOTS:
            if font_encoding(fonts.get(slot)) is not None:
                fonts.set(slot, NEW_FONT)
                found = True
    return found
