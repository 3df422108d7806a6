"""What the look of a cell says about it: decimals of its number format, fill, border, alignment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

from forms.package import Package, parse_xml, tag

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_NUMERIC = re.compile(r"[0#?]")
_LOCAL_DATES = frozenset(range(27, 37)) | frozenset(range(50, 59))


@dataclass(frozen=True)
class NumberFormat:
    code: str = "General"

    @cached_property
    def _bare(self) -> str:
        return _QUOTED.sub("", self.code.split(";")[0])

    @property
    def is_general(self) -> bool:
        return self.code.lower() in ("general", "")

    @property
    def is_text(self) -> bool:
        return self.code.strip() == "@"

    @property
    def is_date(self) -> bool:
        return not self.is_general and bool(_DATE.search(self._bare))

    @cached_property
    def is_day(self) -> bool:
        """Shows a day of the calendar, without an hour: dd/mm/yyyy, d-mmm-yy."""
        shown = self._bare.lower()
        return not self.is_general and all(c in shown for c in "dmy") and not any(c in shown for c in "hs")

    @cached_property
    def is_number(self) -> bool:
        return not self.is_general and not self.is_date and bool(_NUMERIC.search(self._bare))

    @property
    def precision(self) -> int | None:
        """Places after the decimal mark of the stored number; a percent format shows two fewer."""
        bare = self._bare
        if not self.is_number or "E" in bare.upper() or "/" in bare or bare.rstrip().endswith(","):
            return None
        _, _, fraction = bare.partition(".")
        places = sum(char in "0#?" for char in fraction)
        return places + 2 if "%" in bare else places


@dataclass(frozen=True, slots=True)
class Style:
    format: NumberFormat = NumberFormat()
    filled: bool = False
    bordered: bool = False
    bold: bool = False
    align: str | None = None
    locked: bool = True


PLAIN = Style()


def read_styles(package: Package) -> tuple[Style, ...]:
    if package.styles_part is None:
        return (PLAIN,)
    root = parse_xml(package.styles_part)
    codes = {
        int(f.get("numFmtId", "0")): f.get("formatCode", "General")
        for f in root.iterfind(f"{tag('numFmts')}/{tag('numFmt')}")
    }
    fills = [_is_filled(fill) for fill in root.iterfind(f"{tag('fills')}/{tag('fill')}")]
    borders = [_has_border(border) for border in root.iterfind(f"{tag('borders')}/{tag('border')}")]
    bolds = [_is_bold(font) for font in root.iterfind(f"{tag('fonts')}/{tag('font')}")]
    found = [
        _style(xf, codes, fills, borders, bolds) for xf in root.iterfind(f"{tag('cellXfs')}/{tag('xf')}")
    ]
    return tuple(found) or (PLAIN,)


def _style(
    xf: etree._Element,
    codes: dict[int, str],
    fills: list[bool],
    borders: list[bool],
    bolds: list[bool],
) -> Style:
    alignment, protection = xf.find(tag("alignment")), xf.find(tag("protection"))
    return Style(
        format=NumberFormat(_format_code(int(xf.get("numFmtId", "0")), codes)),
        filled=_at(fills, xf.get("fillId")),
        bordered=_at(borders, xf.get("borderId")),
        bold=_at(bolds, xf.get("fontId")),
        align=None if alignment is None else alignment.get("horizontal"),
        locked=protection is None or protection.get("locked", "1") not in ("0", "false"),
    )


def _format_code(number: int, codes: dict[int, str]) -> str:
    if number in codes:
        return codes[number]
    if number in _LOCAL_DATES:
        return "dd/mm/yyyy"
    return BUILTIN_FORMATS.get(number, "General")


def _at(flags: list[bool], index: str | None) -> bool:
    place = int(index or "0")
    return 0 <= place < len(flags) and flags[place]


def _is_filled(fill: etree._Element) -> bool:
    pattern = fill.find(tag("patternFill"))
    if pattern is None:
        return fill.find(tag("gradientFill")) is not None
    if pattern.get("patternType", "none") in ("none", "gray125"):
        return False
    colour = pattern.find(tag("fgColor"))
    white = colour is not None and (
        colour.get("rgb", "").upper().endswith("FFFFFF") or colour.get("theme") == "0"
    )
    return not white


def _has_border(border: etree._Element) -> bool:
    sides = (border.find(tag(side)) for side in ("left", "right", "top", "bottom"))
    drawn = sum(side is not None and side.get("style", "none") != "none" for side in sides)
    return drawn > 0


def _is_bold(font: etree._Element) -> bool:
    bold = font.find(tag("b"))
    return bold is not None and bold.get("val", "1") not in ("0", "false")
