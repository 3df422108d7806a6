"""Figures as files: into the official workbook, or as a plain table."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from forms.tabular import to_csv
from forms.values import Figures
from forms.writing import fill
from kit.actor import Actor

from submission.application.ports import CatalogService, OpenUnitOfWork
from submission.application.published import PublishedForm
from submission.application.queries.read_aggregation import ReadAggregation
from submission.application.queries.read_report import ReadReport
from submission.domain.errors import not_in_report

Kind = Literal["xlsx", "csv"]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Exported:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Exports:
    open_unit_of_work: OpenUnitOfWork
    reports: ReadReport
    aggregations: ReadAggregation
    catalog: CatalogService

    async def report(self, actor: Actor, report_id: UUID, form_version_id: UUID, kind: Kind) -> Exported:
        contents = await self.reports.contents(actor, report_id)
        form = next((form for form in contents.forms if form.id == form_version_id), None)
        if form is None:
            raise not_in_report("phiên bản biểu mẫu này")
        a = contents.report.assignment
        name = f"{form.code or 'bieu'}-{a.unit.code or 'don-vi'}-{a.period.key}"
        return await self._file(form, contents.figures.get(form.id, Figures()), name, kind)

    async def aggregation(
        self, actor: Actor, aggregation_id: UUID, form_version_id: UUID | None, kind: Kind
    ) -> Exported:
        made = (await self.aggregations.view(actor, aggregation_id)).aggregation
        wanted = made.form(form_version_id) if form_version_id else made.forms[0]
        if wanted is None:
            raise not_in_report("phiên bản biểu mẫu này")
        async with self.open_unit_of_work() as uow:
            form = await uow.catalog.form(wanted.form_version_id)
        return await self._file(
            form, wanted.figures, f"tong-hop-{form.code or 'bieu'}-{made.period_key}", kind
        )

    async def _file(self, form: PublishedForm, figures: Figures, name: str, kind: Kind) -> Exported:
        if kind == "csv":
            data = to_csv(form.model, figures)
        else:
            template = await self.catalog.template(form)
            data = await asyncio.to_thread(fill, template, form.model, figures)
        return Exported(f"{name}.{kind}", MEDIA_TYPES[kind], data)
