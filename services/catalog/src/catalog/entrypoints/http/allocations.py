"""Allocation of a regime's form rows to the units that answer for them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from kit.http import Caller, IfMatch, Page
from pydantic import BaseModel, Field

from catalog.application.commands.allocate import AllocatedForm, AllocateRows
from catalog.domain.allocation import AllocatedRow
from catalog.entrypoints.http.app import App

router = APIRouter(tags=["Phân bổ chỉ tiêu"])


class AllocationRowIn(BaseModel):
    row: str = Field(max_length=200)
    unit_ids: list[UUID] = Field(max_length=2000)


class AllocationIn(BaseModel):
    """Cả biểu: dòng không nêu là chưa phân bổ."""

    rows: list[AllocationRowIn] = Field(max_length=5000)


class AllocatedRowOut(BaseModel):
    row: str
    numbering: str
    label: str
    sheet: str
    unit_ids: list[UUID]

    @classmethod
    def of(cls, row: AllocatedRow) -> AllocatedRowOut:
        return cls(
            row=row.row_id,
            numbering=row.numbering,
            label=row.label,
            sheet=row.sheet,
            unit_ids=list(row.unit_ids),
        )


class AllocationOut(BaseModel):
    form_version_id: UUID
    form_code: str
    form_name: str
    version: int = Field(description="Dùng cho If-Match; 0: chưa ai phân bổ")
    rows: list[AllocatedRowOut]
    gaps: list[str] = Field(description="Dòng chưa có đơn vị")
    doubles: list[str] = Field(description="Dòng có hơn một đơn vị")

    @classmethod
    def of(cls, form: AllocatedForm) -> AllocationOut:
        version = form.form_version
        return cls(
            form_version_id=version.id,
            form_code=version.code,
            form_name=version.name,
            version=form.version,
            rows=[AllocatedRowOut.of(row) for row in form.rows],
            gaps=[row.row_id for row in form.rows if row.gap],
            doubles=[row.row_id for row in form.rows if row.double],
        )


@router.get(
    "/regimes/{regime_id}/allocations", summary="Phân bổ chỉ tiêu của chế độ, với chỗ trống và chỗ trùng"
)
async def list_allocations(regime_id: UUID, actor: Caller, app: App) -> Page[AllocationOut]:
    found = await app.allocating.of_regime(actor, regime_id)
    return Page(items=[AllocationOut.of(form) for form in found])


@router.put("/regimes/{regime_id}/allocations/{form_version_id}", summary="Phân bổ các dòng của một biểu")
async def allocate(
    regime_id: UUID,
    form_version_id: UUID,
    body: AllocationIn,
    actor: Caller,
    version: IfMatch,
    app: App,
) -> AllocationOut:
    units = {row.row: tuple(dict.fromkeys(row.unit_ids)) for row in body.rows}
    return AllocationOut.of(
        await app.allocating.allocate(AllocateRows(regime_id, form_version_id, version, units, actor))
    )
