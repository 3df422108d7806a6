"""The figures of one form of a report: read, entered by cells or by workbook, taken out as files."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile
from forms.values import BLANK, CellKey, Number, Text, Value, value_from_json
from kit.errors import InvalidInput, Place
from kit.http import Caller
from kit.ids import new_id
from pydantic import BaseModel, Field

from submission.application.commands.enter_figures import CellEdit, EnterFigures
from submission.application.commands.import_workbook import ImportWorkbook
from submission.application.commands.take_known import TakeKnown
from submission.application.queries.exports import Exported
from submission.domain.entry import Road
from submission.domain.saving import RowChange
from submission.entrypoints.http.filing_schemas import FilingContentOut, SavedOut, WorkbookOut
from submission.entrypoints.http.schemas import App

router = APIRouter(prefix="/reports/{report_id}", tags=["figures"])
MOST_EDITS = 5000


class CellEditIn(BaseModel):
    """`raw`: as typed or pasted. `value`: {"number": "8.5"}, {"text": …}, {"blank": true}, or a plain string."""

    row: str = Field(min_length=1, max_length=200)
    column: str = Field(min_length=1, max_length=200)
    raw: str | None = Field(default=None, max_length=20000)
    value: dict[str, Any] | str | None = None
    expected_version: int = Field(default=0, ge=0)


class RowEditIn(BaseModel):
    id: UUID | None = None
    list_id: str = Field(min_length=1, max_length=200)
    order: int = Field(ge=0)
    deleted: bool = False
    expected_version: int = Field(default=0, ge=0)


class CellsIn(BaseModel):
    edits: list[CellEditIn] = Field(default_factory=list, max_length=MOST_EDITS)
    list_rows: list[RowEditIn] = Field(default_factory=list, max_length=MOST_EDITS)


@router.get("/filings/{form_version_id}", summary="Số liệu của một biểu")
async def read_filing(report_id: UUID, form_version_id: UUID, actor: Caller, app: App) -> FilingContentOut:
    return FilingContentOut.of(await app.read_report.contents(actor, report_id), form_version_id)


@router.patch("/filings/{form_version_id}/cells", summary="Ghi các ô vừa nhập")
async def enter_cells(
    report_id: UUID, form_version_id: UUID, body: CellsIn, actor: Caller, app: App
) -> SavedOut:
    saved = await app.enter_figures(
        EnterFigures(
            report_id,
            form_version_id,
            actor,
            edits=[_edit(edit) for edit in body.edits],
            rows=[
                RowChange(str(row.id or new_id()), row.list_id, row.order, row.deleted, row.expected_version)
                for row in body.list_rows
            ],
            road=Road.GRID if actor.channel == "portal" else Road.PROGRAM,
        )
    )
    return SavedOut.of(saved, form_version_id)


class TakenCellIn(BaseModel):
    row: str = Field(min_length=1, max_length=200)
    column: str = Field(min_length=1, max_length=200)
    expected_version: int = Field(default=0, ge=0)


class TakeIn(BaseModel):
    cells: list[TakenCellIn] = Field(
        default_factory=list, max_length=MOST_EDITS, description="Không nêu ô nào: mọi ô còn trống"
    )


@router.post("/filings/{form_version_id}:take", summary="Lấy số liệu hệ thống đã có vào các ô")
async def take_known(
    report_id: UUID, form_version_id: UUID, body: TakeIn, actor: Caller, app: App
) -> SavedOut:
    cells = [(CellKey(cell.row, cell.column), cell.expected_version) for cell in body.cells]
    saved = await app.take_known(TakeKnown(report_id, form_version_id, actor, cells))
    return SavedOut.of(saved, form_version_id)


@router.post("/filings/{form_version_id}:import", summary="Nhập từ tệp .xlsx đã điền")
async def import_workbook(
    report_id: UUID,
    form_version_id: UUID,
    file: Annotated[UploadFile, File(description="Bản sao đã điền của biểu mẫu")],
    actor: Caller,
    app: App,
    dry_run: bool = False,
    last_edit: Annotated[int | None, Query(ge=0)] = None,
) -> WorkbookOut:
    data = await file.read()
    read = await app.import_workbook(
        ImportWorkbook(report_id, form_version_id, actor, data, dry_run, last_edit)
    )
    return WorkbookOut.of_read(read, form_version_id)


@router.get("/filings/{form_version_id}/export.xlsx", summary="Biểu mẫu chính thức đã điền số liệu")
async def export_xlsx(report_id: UUID, form_version_id: UUID, actor: Caller, app: App) -> Response:
    return download(await app.exports.report(actor, report_id, form_version_id, "xlsx"))


@router.get("/filings/{form_version_id}/export.csv", summary="Số liệu dạng CSV")
async def export_csv(report_id: UUID, form_version_id: UUID, actor: Caller, app: App) -> Response:
    return download(await app.exports.report(actor, report_id, form_version_id, "csv"))


@router.get("/export.xlsx", summary="Biểu đầu tiên của báo cáo, dạng .xlsx")
async def export_first_xlsx(
    report_id: UUID, actor: Caller, app: App, form_version_id: UUID | None = None
) -> Response:
    return download(
        await app.exports.report(
            actor, report_id, await _first(report_id, actor, app, form_version_id), "xlsx"
        )
    )


@router.get("/export.csv", summary="Biểu đầu tiên của báo cáo, dạng CSV")
async def export_first_csv(
    report_id: UUID, actor: Caller, app: App, form_version_id: UUID | None = None
) -> Response:
    return download(
        await app.exports.report(
            actor, report_id, await _first(report_id, actor, app, form_version_id), "csv"
        )
    )


def download(exported: Exported) -> Response:
    disposition = f"attachment; filename=\"{exported.name.encode('ascii', 'replace').decode()}\"; filename*=UTF-8''{quote(exported.name)}"
    return Response(
        exported.data, media_type=exported.media_type, headers={"Content-Disposition": disposition}
    )


async def _first(report_id: UUID, actor: Caller, app: App, form_version_id: UUID | None) -> UUID:
    if form_version_id is not None:
        return form_version_id
    contents = await app.read_report.contents(actor, report_id)
    return contents.report.assignment.form_version_ids[0]


def _edit(edit: CellEditIn) -> CellEdit:
    if edit.raw is not None:
        return CellEdit(edit.row, edit.column, edit.expected_version, raw=edit.raw)
    return CellEdit(edit.row, edit.column, edit.expected_version, value=_value(edit))


def _value(edit: CellEditIn) -> Value:
    try:
        if edit.value is None:
            return BLANK
        if isinstance(edit.value, dict):
            return value_from_json(edit.value)
        return _plain(edit.value)
    except (ValueError, InvalidOperation, TypeError) as error:
        raise InvalidInput(
            "submission.cell.value_invalid",
            f"Giá trị gửi cho ô {edit.row}/{edit.column} không đúng dạng.",
            places=[Place(field="edits.value", cell=f"{edit.row}/{edit.column}")],
            rule='Giá trị là {"number": "8.5"}, {"text": "…"}, {"blank": true} hoặc một chuỗi có dấu chấm thập phân.',
            remedy="Gửi lại theo một trong các dạng trên, hoặc gửi `raw` như người dùng gõ.",
        ) from error


def _plain(text: str) -> Value:
    """A program's own string: a number with a point if it is one, else text."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Text(text)
    return Number(number) if number.is_finite() else Text(text)
