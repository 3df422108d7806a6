"""Copies as other programs save them are read by header and labels, not by how the file is written.

LibreOffice's own files are in the corpus; what Excel and WPS Office do to a workbook is done here to its parts.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from forms.filled import read_filled
from forms.package import MAIN, Package, tag, write_xml, zip_parts
from forms.stamp import read_stamp
from forms.writing import blank
from kit.errors import InvalidInput
from lxml import etree

from tests.forms.building import FORMS, counted_ids, figures_of, model_of, sample

SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_sheet(parts: Parts, change: Callable[[etree._Element], None]) -> None:
    root = etree.fromstring(parts[SHEET])
    change(root)
    parts[SHEET] = write_xml(root)


def texts_inline(parts: Parts) -> None:
    """WPS and many exporters write texts into the cells themselves."""
    strings = Package(zip_parts(parts)).shared_strings

    def change(root: etree._Element) -> None:
        for cell in root.iter(tag("c")):
            if cell.get("t") == "s":
                text = strings[int(cell.findtext(tag("v")) or "0")]
                cell.set("t", "inlineStr")
                for child in list(cell):
                    cell.remove(child)
                etree.SubElement(etree.SubElement(cell, tag("is")), tag("t")).text = text

    in_sheet(parts, change)


def texts_shared_and_rich(parts: Parts) -> None:
    """Excel shares texts, in runs where part of one is bold, with hints that are no part of it."""
    items: list[str] = []

    def change(root: etree._Element) -> None:
        for cell in root.iter(tag("c")):
            if cell.get("t") == "inlineStr":
                text = "".join(t.text or "" for t in cell.iter(tag("t")))
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "s")
                etree.SubElement(cell, tag("v")).text = str(len(items))
                items.append(text)

    texts_inline(parts)
    in_sheet(parts, change)
    table = etree.Element(tag("sst"), nsmap={None: MAIN})
    for text in items:
        item = etree.SubElement(table, tag("si"))
        half = len(text) // 2
        for run in (text[:half], text[half:]):
            etree.SubElement(etree.SubElement(item, tag("r")), tag("t")).text = run
        etree.SubElement(etree.SubElement(item, tag("rPh"), sb="0", eb="1"), tag("t")).text = "phiên âm"
    parts["xl/sharedStrings.xml"] = write_xml(table)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>',
    )
    relation = (
        b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    relations = "xl/_rels/workbook.xml.rels"
    if b"sharedStrings.xml" not in parts[relations]:
        parts[relations] = parts[relations].replace(b"</Relationships>", relation)


def results_missing(parts: Parts) -> None:
    def change(root: etree._Element) -> None:
        for cell in root.iter(tag("c")):
            result = cell.find(tag("v"))
            if cell.find(tag("f")) is not None and result is not None:
                cell.remove(result)
                cell.attrib.pop("t", None)

    in_sheet(parts, change)


def styles_changed(parts: Parts) -> None:
    def change(root: etree._Element) -> None:
        for element in root.iter(tag("c"), tag("row"), tag("col")):
            element.attrib.pop("s", None)
            element.attrib.pop("style", None)

    in_sheet(parts, change)


def names_moved(parts: Parts) -> None:
    """The sheet renamed, its names gone or pointing elsewhere."""
    root = etree.fromstring(parts["xl/workbook.xml"])
    for sheet in root.iter(tag("sheet")):
        sheet.set("name", "Sheet1")
    for defined in root.iter(tag("definedName")):
        defined.text = "Sheet1!$B$2:$C$3"
    parts["xl/workbook.xml"] = write_xml(root)


def places_left_out(parts: Parts) -> None:
    """Rows and cells without their numbers, counted by position."""

    def change(root: etree._Element) -> None:
        last = 0
        for row in root.iter(tag("row")):
            number = int(row.get("r", "0"))
            if number == last + 1:
                row.attrib.pop("r")
            last = number

    in_sheet(parts, change)


PROGRAMS: dict[str, tuple[Callable[[Parts], None], ...]] = {
    "Excel": (texts_shared_and_rich,),
    "WPS Office": (texts_inline, styles_changed, names_moved, results_missing),
    "an exporter": (texts_inline, places_left_out, results_missing),
}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("form", FORMS)
def test_a_copy_is_read_the_same_whatever_saved_it(form: str, program: str) -> None:
    parts = parts_of(blank(sample(f"{form}-filled"), form_version="v7"))
    for change in PROGRAMS[program]:
        change(parts)
    copy = zip_parts(parts)

    read = read_filled(
        model_of(form), copy, new_row_id=counted_ids(), current=figures_of(form), form_version="v7"
    )

    assert read.messages == ()
    assert read.figures == figures_of(form)
    assert (read.form_version, read_stamp(parts)) == ("v7", "v7")


@pytest.mark.parametrize("program", PROGRAMS)
def test_another_form_is_still_another_form_whatever_saved_it(program: str) -> None:
    parts = parts_of(sample("ho-ngheo-xa-filled"))
    for change in PROGRAMS[program]:
        change(parts)

    with pytest.raises(InvalidInput) as refusal:
        read_filled(model_of("kt-xh-thang"), zip_parts(parts), new_row_id=counted_ids())

    assert refusal.value.code == "forms.filled.other_form"
