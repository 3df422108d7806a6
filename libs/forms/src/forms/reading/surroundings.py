"""What stands around the table: letterhead, title, period, measure, notes, signatures."""

from __future__ import annotations

import re

from forms.addresses import Address
from forms.grid import Grid
from forms.model import PrintSetup, SheetText, TextPlace
from forms.package import Package, SheetPart
from forms.reading.header import Header
from forms.reading.words import ends_table, is_letterhead, measure_in_line, names_period
from forms.text import fold, squeeze

_TITLE = re.compile(
    r"^(bao cao|tinh hinh|tong hop|bieu|danh sach|danh muc|ket qua|thong ke|phu luc|bang|mot so)\b"
)
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
_SIGNATURE = re.compile(r"^(ghi chu|chu thich|chu y|luu y|nguon|\*|-|\+)")


def read_texts(grid: Grid, header: Header, body_end: int) -> tuple[SheetText, ...]:
    found: list[SheetText] = []
    title_row = _title_row(grid, header)
    signing = False
    for address in sorted(grid.cells):
        text = grid.cells[address].text
        if not text or header.top <= address.row <= body_end:
            continue
        if address.row < header.top:
            place = _place_above(address, text, title_row)
        else:
            signing = signing or (ends_table(text) and not _SIGNATURE.match(fold(text)))
            place = TextPlace.SIGNATURE if signing else TextPlace.NOTE
        found.append(SheetText(a1=address.a1, text=text, place=place))
    return tuple(found)


def _place_above(address: Address, text: str, title_row: int | None) -> TextPlace:
    if measure_in_line(text) is not None:
        return TextPlace.MEASURE
    if address.row == title_row:
        return TextPlace.TITLE
    if title_row is not None and address.row > title_row:
        return TextPlace.PERIOD if names_period(text) else TextPlace.TITLE
    return TextPlace.PERIOD if names_period(text) and not is_letterhead(text) else TextPlace.LETTERHEAD


def _title_row(grid: Grid, header: Header) -> int | None:
    """The first row above the table that holds one text and reads like a title."""
    candidates: list[tuple[int, int]] = []
    for row in range(1, header.top):
        texts = [a for a in grid.cells if a.row == row and grid.cells[a].text]
        if len(texts) != 1:
            continue
        text = grid.cells[texts[0]].text
        if is_letterhead(text) or measure_in_line(text) is not None:
            continue
        area = grid.merge_at(row, texts[0].column)
        wide = (area.right - area.left + 1) * 2 > header.right - header.left + 1
        titled = bool(_TITLE.match(fold(text)))
        if wide or titled or text.isupper():
            candidates.append((row, int(titled) + int(wide) + int(text.isupper())))
    best = max((score for _, score in candidates), default=0)
    return next((row for row, score in candidates if score == best), None)


def joined_title(texts: tuple[SheetText, ...]) -> str:
    return squeeze(" ".join(text.text for text in texts if text.place is TextPlace.TITLE))


def read_print_setup(package: Package, part: SheetPart, grid: Grid) -> PrintSetup:
    area = package.defined_name("_xlnm.Print_Area", part.index)
    titles = package.defined_name("_xlnm.Print_Titles", part.index) or ""
    rows = _ROWS.search(titles.rpartition("!")[2])
    return PrintSetup(
        area=area.rpartition("!")[2].replace("$", "") if area else None,
        title_rows=(int(rows[1]), int(rows[2])) if rows else None,
        orientation=grid.orientation,
        paper_size=grid.paper_size,
    )
