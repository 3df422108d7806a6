"""The lead agency's aggregate, drilled down to each source; and past periods brought in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from forms.values import ListRow, value_from_json, value_to_json
from kit.errors import InvalidInput, Place
from kit.http import Caller, Page
from pydantic import BaseModel, Field

from submission.application.commands.import_history import ImportHistory, PastFiling, PastReport
from submission.application.commands.make_aggregation import MakeAggregation
from submission.application.queries.read_aggregation import AggregationView
from submission.entrypoints.http.filing_schemas import ComputedOut, a1_of, computed_of
from submission.entrypoints.http.filings import download
from submission.entrypoints.http.form_moves import FallenOut
from submission.entrypoints.http.schemas import App, Moment

router = APIRouter(tags=["aggregations"])


class AggregateIn(BaseModel):
    regime_id: UUID
    period: str = Field(min_length=1, max_length=40)


class SourceOut(BaseModel):
    report_id: UUID
    revision: int
    unit_id: UUID
    unit_name: str
    canonical_hash: str
    nil: bool


class SourceChangeOut(BaseModel):
    report_id: UUID
    unit_name: str
    before: int | None
    now: int | None


class AggregatedRowOut(BaseModel):
    id: str
    list_id: str
    order: int
    source_report_id: str


class UnitFallenOut(FallenOut):
    report_id: UUID
    unit_name: str
    from_number: int = Field(description="Số của phiên bản mà đơn vị đã lập báo cáo")


class AggregatedFormOut(BaseModel):
    form_version_id: UUID
    cells: list[ComputedOut]
    computed: list[ComputedOut]
    list_rows: list[AggregatedRowOut]
    fallen: list[UnitFallenOut] = Field(
        description="Số liệu của báo cáo lập theo phiên bản khác, không có chỗ ở phiên bản tổng hợp"
    )


class WouldChangeOut(BaseModel):
    form_version_id: UUID
    row: str
    column: str
    before: dict[str, Any]
    after: dict[str, Any]


class AggregatedCellOut(BaseModel):
    form_version_id: UUID
    row: str
    column: str
    a1: str | None
    kind: str
    value: dict[str, Any]


class AggregationOut(BaseModel):
    id: UUID
    version: int
    regime_id: UUID
    regime_name: str
    period_key: str
    period_label: str
    lead_unit_id: UUID
    lead_unit_name: str
    units_assigned: int
    made_at: Moment
    stale: bool
    changes: list[SourceChangeOut]
    would_change: list[WouldChangeOut]
    sources: list[SourceOut]
    forms: list[AggregatedFormOut]
    cells: list[AggregatedCellOut]

    @classmethod
    def of(cls, view: AggregationView) -> AggregationOut:
        made = view.aggregation
        return cls(
            id=made.id, version=made.version, regime_id=made.regime_id, regime_name=made.facts.regime_name,
            period_key=made.period_key, period_label=made.facts.period_label, lead_unit_id=made.lead_unit_id,
            lead_unit_name=made.facts.lead_unit_name, units_assigned=made.facts.units_assigned,
            made_at=made.made_at, stale=view.stale,
            changes=[
                SourceChangeOut(report_id=c.report_id, unit_name=c.unit_name, before=c.before, now=c.now)
                for c in view.changes
            ],
            would_change=[
                WouldChangeOut(
                    form_version_id=w.form_version_id, row=w.key.row, column=w.key.column,
                    before=value_to_json(w.before), after=value_to_json(w.after),
                )
                for w in view.would_change
            ],
            sources=[
                SourceOut(
                    report_id=s.report_id, revision=s.revision, unit_id=s.unit_id, unit_name=s.unit_name,
                    canonical_hash=s.canonical_hash, nil=s.nil,
                )
                for s in made.sources
            ],
            forms=[
                AggregatedFormOut(
                    form_version_id=form.form_version_id, cells=computed_of(form.figures),
                    computed=computed_of(form.computed),
                    list_rows=[
                        AggregatedRowOut(
                            id=row.id, list_id=row.list_id, order=row.order,
                            source_report_id=form.row_sources.get(row.id, ""),
                        )
                        for row in form.figures.list_rows
                    ],
                    fallen=[
                        UnitFallenOut(
                            report_id=each.report_id, unit_name=each.unit_name, from_number=each.from_number,
                            **each.figure.to_json(),
                        )
                        for each in form.fallen
                    ],
                )
                for form in made.forms
            ],
            cells=_cells(view),
        )  # fmt: skip


def _cells(view: AggregationView) -> list[AggregatedCellOut]:
    """Every figure of every form, entered or computed, with its place in the workbook."""
    return [
        AggregatedCellOut(
            form_version_id=part.form_version_id,
            row=key.row,
            column=key.column,
            a1=a1_of(view.models[part.form_version_id], key),
            kind=kind,
            value=value_to_json(value),
        )
        for part in view.aggregation.forms
        for kind, figures in (("input", part.figures), ("computed", part.computed))
        for key, value in figures.cells.items()
    ]


@router.post("/aggregations", summary="Tổng hợp các báo cáo đã duyệt của một kỳ", status_code=201)
async def make_aggregation(body: AggregateIn, actor: Caller, app: App) -> AggregationOut:
    made = await app.make_aggregation(MakeAggregation(body.regime_id, body.period, actor))
    return AggregationOut.of(await app.read_aggregation.view(actor, made.id))


@router.get("/aggregations/{aggregation_id}", summary="Bản tổng hợp, kèm nguồn và dấu hiệu đã cũ")
async def read_aggregation(aggregation_id: UUID, actor: Caller, app: App) -> AggregationOut:
    return AggregationOut.of(await app.read_aggregation.view(actor, aggregation_id))


@router.get("/aggregations/{aggregation_id}/sources", summary="Từng đơn vị góp gì vào một ô")
async def read_sources(
    aggregation_id: UUID, row: str, column: str, actor: Caller, app: App
) -> Page[dict[str, Any]]:
    return Page(items=list(await app.read_aggregation.sources(actor, aggregation_id, row, column)))


@router.get("/aggregations/{aggregation_id}/export.xlsx", summary="Bản tổng hợp trên biểu mẫu chính thức")
async def export_xlsx(
    aggregation_id: UUID, actor: Caller, app: App, form_version_id: UUID | None = None
) -> Response:
    return download(await app.exports.aggregation(actor, aggregation_id, form_version_id, "xlsx"))


@router.get("/aggregations/{aggregation_id}/export.csv", summary="Bản tổng hợp dạng CSV")
async def export_csv(
    aggregation_id: UUID, actor: Caller, app: App, form_version_id: UUID | None = None
) -> Response:
    return download(await app.exports.aggregation(actor, aggregation_id, form_version_id, "csv"))


class PastCellIn(BaseModel):
    row: str
    column: str
    value: dict[str, Any]


class PastRowIn(BaseModel):
    id: UUID
    list_id: str
    order: int


class PastFilingIn(BaseModel):
    form_version_id: UUID
    cells: list[PastCellIn] = Field(max_length=100_000)
    list_rows: list[PastRowIn] = Field(default_factory=list, max_length=10_000)


class PastSectionIn(BaseModel):
    id: str
    text: str


class PastReportIn(BaseModel):
    unit_id: UUID
    filings: list[PastFilingIn] = Field(max_length=50)
    narrative: list[PastSectionIn] = Field(default_factory=list, max_length=500)


class DocumentIn(BaseModel):
    name: str = Field(max_length=500)
    number: str = Field(default="", max_length=100)
    issued_on: date | None = None


class HistoryIn(BaseModel):
    regime_id: UUID
    period_key: str
    document: DocumentIn
    reports: list[PastReportIn] = Field(min_length=1, max_length=500)


class HistoryOut(BaseModel):
    id: UUID
    imported: int
    report_ids: list[UUID]
    already: list[UUID]


@router.post("/history-imports", summary="Nhập số liệu các kỳ trước, có nêu văn bản nguồn", status_code=201)
async def import_history(body: HistoryIn, actor: Caller, app: App) -> HistoryOut:
    done = await app.import_history(
        ImportHistory(
            body.regime_id, body.period_key, body.document.name, body.document.number,
            body.document.issued_on, [_past(report) for report in body.reports], actor,
        )
    )  # fmt: skip
    return HistoryOut(
        id=done.source.id, imported=len(done.report_ids), report_ids=list(done.report_ids),
        already=list(done.already),
    )  # fmt: skip


def _past(report: PastReportIn) -> PastReport:
    try:
        filings = [
            PastFiling(
                filing.form_version_id,
                [(cell.row, cell.column, value_from_json(cell.value)) for cell in filing.cells],
                [ListRow(str(row.id), row.list_id, row.order) for row in filing.list_rows],
            )
            for filing in report.filings
        ]
    except (ValueError, ArithmeticError, TypeError) as error:
        raise InvalidInput(
            "submission.history.value_invalid",
            "Có giá trị không đúng dạng trong số liệu nhập.",
            places=[Place(field="reports.filings.cells.value")],
            rule='Giá trị là {"number": "8.5"}, {"text": "…"} hoặc {"blank": true}.',
            remedy="Sửa giá trị rồi nhập lại; chưa có báo cáo nào được ghi.",
        ) from error
    return PastReport(report.unit_id, filings, [(section.id, section.text) for section in report.narrative])
