"""`text-check`: where a file holds text in a font from before Unicode, by what evidence, and what it would say."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.guard import Limits
from forms.legacy import Converted, LegacyPlace, LegacyText, convert_text, convert_workbook
from forms.package import Package
from forms.refusals import BadFile
from kit.errors import DomainError, InvalidInput

from catalog.entrypoints.cli.answering import (
    ACCEPTED,
    REFUSED,
    bounded,
    content_of,
    print_json,
    print_refusal,
    verdict,
    write_content,
)

ConvertDocument = Callable[[bytes], Converted]
_BY_FONT, _BY_WORDS = "font", "words"
_SHOWN = 70


@dataclass(frozen=True, slots=True)
class _Answer:
    converted: Converted | None
    refusal: DomainError | None


def check(
    file: Path, convert_document: Callable[[], ConvertDocument], out: Path | None, *, as_json: bool
) -> int:
    """Prints the answer; its exit status: a file with such text is refused by the service as well."""
    answer = _judge(file, convert_document, out)
    places = () if answer.converted is None else answer.converted.places
    if as_json:
        print_json(
            {
                **verdict(answer.refusal),
                "count": len(places),
                "encodings": dict(Counter(place.encoding.value for place in places)),
                "places": [_as_data(place) for place in places],
            }
        )
    else:
        _tell(file, answer.refusal, places)
    return ACCEPTED if answer.refusal is None else REFUSED


def _judge(file: Path, convert_document: Callable[[], ConvertDocument], out: Path | None) -> _Answer:
    try:
        converted = bounded(lambda: _convert(file, convert_document))
        if out is not None:
            write_content(out, converted.data)
    except DomainError as refusal:
        return _Answer(None, refusal)
    return _Answer(converted, LegacyText(converted.places) if converted.places else None)


def _convert(file: Path, convert_document: Callable[[], ConvertDocument]) -> Converted:
    data = content_of(file)
    match file.suffix.lower():
        case ".xlsx":
            return convert_workbook(Package(data))
        case ".docx":
            return convert_document()(data)
        case _:
            if len(data) > Limits().bytes_sent:
                raise BadFile.too_large(len(data), Limits().bytes_sent)
            return convert_text(_text_of(data))


def _text_of(data: bytes) -> str:
    """A plain text of an old machine has one byte a letter; read so, its letters stand where its font put them."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise InvalidInput(
            "catalog.text.not_text",
            "Tệp không phải .xlsx, .docx hay văn bản thường.",
            remedy="Mở bằng chương trình đã tạo ra tệp, lưu dưới dạng .xlsx, .docx hoặc .txt rồi kiểm tra lại.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _as_data(place: LegacyPlace) -> dict[str, Any]:
    return {
        "sheet": place.sheet,
        "cell": place.cell,
        "part": place.part,
        "encoding": place.encoding.value,
        "evidence": _evidence(place),
        "font": place.font,
        "confidence": place.confidence,
        "before": place.before,
        "after": place.after,
    }


def _evidence(place: LegacyPlace) -> str:
    return _BY_FONT if place.confidence == 1 else _BY_WORDS


def _tell(file: Path, refusal: DomainError | None, places: tuple[LegacyPlace, ...]) -> None:
    if refusal is None:
        print(f"{file.name}: không thấy chữ theo bảng mã cũ (TCVN3, VNI).")
        return
    for place in places:
        by = (
            f"phông {place.font}" if _evidence(place) == _BY_FONT else f"thống kê chữ, {place.confidence:.0%}"
        )
        print(f"{place.words or 'nội dung'}: {place.encoding.label} ({by})")
        print(f"    trước: {place.before[:_SHOWN]}")
        print(f"    sau:   {place.after[:_SHOWN]}")
    if places:
        print(
            f"{len(places)} chỗ chưa phải Unicode.  [{refusal.code}]\n  quy tắc: {refusal.rule}\n  cách sửa: {refusal.remedy}"
        )
    else:
        print_refusal(refusal)
