"""What must be true of a file before anything opens it. Each refusal has a code of its own.

The parts are inflated as a stream and counted as they come: the sizes a zip states are not believed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from forms.refusals import BadFile
from forms.suspects import look_for_danger

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 64 * 1024
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c(?=[\s/>])")
_ROW = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row(?=[\s/>])")
_WRITTEN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c\s[^>]*?r=[\"']([A-Z]{1,3})\d+[\"'][^>]*(?<!/)>")
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may weigh; a form of a thousand rows needs a hundredth of it."""

    bytes_sent: int = 20 * 1024 * 1024
    bytes_inflated: int = 100 * 1024 * 1024
    ratio: int = 200
    ratio_free: int = 8 * 1024 * 1024
    """Below this inflated size the ratio is not looked at: small repetitive sheets deflate well."""
    parts: int = 1000
    sheets: int = 60
    cells: int = 200_000
    rows: int = 20_000
    columns: int = 1_000
    """Rows that a sheet writes; columns that hold anything. Styled empty cells count among the cells alone."""


def check(data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """Refuses a hostile or damaged file; returns the parts of a harmless one."""
    limits = limits or Limits()
    if len(data) > limits.bytes_sent:
        raise BadFile.too_large(len(data), limits.bytes_sent)
    _look_at_start(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _look_at_entries(entries, limits)
            parts = _inflate(archive, entries, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError) as error:
        raise BadFile.truncated() from error
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise BadFile.not_xlsx()
    look_for_danger(parts)
    _count(parts, limits)
    return parts


def _look_at_start(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BadFile.encrypted()
        raise BadFile.old_format()
    if not data.startswith(b"PK\x03\x04"):
        raise BadFile.not_xlsx()


def _look_at_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise BadFile.too_many("parts", len(entries), limits.parts)
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise BadFile.truncated()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise BadFile.encrypted()
        if entry.compress_type not in _STORED_OR_DEFLATED:
            raise BadFile.truncated()
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise BadFile.truncated()


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        chunks: list[bytes] = []
        size = 0
        for chunk in _chunks(archive, entry):
            size += len(chunk)
            total += len(chunk)
            if total > limits.bytes_inflated or _too_dense(size, entry.compress_size, limits):
                raise BadFile.bomb()
            chunks.append(chunk)
        parts[entry.filename] = b"".join(chunks)
    return parts


def _too_dense(inflated: int, sent: int, limits: Limits) -> bool:
    return inflated > limits.ratio_free and inflated > limits.ratio * max(sent, 1)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _count(parts: dict[str, bytes], limits: Limits) -> None:
    sheets = [
        content
        for name, content in parts.items()
        if _WORKSHEET.fullmatch(name.lower()) or b"sheetData" in content
    ]
    if len(sheets) > limits.sheets:
        raise BadFile.too_many("sheets", len(sheets), limits.sheets)
    cells = 0
    for content in sheets:
        rows = sum(1 for _ in _ROW.finditer(content))
        if rows > limits.rows:
            raise BadFile.too_many("rows", rows, limits.rows)
        cells += sum(1 for _ in _CELL.finditer(content))
        if cells > limits.cells:
            raise BadFile.too_many_cells(cells, limits.cells)
        columns = len({match[1] for match in _WRITTEN.finditer(content)})
        if columns > limits.columns:
            raise BadFile.too_many("columns", columns, limits.columns)
