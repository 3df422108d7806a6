"""A report and newer versions of its forms: previewed, then moved by consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from forms.moving import NewCell, Total
from forms.values import value_to_json
from kit.http import Caller
from pydantic import BaseModel, Field

from submission.application.commands.move_forms import MoveForms
from submission.application.moving import WaitingMove, fallen_figure
from submission.application.queries.form_moves import FormMoves
from submission.domain.moving import FallenFigure, MovedForm
from submission.entrypoints.http.schemas import App, Moment, PersonOut, WhyNotOut

router = APIRouter(prefix="/reports/{report_id}", tags=["figures"])


class FallenOut(BaseModel):
    """Số liệu đã nhập mà phiên bản mới không có chỗ."""

    row: str
    column: str
    sheet: str
    place: str = Field(description="Ô, dòng, cột của phiên bản cũ, bằng lời")
    value: dict[str, Any]
    reason: str = Field(
        description="list_gone, row_gone, column_gone, cell_gone, not_input, other_type, other_measure, refused"
    )
    why: str

    @classmethod
    def of(cls, fallen: FallenFigure) -> FallenOut:
        return cls.model_validate(fallen.to_json())


class NewCellOut(BaseModel):
    row: str
    column: str
    sheet: str
    place: str

    @classmethod
    def of(cls, cell: NewCell) -> NewCellOut:
        return cls(
            row=cell.key.row, column=cell.key.column, sheet=cell.name.sheet, place=cell.name.in_words()
        )


class TotalOut(NewCellOut):
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def changed(cls, total: Total) -> TotalOut:
        return cls(
            row=total.key.row,
            column=total.key.column,
            sheet=total.name.sheet,
            place=total.name.in_words(),
            before=value_to_json(total.before),
            after=value_to_json(total.after),
        )


class FormMoveOut(BaseModel):
    form_code: str
    form_name: str
    from_version_id: UUID
    from_number: int
    to_version_id: UUID
    to_number: int
    kept: int = Field(description="Số ô mang sang được")
    fallen: list[FallenOut]
    new_cells: list[NewCellOut] = Field(description="Ô nhập chỉ phiên bản mới có, còn trống")
    totals: list[TotalOut] = Field(description="Ô tính cho kết quả khác")

    @classmethod
    def of(cls, move: WaitingMove) -> FormMoveOut:
        return cls(
            form_code=move.after.code,
            form_name=move.after.name,
            from_version_id=move.before.id,
            from_number=move.before.number,
            to_version_id=move.after.id,
            to_number=move.after.number,
            kept=len(move.moved.kept.cells),
            fallen=[FallenOut.of(fallen_figure(each)) for each in move.moved.fallen],
            new_cells=[NewCellOut.of(cell) for cell in move.moving.new_cells],
            totals=[TotalOut.changed(total) for total in move.moving.totals(move.figures, move.moved)],
        )


class MovedFormOut(BaseModel):
    form_code: str
    form_name: str
    from_number: int
    to_number: int
    revision: int
    kept: int
    fallen: list[FallenOut]
    by: PersonOut
    at: Moment

    @classmethod
    def of(cls, done: MovedForm) -> MovedFormOut:
        return cls(
            form_code=done.form_code,
            form_name=done.form_name,
            from_number=done.from_number,
            to_number=done.to_number,
            revision=done.revision,
            kept=done.kept,
            fallen=[FallenOut.of(each) for each in done.fallen],
            by=PersonOut(account_id=done.who, name=done.who_name),
            at=done.at,
        )


class FormMovesOut(BaseModel):
    last_edit: int = Field(description="Lần sửa cuối của bản xem trước, gửi lại khi đồng ý")
    movable: bool
    why_not: WhyNotOut | None = Field(description="Vì sao bạn chưa chuyển được lúc này")
    waiting: list[FormMoveOut] = Field(description="Biểu mà chế độ báo cáo đã dùng phiên bản mới")
    done: list[MovedFormOut] = Field(description="Những lần đã chuyển, số liệu không mang sang còn xem được")

    @classmethod
    def of(cls, moves: FormMoves) -> FormMovesOut:
        return cls(
            last_edit=moves.last_edit,
            movable=bool(moves.waiting) and moves.why_not is None,
            why_not=WhyNotOut(
                code=moves.why_not.code,
                message=moves.why_not.message,
                rule=moves.why_not.rule,
                remedy=moves.why_not.remedy,
            )
            if moves.why_not
            else None,
            waiting=[FormMoveOut.of(move) for move in moves.waiting],
            done=[MovedFormOut.of(done) for done in moves.done],
        )


class VersionsIn(BaseModel):
    from_version_id: UUID
    to_version_id: UUID


class MoveFormsIn(BaseModel):
    forms: list[VersionsIn] = Field(min_length=1, max_length=50)
    last_edit: int = Field(ge=0, description="`last_edit` của bản xem trước")
    fallen: int = Field(ge=0, description="Số số liệu không có chỗ mà người nhập đã xem")


@router.get("/form-moves", summary="Xem trước khi chuyển sang phiên bản mới của biểu mẫu")
async def preview_form_moves(report_id: UUID, actor: Caller, app: App) -> FormMovesOut:
    return FormMovesOut.of(await app.preview_form_moves(actor, report_id))


@router.post("/form-moves", summary="Đồng ý chuyển sang phiên bản mới của biểu mẫu")
async def move_forms(report_id: UUID, body: MoveFormsIn, actor: Caller, app: App) -> FormMovesOut:
    versions = [(each.from_version_id, each.to_version_id) for each in body.forms]
    await app.move_forms(MoveForms(report_id, actor, versions, body.last_edit, body.fallen))
    return FormMovesOut.of(await app.preview_form_moves(actor, report_id))
