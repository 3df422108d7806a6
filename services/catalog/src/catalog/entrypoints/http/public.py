"""Open data: the list of regimes in force, for everybody, without an account (DN 13.3)."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Response
from forms.tabular import harmless
from kit.http import Page
from province_profile import RegimeKind
from pydantic import BaseModel, Field

from catalog.application.queries.public_list import Listed
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.regime_content_schemas import LegalDocumentBody

PATHS = ("/public/provinces", "/public/regimes", "/public/regimes.csv")
router = APIRouter(prefix="/public", tags=["Dữ liệu mở"])
_FRESH = {"Cache-Control": "public, max-age=300"}


class PublicProvinceOut(BaseModel):
    code: str
    name: str


class PublicRegimeOut(BaseModel):
    id: UUID
    code: str
    name: str
    kind: RegimeKind
    origin: str
    content_asked: str
    legal_basis: str
    legal_documents: list[LegalDocumentBody]
    lead: str = Field(description="Cơ quan chủ trì")
    units: list[str] = Field(description="Đơn vị thực hiện báo cáo")
    frequency: list[str]
    sending_ways: list[str]
    filing_place: str
    filing_system: str
    published_at: datetime | None
    in_force_from: date | None
    announced_on: date | None
    announced_at_address: str

    @classmethod
    def of(cls, listed: Listed) -> PublicRegimeOut:
        regime, clock = listed.announced.regime, listed.announced.clock
        terms, announcement = regime.terms, listed.announced.announcement
        return cls(
            id=regime.id,
            code=regime.code,
            name=terms.name,
            kind=terms.kind,
            origin=terms.origin,
            content_asked=terms.content_asked,
            legal_basis=terms.basis,
            legal_documents=[LegalDocumentBody.of(one) for one in terms.legal_documents],
            lead=listed.lead,
            units=list(listed.units),
            frequency=[str(item) for item in terms.frequency],
            sending_ways=[str(way) for way in terms.sending_ways],
            filing_place=terms.filing_place,
            filing_system=terms.filing_system,
            published_at=regime.published_at,
            in_force_from=clock.in_force_from if clock else None,
            announced_on=announcement.announced_on,
            announced_at_address=announcement.address,
        )


class PublicListOut(BaseModel):
    province: PublicProvinceOut
    items: list[PublicRegimeOut]


@router.get("/provinces", summary="Các tỉnh công khai danh mục chế độ báo cáo")
async def list_provinces(app: App) -> Page[PublicProvinceOut]:
    found = await app.public_list.provinces()
    return Page(items=[PublicProvinceOut(code=one.code, name=one.name) for one in found])


@router.get("/regimes", summary="Danh mục chế độ báo cáo đang áp dụng của một tỉnh (JSON)")
async def list_public_regimes(app: App, province: str, response: Response) -> PublicListOut:
    found, items = await app.public_list.regimes(province)
    response.headers.update(_FRESH)
    return PublicListOut(
        province=PublicProvinceOut(code=found.code, name=found.name),
        items=[PublicRegimeOut.of(one) for one in items],
    )


@router.get(
    "/regimes.csv",
    summary="Danh mục chế độ báo cáo đang áp dụng của một tỉnh (CSV, UTF-8)",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "Mỗi dòng một chế độ"}},
)
async def list_public_regimes_csv(app: App, province: str) -> Response:
    _, items = await app.public_list.regimes(province)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Mã", "Tên chế độ báo cáo", "Loại", "Nguồn", "Căn cứ pháp lý", "Có hiệu lực từ", "Cơ quan chủ trì",
         "Số đơn vị báo cáo", "Kỳ báo cáo", "Ngày công bố trên Cổng"]
    )  # fmt: skip
    for one in map(PublicRegimeOut.of, items):
        row = [one.code, one.name, one.kind, one.origin, one.legal_basis, one.in_force_from, one.lead,
               len(one.units), " ".join(one.frequency), one.announced_on]  # fmt: skip
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    disposition = 'attachment; filename="che-do-bao-cao.csv"'
    return Response(
        # The mark makes spreadsheets read it as UTF-8.
        "﻿" + out.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": disposition, **_FRESH},
    )
