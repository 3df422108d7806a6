"""Reserved places of the document as form fields: what may still change after the leader's signature.

The number, the day and the agency's signature come after the leader has signed. They are fields of the file
from the start; the leader's signature certifies the document with the permission to fill fields and sign,
nothing else, so both signatures stay valid and any other change breaks the first.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from signing.adapters.pades.marks import Marks

NUMBER = "so"
DAY = "ngay"
LEADER = "chu_ky_lanh_dao"
AGENCY = "con_dau_co_quan"
_HINTS = {NUMBER: "Số, ký hiệu văn bản", DAY: "Địa danh và thời gian ban hành"}
_KINDS = {NUMBER: "number", DAY: "date"}
_READ_ONLY = 1
_PRINT = 4
_CENTRED = 1


def prepare_form(
    pdf: bytes, places: list[dict[str, Any]], marks: Marks, number_line: str, day_line: str
) -> bytes:
    """Adds the fields, with what a reader sees before they are filled."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    form = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject(), pdf_name("/DA"): pdf_string("0 g")}
    )
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()
    shown = {NUMBER: number_line, DAY: day_line}
    for place in places:
        name, page = place["name"], place["page"] - 1
        box = _box(writer, place)
        if name in shown:
            _add_text_field(writer, form, name, page, box, marks, shown[name])
    for name in (LEADER, AGENCY):
        for place in places:
            if place["name"] == name:
                _add_signature_field(writer, name, place["page"] - 1, _box(writer, place))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def fill(writer: IncrementalPdfFileWriter, marks: Marks, lines: Mapping[str, str]) -> None:
    """Sets value and appearance of text fields, in the update that the next signature covers."""
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        name = str(field.get("/T", ""))
        if name in lines:
            box = tuple(float(number) for number in field["/Rect"])
            field["/V"] = pdf_string(lines[name])
            field["/AP"]["/N"] = marks.appearance(writer, _KINDS[name], box, [lines[name]])
            writer.update_container(field)


def field_box(writer: IncrementalPdfFileWriter, name: str) -> tuple[float, ...] | None:
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if str(field.get("/T", "")) == name:
            return tuple(float(number) for number in field["/Rect"])
    return None


def _box(writer: IncrementalPdfFileWriter, place: dict[str, Any]) -> tuple[float, ...]:
    page = writer.find_page_for_modification(place["page"] - 1)[0].get_object()
    node = page
    while "/MediaBox" not in node:
        node = node["/Parent"]
    top = float(node["/MediaBox"][3])
    x, y, width, height = place["x"], place["y"], place["width"], place["height"]
    return (x, top - y - height, x + width, top - y)


def _add_text_field(
    writer: IncrementalPdfFileWriter,
    form: generic.DictionaryObject,
    name: str,
    page_index: int,
    box: tuple[float, ...],
    marks: Marks,
    line: str,
) -> None:
    page = writer.find_page_for_modification(page_index)[0]
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(_HINTS[name]),
            pdf_name("/Ff"): generic.NumberObject(_READ_ONLY),
            pdf_name("/F"): generic.NumberObject(_PRINT),
            pdf_name("/Q"): generic.NumberObject(_CENTRED),
            pdf_name("/DA"): pdf_string("0 g"),
            pdf_name("/P"): page,
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, box)),
            pdf_name("/V"): pdf_string(""),
            pdf_name("/AP"): generic.DictionaryObject(
                {pdf_name("/N"): marks.appearance(writer, _KINDS[name], box, [line])}
            ),
        }
    )
    reference = writer.add_object(field)
    form["/Fields"].append(reference)
    holder = page.get_object()
    if "/Annots" not in holder:
        holder["/Annots"] = generic.ArrayObject()
    holder["/Annots"].append(reference)
    writer.mark_update(page)


def _add_signature_field(
    writer: IncrementalPdfFileWriter, name: str, page: int, box: tuple[float, ...]
) -> None:
    last = name == AGENCY
    spec = fields.SigFieldSpec(
        name,
        on_page=page,
        box=_rounded(box),
        empty_field_appearance=True,
        field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if last else None,
        doc_mdp_update_value=fields.MDPPerm.NO_CHANGES if last else None,
    )
    fields.append_signature_field(writer, spec)


def _rounded(box: tuple[float, ...]) -> tuple[int, int, int, int]:
    left, bottom, right, top = (round(edge) for edge in box)
    return left, bottom, right, top
