"""Hostile and damaged files: each is refused before anything opens it, with a code of its own."""

from __future__ import annotations

import io
import zipfile

import pytest
from forms.guard import Limits, check
from forms.reading import propose
from kit.errors import InvalidInput

from tests.forms.building import FORMS, sample
from tests.forms.hostile import SHEET as _SHEET
from tests.forms.hostile import with_parts

GOOD = "kt-xh-thang"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_DRAWN = "xl/worksheets/_rels/sheet1.xml.rels"


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample(GOOD))) as archive:
        return archive.read(name)


def with_formula(formula: str) -> bytes:
    return with_parts({_SHEET: part(_SHEET).replace(b"<f>D14+D18+D21</f>", f"<f>{formula}</f>".encode())})


def with_name(name: bytes) -> bytes:
    defined = b"<definedNames><definedName " + name + b"</definedName>"
    return with_parts({"xl/workbook.xml": part("xl/workbook.xml").replace(b"<definedNames>", defined)})


def moved_sheet(name: str, formula: bytes) -> bytes:
    """The worksheet under another name, as its relation says."""
    sheet = part(_SHEET).replace(b"<f>D14+D18+D21</f>", b"<f>" + formula + b"</f>")
    relations = part(_RELATIONS).replace(b"worksheets/sheet1.xml", name.encode())
    assert name.encode() in relations
    types = part("[Content_Types].xml").replace(_SHEET.encode(), f"xl/{name}".encode())
    return with_parts({_RELATIONS: relations, f"xl/{name}": sheet, _SHEET: b"", "[Content_Types].xml": types})


def encrypted() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")


