"""Workbooks as an attacker, a hurried clerk or another program would send them; made here, never stored."""

import io
import re
import zipfile
from collections.abc import Callable

Edit = Callable[[str], str]


def edited(workbook: bytes, part: str, edit: Edit) -> bytes:
    """The workbook with one XML part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in source.namelist():
            data = source.read(name)
            to.writestr(name, edit(data.decode()).encode() if name == part else data)
    return out.getvalue()


def with_part(workbook: bytes, part: str, data: bytes) -> bytes:
    """The workbook with one more part."""
    out = io.BytesIO(workbook)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, data)
    return out.getvalue()


def inflating(workbook: bytes, megabytes: int = 400) -> bytes:
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    return with_part(workbook, "xl/media/image1.png", b"\0" * (megabytes << 20))


def with_macros(workbook: bytes) -> bytes:
    typed = edited(
        workbook,
        "[Content_Types].xml",
        lambda text: text.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    return with_part(typed, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 64)


def with_external_link(workbook: bytes) -> bytes:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return with_part(workbook, "xl/externalLinks/externalLink1.xml", link)


def with_cell(workbook: bytes, sheet: str, cell: str, xml: str) -> bytes:
    """One cell of a sheet set to this XML: its type attribute and content; its style stays."""

    def put(text: str) -> str:
        found = re.search(rf'<c r="{cell}"([^>]*?)(?:/>|>.*?</c>)', text, re.DOTALL)
        assert found, f"{cell} isn't in the sheet"
        style = re.search(r's="\d+"', found.group(1))
        kept = f" {style.group(0)}" if style else ""
        return text[: found.start()] + xml.format(cell=cell, style=kept) + text[found.end() :]

    return edited(workbook, sheet, put)


def text_cell(text: str) -> str:
    return '<c r="{cell}"{style} t="inlineStr"><is><t>' + text + "</t></is></c>"


def number_cell(number: str) -> str:
    return '<c r="{cell}"{style}><v>' + number + "</v></c>"
