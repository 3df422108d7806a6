"""Two revisions of a report side by side, only what differs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from forms.naming import CellName
from forms.values import Value, value_to_json
from kit.http import Caller
from pydantic import BaseModel

from submission.application.queries.compare_revisions import (
    ChangedCell,
    Compared,
    FormDifference,
    ListedRow,
)
from submission.domain.revisions import Revision
from submission.entrypoints.http.schemas import App, Moment

router = APIRouter(prefix="/reports/{report_id}", tags=["records"])


class ComparedRevisionOut(BaseModel):
    number: int
    sealed_at: Moment | None
    canonical_hash: str
    accepted: bool

    @classmethod
    def of(cls, revision: Revision) -> ComparedRevisionOut:
        return cls(
            number=revision.number,
            sealed_at=revision.sealed_at,
            canonical_hash=revision.canonical_hash,
            accepted=revision.accepted,
        )


class NamedCellOut(BaseModel):
    sheet: str
    row_name: str
    column_name: str
    measure: str
    a1: str | None
    precision: int | None
    computed: bool

    @staticmethod
    def fields(name: CellName) -> dict[str, Any]:
        return {
            "sheet": name.sheet, "row_name": name.row, "column_name": name.column, "measure": name.measure,
            "a1": name.a1, "precision": name.precision, "computed": name.computed,
        }  # fmt: skip


class ChangedCellOut(NamedCellOut):
    row: str
    column: str
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, cell: ChangedCell) -> ChangedCellOut:
        return cls(
            row=cell.row, column=cell.column, before=value_to_json(cell.before),
            after=value_to_json(cell.after), **cls.fields(cell.name),
        )  # fmt: skip


class FilledCellOut(NamedCellOut):
    value: dict[str, Any]

    @classmethod
    def of(cls, name: CellName, value: Value) -> FilledCellOut:
        return cls(value=value_to_json(value), **cls.fields(name))


class ListedRowOut(BaseModel):
    row: str
    number: int
    """Số thứ tự trong danh sách của lần trình có dòng này."""
    cells: list[FilledCellOut]

    @classmethod
    def of(cls, row: ListedRow) -> ListedRowOut:
        return cls(row=row.row, number=row.number, cells=[FilledCellOut.of(*cell) for cell in row.cells])


class FormDifferenceOut(BaseModel):
    form_version_id: UUID
    form_code: str
    form_name: str
    cells: list[ChangedCellOut]
    rows_added: list[ListedRowOut]
    rows_removed: list[ListedRowOut]
    rows_moved: int

    @classmethod
    def of(cls, found: FormDifference) -> FormDifferenceOut:
        return cls(
            form_version_id=found.form.id, form_code=found.form.code, form_name=found.form.name,
            cells=[ChangedCellOut.of(cell) for cell in found.cells],
            rows_added=[ListedRowOut.of(row) for row in found.rows_added],
            rows_removed=[ListedRowOut.of(row) for row in found.rows_removed], rows_moved=found.rows_moved,
        )  # fmt: skip


class SectionDifferenceOut(BaseModel):
    id: str
    heading: str
    before: str
    after: str


class ComparedOut(BaseModel):
    before: int
    after: int
    choices: list[ComparedRevisionOut]
    forms: list[FormDifferenceOut]
    """Chỉ những biểu có khác biệt."""
    narrative: list[SectionDifferenceOut]

    @classmethod
    def of(cls, compared: Compared) -> ComparedOut:
        return cls(
            before=compared.before.number,
            after=compared.after.number,
            choices=[ComparedRevisionOut.of(each) for each in compared.choices],
            forms=[FormDifferenceOut.of(each) for each in compared.forms if not each.nothing],
            narrative=[
                SectionDifferenceOut(id=s.id, heading=s.heading, before=s.before, after=s.after)
                for s in compared.narrative
            ],
        )


@router.get("/difference", summary="Khác biệt giữa hai lần trình, từng ô")
async def read_difference(
    report_id: UUID,
    actor: Caller,
    app: App,
    before: Annotated[int | None, Query(ge=1)] = None,
    after: Annotated[int | None, Query(ge=1)] = None,
) -> ComparedOut:
    """Không nêu: lần mới nhất so với lần ngay trước, trong các lần bạn xem được."""
    return ComparedOut.of(await app.compare_revisions(actor, report_id, before, after))
