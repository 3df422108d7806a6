"""Documents (.docx) of strangers, read in a process apart as workbooks are (`forms.apart`)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from forms.legacy import Converted, LegacyPlace
from kit.apart import Apart, Fell, Overstayed
from pydantic import TypeAdapter

from catalog.adapters.docx_parts import convert_docx, damaged
from catalog.adapters.outline_docx import read_outline
from catalog.domain.errors import OutlineUnreadable
from catalog.domain.outline import OutlineSection

_SECTIONS = TypeAdapter(tuple[OutlineSection, ...])
_PLACES = TypeAdapter(tuple[LegacyPlace, ...])


@dataclass(frozen=True, slots=True)
class ApartDocumentReader:
    """In bounded time and memory: a file that takes more, or ends the reader, is refused like any bad file."""

    apart: Apart

    async def outline(self, data: bytes, *, text_rule: str) -> tuple[OutlineSection, ...]:
        order = json.dumps(text_rule).encode() + b"\n" + data
        return _SECTIONS.validate_json(await self._read("outline_here", order))

    async def convert(self, data: bytes) -> Converted:
        places, _, converted = (await self._read("convert_here", data)).partition(b"\n")
        return Converted(converted, _PLACES.validate_json(places))

    async def _read(self, work: str, order: bytes) -> bytes:
        try:
            return await self.apart.run(f"{__name__}:{work}", order)
        except Overstayed as error:
            raise OutlineUnreadable(
                "too_heavy",
                "Tệp cần quá nhiều bộ nhớ hoặc thời gian để đọc.",
                "Bỏ ảnh, dữ liệu thừa, hoặc chép nội dung sang tệp .docx mới rồi tải lên lại.",
            ) from error
        except Fell as error:
            raise damaged() from error


def outline_here(order: bytes) -> bytes:
    text_rule, _, data = order.partition(b"\n")
    return _SECTIONS.dump_json(read_outline(data, text_rule=json.loads(text_rule)))


def convert_here(data: bytes) -> bytes:
    converted = convert_docx(data)
    return _PLACES.dump_json(converted.places) + b"\n" + converted.data
