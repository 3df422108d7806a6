"""A list of any length in the agency's own workbook: rows are put in or taken out, the rest moves along."""

from __future__ import annotations

import copy

from lxml import etree
from openpyxl.formula.translate import Translator

from forms.addresses import Address, parse_address, parse_area
from forms.package import tag
from forms.writing.sheet_xml import SheetXml
from forms.writing.shifting import Move, Resize, shift_formula, shift_place, shift_places

_PLACES = ("ref", "sqref", "activeCell", "topLeftCell")
_RULE_FORMULAS = tuple(tag(name) for name in ("formula", "formula1", "formula2"))
"""Formulas of conditional formats and of input rules."""


def resize_list(sheet: SheetXml, name: str, change: Resize, pattern_rows: int) -> None:
    """Grows or shrinks the region in its own sheet. The first ``pattern_rows`` rows are the list's
    blank rows; a marker row after them goes once the list has rows."""
    spread_shared_formulas(sheet)
    merges = _merges_of(sheet, change.first)
    region = {number: sheet.rows[number] for number in sheet.rows if change.first <= number <= change.last}
    for number, row in sheet.rows.items():
        if not change.first <= number <= change.last:
            _change_formulas(row, name, change)
    for row in region.values():
        sheet.data.remove(row)
    for number in sorted(sheet.rows, reverse=change.delta > 0):
        if number > change.last:
            _renumber(sheet.rows[number], number + change.delta)
    _put_rows(sheet, name, change, region, pattern_rows)
    _move_places(sheet.root, name, change)
    _repeat_merges(sheet.root, merges, change)
    sheet.index()


def _put_rows(
    sheet: SheetXml, name: str, change: Resize, region: dict[int, etree._Element], pattern_rows: int
) -> None:
    place = sum(1 for number in sheet.rows if number < change.first)
    for step in range(change.size):
        old = change.first + min(step, pattern_rows - 1)
        new = change.first + step
        source = region.get(old)
        row = etree.Element(tag("row"), r=str(old)) if source is None else copy.deepcopy(source)
        _renumber(row, new)
        _change_formulas(row, name, Move(change, old, new))
        sheet.data.insert(place + step, row)


def spread_shared_formulas(sheet: SheetXml) -> None:
    """Each formula of a shared group written out, since its cells may now go separate ways."""
    masters: dict[str, tuple[str, str]] = {}
    for cell in sheet.data.iter(tag("c")):
        formula = cell.find(tag("f"))
        if formula is None or formula.get("t") != "shared":
            continue
        group, a1 = formula.get("si", ""), cell.get("r", "A1")
        if formula.text:
            masters[group] = (formula.text, a1)
        elif group in masters:
            text, origin = masters[group]
            formula.text = str(Translator(f"={text}", origin=origin).translate_formula(a1))[1:]
        formula.attrib.clear()


def shift_other_sheet(sheet: SheetXml, name: str, change: Resize) -> bool:
    """Formulas of another sheet that read the resized one; whether any changed."""
    formulas = [f for f in sheet.data.iter(tag("f")) if f.text]
    if not any(change.sheet in (f.text or "") for f in formulas):
        return False
    spread_shared_formulas(sheet)
    for row in sheet.rows.values():
        _change_formulas(row, name, change)
    return True


def _renumber(row: etree._Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row.iterfind(tag("c")):
        cell.set("r", Address(number, parse_address(cell.get("r", "A1")).column).a1)


def _change_formulas(row: etree._Element, name: str, change: Resize | Move) -> None:
    for cell in row.iterfind(tag("c")):
        formula = cell.find(tag("f"))
        if formula is not None and formula.text:
            formula.text = shift_formula(formula.text, name, change)
            if "ref" in formula.attrib:
                formula.set("ref", shift_place(formula.get("ref", ""), change))


def _move_places(root: etree._Element, name: str, change: Resize) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (tag("c"), tag("f"), tag("row")):
            continue
        if element.tag in _RULE_FORMULAS and element.text:
            element.text = shift_formula(element.text, name, change)
        for attribute in _PLACES:
            places = element.get(attribute)
            if places:
                element.set(attribute, shift_places(places, change))
        if element.tag == tag("brk") and element.getparent().tag == tag("rowBreaks"):  # type: ignore[union-attr]
            element.set("id", str(change.row(int(element.get("id", "0")))))


def _merges_of(sheet: SheetXml, row: int) -> list[tuple[int, int]]:
    """Columns merged side by side in the pattern row."""
    found = sheet.root.iterfind(f"{tag('mergeCells')}/{tag('mergeCell')}")
    areas = [parse_area(merge.get("ref", "A1")) for merge in found]
    return [(area.left, area.right) for area in areas if area.top == area.bottom == row]


def _repeat_merges(root: etree._Element, merges: list[tuple[int, int]], change: Resize) -> None:
    holder = root.find(tag("mergeCells"))
    if holder is None:
        return
    kept: set[str] = set()
    for merge in list(holder):
        area = parse_area(merge.get("ref", "A1"))
        inside = (
            change.first <= area.top == area.bottom <= change.new_last and (area.left, area.right) in merges
        )
        if inside or area.a1 in kept:
            holder.remove(merge)
        kept.add(area.a1)
    for left, right in merges:
        for row in range(change.first, change.new_last + 1):
            reference = f"{Address(row, left).a1}:{Address(row, right).a1}"
            etree.SubElement(holder, tag("mergeCell"), ref=reference)
    holder.set("count", str(len(holder)))