def flagged_encrypted() -> bytes:
    data = bytearray(sample(GOOD))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def a_word_document() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def bomb() -> bytes:
    return with_parts({"xl/media/image1.png": b"\0" * (150 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """Its directory says 10 bytes; 60 MiB come out."""
    data = bytearray(with_parts({_SHEET: part(_SHEET) + b" " * (60 * 1024 * 1024)}))
    place = data.rfind(_SHEET.encode()) - 46
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
_LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://example.org/a" '
    b'TargetMode="External"/></Relationships>'
)
_MACRO_TYPES = (
    part("[Content_Types].xml")
    .replace(b"spreadsheetml.sheet.main+xml", b"spreadsheetml.x")
    .replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.x",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
)

HOSTILE = {
    "text": (b"xin ch\xc3\xa0o", "not_xlsx"),
    "empty": (b"", "not_xlsx"),
    "word document": (a_word_document(), "not_xlsx"),
    "old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old_format"),
    "password": (encrypted(), "encrypted"),
    "encrypted entries": (flagged_encrypted(), "encrypted"),
    "half a file": (sample(GOOD)[:6000], "truncated"),
    "only the start": (b"PK\x03\x04", "truncated"),
    "macro part": (with_parts({"xl/vbaProject.bin": b"x"}), "macros"),
    "macro part elsewhere": (with_parts({"custom/vbaData.bin": b"x"}), "macros"),
    "macro content type": (with_parts({"[Content_Types].xml": _MACRO_TYPES}), "macros"),
    "macro sheet": (with_parts({"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    "other workbook": (with_parts({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), "external_links"),
    "formula into other workbook": (with_formula("[1]Sheet1!A1"), "external_links"),
    "formula into a file": (with_formula("'C:\\[a.xlsx]S'!A1"), "external_links"),
    "data connection": (with_parts({"xl/connections.xml": b"<connections/>"}), "external_links"),
    "external picture": (with_parts({"xl/worksheets/_rels/sheet1.xml.rels": _LINK % b"image"}), "external_links"),
    "web service": (with_formula("WEBSERVICE(&quot;http://example.org&quot;)"), "external_links"),
    "DDE link": (with_parts({"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}), "dde"),
    "DDE formula": (with_formula("cmd|'/c calc'!A0"), "dde"),
    "DDE behind a number": (with_formula("cmd&#124;'/c calc'!A0"), "dde"),
    "DDE in CDATA": (with_formula("<![CDATA[cmd|'/c calc'!A0]]>"), "dde"),
    "web service cut in two": (with_formula("WEB<!-- -->SERVICE(A1)"), "external_links"),
    "web service between quotes of two kinds": (with_formula('"&quot;&amp;WEBSERVICE(A1)&amp;&quot;"'), "external_links"),
    "picture from an address": (with_formula("_xlfn.IMAGE(A1)"), "external_links"),
    "DDE in a sheet elsewhere": (moved_sheet("tables/one.dat", b"cmd|'/c calc'!A0"), "dde"),
    "external picture behind a number": (with_parts({_DRAWN: _LINK.replace(b"External", b"&#69;xternal") % b"image"}), "external_links"),
    "external picture behind a bracket": (with_parts({_DRAWN: _LINK.replace(b"Type=", b'Id="a>b" Type=') % b"image"}), "external_links"),
    "remote template": (with_parts({"xl/_rels/settings.xml.rels": _LINK % b"attachedTemplate"}), "remote_template"),
    "Power Query": (with_parts({"customXml/item1.xml": b"<DataMashup/>"}), "external_links"),
    "name that runs at opening": (with_name(b'name="_xlnm.Auto_Open">Macro1!$A$1'), "macros"),
    "name that calls a program": (with_name(b"name=\"x\">cmd|'/c calc'!A0"), "dde"),
    "name in another workbook": (with_name(b'name="x">[1]S!A1'), "external_links"),
    "other encoding": (with_parts({_SHEET: part(_SHEET).decode().encode("utf-16")}), "other_encoding"),
    "web add-in": (with_parts({"xl/webextensions/webextension1.xml": b"<x/>"}), "embedded_objects"),
    "embedded object": (with_parts({"xl/embeddings/oleObject1.bin": b"x"}), "embedded_objects"),
    "entities": (with_parts({_SHEET: part(_SHEET).replace(b"<worksheet", _ENTITIES + b"<worksheet", 1)}), "xml_entities"),
    "entities in UTF-16": (with_parts({"docProps/app.xml": (_ENTITIES.decode() + "<x/>").encode("utf-16")}), "xml_entities"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_own_code(name: str) -> None:
    data, code = HOSTILE[name]

    with pytest.raises(InvalidInput) as refusal:
        check(data)

    assert refusal.value.code == f"forms.file.{code}"
    assert refusal.value.rule
    assert refusal.value.remedy


def test_a_dangerous_formula_is_refused_by_its_sheet_and_cell() -> None:
    for formula in ("cmd|'/c calc'!A0", "[1]Sheet1!A1", "WEBSERVICE(&quot;http://example.org&quot;)"):
        with pytest.raises(InvalidInput) as refusal:
            check(with_formula(formula))

        assert (refusal.value.places[0].sheet, refusal.value.places[0].cell) == ("KTXH", "D13")


@pytest.mark.parametrize("make", [bomb, lying_bomb])
def test_a_file_that_inflates_to_hundreds_of_megabytes_is_stopped_on_the_way(make: object) -> None:
    assert callable(make)
    with pytest.raises(InvalidInput) as refusal:
        check(make())

    assert refusal.value.code in ("forms.file.inflates_too_much", "forms.file.truncated")


def test_too_many_cells_too_many_bytes_and_too_many_parts_are_refused() -> None:
    codes = []
    for limits in (
        *(Limits(cells=10), Limits(bytes_sent=100), Limits(parts=2), Limits(bytes_inflated=1000)),
        *(Limits(sheets=0), Limits(rows=9), Limits(columns=5)),
    ):
        with pytest.raises(InvalidInput) as refusal:
            check(sample(GOOD), limits)
        codes.append(refusal.value.code.rsplit(".", 1)[1])

    assert codes == [
        *("too_many_cells", "too_large", "too_many_parts", "inflates_too_much"),
        *("too_many_sheets", "too_many_rows", "too_many_columns"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_official_samples_pass(form: str) -> None:
    assert "xl/workbook.xml" in check(sample(form))
    assert "xl/workbook.xml" in check(sample(f"{form}-filled"))


def test_an_ordinary_hyperlink_and_a_bar_inside_quotes_are_harmless() -> None:
    check(with_parts({"xl/worksheets/_rels/sheet1.xml.rels": _LINK % b"hyperlink"}))
    check(with_formula("IF(D14=&quot;a|b!c&quot;,1,2)"))


def test_damaged_xml_inside_a_sound_zip_is_called_damaged() -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose(with_parts({_SHEET: part(_SHEET)[:3000]}))

    assert refusal.value.code == "forms.file.truncated"


def test_a_workbook_without_any_table_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput) as refusal:
        propose(
            with_parts(
                {
                    _SHEET: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
                }
            )
        )

    assert refusal.value.code == "forms.reading.no_table"
