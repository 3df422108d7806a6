"""Files in fonts from before Unicode: looked at, converted, given back. Nothing is stored."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from fastapi import APIRouter, Response, UploadFile
from forms.legacy import Encoding, LegacyPlace
from kit.http import Caller
from kit.http.idempotency import CHANGES_NOTHING
from pydantic import BaseModel

from catalog.entrypoints.http.app import App

FILE_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_PLACES = 500
router = APIRouter(prefix="/texts", tags=["Văn bản"])


class LegacyPlaceOut(BaseModel):
    encoding: Encoding
    confidence: float
    before: str
    after: str
    font: str | None
    sheet: str | None
    cell: str | None
    part: str | None

    @classmethod
    def of(cls, place: LegacyPlace) -> LegacyPlaceOut:
        return cls(
            encoding=place.encoding,
            confidence=place.confidence,
            before=place.before,
            after=place.after,
            font=place.font,
            sheet=place.sheet,
            cell=place.cell,
            part=place.part,
        )


class TextCheckOut(BaseModel):
    file_name: str
    count: int
    encodings: dict[str, int]
    places: list[LegacyPlaceOut]
    """At most 500 of `count`."""


@router.post(":check", summary="Xem trước bản chuyển mã sang Unicode của một tệp .xlsx, .docx")
async def check_text(actor: Caller, app: App, file: UploadFile, response: Response) -> TextCheckOut:
    name = file.filename or ""
    places = (await app.convert_text(actor, name, await file.read())).places
    response.headers[CHANGES_NOTHING] = "1"
    return TextCheckOut(
        file_name=name,
        count=len(places),
        encodings=dict(Counter(place.encoding.value for place in places)),
        places=[LegacyPlaceOut.of(place) for place in places[:MOST_PLACES]],
    )


@router.post(
    ":convert",
    summary="Chuyển mã một tệp .xlsx, .docx sang Unicode",
    response_class=Response,
    responses={
        200: {
            "content": {kind: {} for kind in FILE_TYPES.values()},
            "description": "Tệp đã chuyển; phần không có chữ mã cũ giữ nguyên từng byte",
        }
    },
)
async def convert_text(actor: Caller, app: App, file: UploadFile) -> Response:
    name = file.filename or ""
    converted = await app.convert_text(actor, name, await file.read())
    suffix = name[-5:].lower()
    return Response(
        converted.data,
        media_type=FILE_TYPES[suffix],
        headers={
            "Content-Disposition": f'attachment; filename="unicode{suffix}"; '
            f"filename*=UTF-8''{quote(name, safe='')}",
            CHANGES_NOTHING: "1",
        },
    )
