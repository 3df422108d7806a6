"""Two workbooks part by part: what of a form's look, formulas and print set-up a round trip changed.

How a program stores a text (shared or inline), the order of attributes and digits beyond a spreadsheet's fifteen
make no difference; everything a person could see or print does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from lxml import etree

from forms.grid import RawCell, read_grid
from forms.package import MAIN, Package, SheetPart, parse_xml, tag
from forms.styles import read_styles

_DIGITS = Context(prec=12)
_XML = (".xml", ".rels", ".vml")
_ASPECTS = {
    "cols": "widths",
    "mergeCells": "merges",
    "sheetViews": "panes",
    "pageSetup": "print set-up",
    "printOptions": "print set-up",
    "pageMargins": "print set-up",
    "headerFooter": "print set-up",
    "rowBreaks": "print set-up",
    "colBreaks": "print set-up",
    "definedNames": "defined names",
    "sheets": "sheets",
    "dataValidations": "input rules",
    "conditionalFormatting": "conditional formats",
}


@dataclass(frozen=True, slots=True)
class Difference:
    part: str
    what: str
    """``missing``, ``added``, or the aspect that differs: widths, merges, heights, styles, formulas, values…"""
    sheet: str | None = None
    cells: tuple[str, ...] = ()


def compare(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Every difference, by part in the order of the first workbook; empty where a person sees none."""
    return tuple(_Comparison(Package(before), Package(after)).differences())


class _Comparison:
    def __init__(self, before: Package, after: Package) -> None:
        self._before, self._after = before, after
        self._sheets = {part.path: part for part in before.sheets}
        self._strings = {p.shared_strings_path for p in (before, after) if p.shared_strings_path}

    def differences(self) -> Iterator[Difference]:
        for name, content in self._before.parts.items():
            if name in self._strings:
                continue
            if name not in self._after.parts:
                yield Difference(name, "missing")
            elif content != self._after.parts[name]:
                yield from self._changed(name, content, self._after.parts[name])
        for name in self._after.parts:
            if name not in self._before.parts and name not in self._strings:
                yield Difference(name, "added")

    def _changed(self, name: str, before: bytes, after: bytes) -> Iterator[Difference]:
        if name in self._sheets:
            part = self._sheets[name]
            yield from _children(name, before, after, part.name, but=("sheetData",))
            yield from self._cells(part)
        elif name == "xl/workbook.xml":
            yield from _children(name, before, after, None)
        elif not name.lower().endswith(_XML) or _canonical(parse_xml(before)) != _canonical(parse_xml(after)):
            yield Difference(name, "content")

    def _cells(self, part: SheetPart) -> Iterator[Difference]:
        twin = next((other for other in self._after.sheets if other.path == part.path), part)
        old = read_grid(self._before, part, read_styles(self._before))
        new = read_grid(self._after, twin, read_styles(self._after))
        places = sorted(old.cells.keys() | new.cells.keys())
        pairs = [(place, old.at(*place), new.at(*place)) for place in places]
        for what, same in (
            ("formulas", lambda a, b: a.formula == b.formula),
            ("values", lambda a, b: a.formula is not None or _same(a, b)),
            ("results", lambda a, b: a.formula is None or _same(a, b)),
            ("styles", lambda a, b: a.style == b.style),
        ):
            found = tuple(place.a1 for place, a, b in pairs if not same(a, b))
            if found:
                yield Difference(part.path, what, part.name, found)
        rows = _rows(self._before.parts[part.path]), _rows(self._after.parts[part.path])
        heights = tuple(
            str(row)
            for row in sorted(rows[0].keys() | rows[1].keys())
            if rows[0].get(row) != rows[1].get(row)
        )
        if heights:
            yield Difference(part.path, "heights", part.name, heights)


def _same(a: RawCell, b: RawCell) -> bool:
    if isinstance(a.content, Decimal) and isinstance(b.content, Decimal):
        return _DIGITS.plus(a.content) == _DIGITS.plus(b.content)
    return (a.content or "") == (b.content or "")


def _rows(sheet: bytes) -> dict[int, tuple[tuple[str, str], ...]]:
    """Height, visibility, outline and style of the rows that state one."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for place, row in enumerate(parse_xml(sheet).iterfind(f"{tag('sheetData')}/{tag('row')}"), 1):
        kept = {str(k): str(v) for k, v in row.attrib.items() if str(k) not in ("r", "spans")}
        if kept:
            found[int(row.get("r", place))] = tuple(sorted(kept.items()))
    return found


def _children(
    name: str, before: bytes, after: bytes, sheet: str | None, but: tuple[str, ...] = ()
) -> Iterator[Difference]:
    old, new = _by_name(parse_xml(before), but), _by_name(parse_xml(after), but)
    changed = [child for child in {**old, **new} if old.get(child) != new.get(child)]
    for what in dict.fromkeys(_ASPECTS.get(child, child) for child in changed):
        yield Difference(name, what, sheet)


def _by_name(root: etree._Element, but: tuple[str, ...]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for child in root:
        if isinstance(child.tag, str) and (name := child.tag.removeprefix(f"{{{MAIN}}}")) not in but:
            found.setdefault(name, []).append(_canonical(child))
    return found


def _canonical(element: etree._Element) -> bytes:
    text: str = etree.canonicalize(
        etree.tostring(element, encoding="unicode", with_tail=False), strip_text=True
    )
    return text.encode()
