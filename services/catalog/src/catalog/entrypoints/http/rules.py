"""Rules of a form version, and trying them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from forms.cumulatives import cumulative_rules
from kit.http import Caller, IfMatch

from catalog.application.commands.design_form import SetKinds, SetLists, SetRules
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.form_schemas import FormVersionOut
from catalog.entrypoints.http.rule_schemas import ColumnKindsIn, ListRulesIn, RulesIn, TrialIn, TrialOut

router = APIRouter(tags=["Quy tắc kiểm tra"])


@router.put("/form-versions/{version_id}/rules", summary="Đặt các quy tắc kiểm tra của bản nháp")
async def set_rules(
    version_id: UUID, body: RulesIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    return FormVersionOut.of(await app.design.set_rules(SetRules(version_id, version, body.rules, actor)))


@router.patch("/form-versions/{version_id}/columns", summary="Loại số liệu và lũy kế của các cột")
async def set_kinds(
    version_id: UUID, body: ColumnKindsIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    return FormVersionOut.of(await app.design.set_kinds(SetKinds(version_id, version, body.columns, actor)))


@router.patch("/form-versions/{version_id}/lists", summary="Khóa, giới hạn số dòng của các danh sách")
async def set_lists(
    version_id: UUID, body: ListRulesIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    return FormVersionOut.of(await app.design.set_lists(SetLists(version_id, version, body.lists, actor)))


@router.get("/form-versions/{version_id}/cumulative-rules", summary="Quy tắc lũy kế mà các cột gợi ý")
async def list_cumulative_rules(version_id: UUID, actor: Caller, app: App) -> RulesIn:
    version = await app.look_up.form_version(actor, version_id)
    return RulesIn(rules=list(cumulative_rules(version.model)))


@router.post("/form-versions/{version_id}:try", summary="Thử biểu mẫu với số liệu tạm, không lưu gì")
async def try_form(version_id: UUID, body: TrialIn, actor: Caller, app: App) -> TrialOut:
    return TrialOut.of(await app.trials.run(body.command(version_id, actor)))
