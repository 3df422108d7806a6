"""Rules of a form version, and trying them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from kit.http import Caller, IfMatch

from catalog.application.commands.design_form import SetRules
from catalog.entrypoints.http.app import App
from catalog.entrypoints.http.form_schemas import FormVersionOut
from catalog.entrypoints.http.rule_schemas import RulesIn, TrialIn, TrialOut

router = APIRouter(tags=["Quy tắc kiểm tra"])


@router.put("/form-versions/{version_id}/rules", summary="Đặt các quy tắc kiểm tra của bản nháp")
async def set_rules(
    version_id: UUID, body: RulesIn, actor: Caller, version: IfMatch, app: App
) -> FormVersionOut:
    return FormVersionOut.of(await app.design.set_rules(SetRules(version_id, version, body.rules, actor)))


@router.post("/form-versions/{version_id}:try", summary="Thử biểu mẫu với số liệu tạm, không lưu gì")
async def try_form(version_id: UUID, body: TrialIn, actor: Caller, app: App) -> TrialOut:
    return TrialOut.of(await app.trials.run(body.command(version_id, actor)))
