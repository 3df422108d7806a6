"""The life of a form version beside its publishing: trial, difference, retirement."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from kit.http import Caller, IfMatch
from pydantic import BaseModel, Field

from catalog.application.commands.design_form import MoveFormVersion
from catalog.domain.version_difference import Change
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.form_schemas import FormVersionOut

router = APIRouter(tags=["Biểu mẫu"])


class TestersIn(BaseModel):
    testers: list[UUID] = Field(default=[], max_length=200, description="Tài khoản được mời dùng thử")


class FieldChangeOut(BaseModel):
    field: str
    before: str
    after: str


class ChangeOut(BaseModel):
    what: Literal["row", "column", "cell"]
    how: Literal["added", "removed", "changed"]
    sheet: str
    row: str
    column: str
    a1: str
    label: str
    fields: list[FieldChangeOut]

    @classmethod
    def of(cls, change: Change) -> ChangeOut:
        fields = [
            FieldChangeOut(field=name, before=before, after=after)
            for name, (before, after) in change.fields.items()
        ]
        return cls.model_validate(
            {
                **{name: getattr(change, name) for name in cls.model_fields if name != "fields"},
                "fields": fields,
            }
        )


class DifferenceOut(BaseModel):
    before: int = Field(description="Số của phiên bản cũ")
    after: int
    changes: list[ChangeOut]


@router.post("/form-versions/{version_id}:trial", summary="Mở dùng thử, hoặc mời thêm người thử")
async def start_trial(
    version_id: UUID, body: TestersIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    command = MoveFormVersion(version_id, version, actor, body.testers)
    return FormVersionOut.of(await app.design.start_trial(command))


@router.post("/form-versions/{version_id}:retire", summary="Thôi dùng một phiên bản đã công bố")
async def retire_version(version_id: UUID, actor: Caller, version: IfMatch, app: App) -> FormVersionOut:
    return FormVersionOut.of(await app.design.retire(MoveFormVersion(version_id, version, actor)))


@router.get("/form-versions/{version_id}/difference", summary="Khác phiên bản kia ở ô nào")
async def read_difference(version_id: UUID, against: UUID, actor: Caller, app: App) -> DifferenceOut:
    before, after, changes = await app.versions.difference(actor, version_id, against)
    return DifferenceOut(
        before=before.number, after=after.number, changes=[ChangeOut.of(change) for change in changes]
    )
