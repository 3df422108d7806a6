"""Past periods in bulk, as a province brings them when it joins.

The source document is named; such a report is marked imported, stands as accepted, is unsigned and is never
counted as sent on time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from forms.legacy import refuse_legacy
from forms.messages import errors as errors_of
from forms.values import CellKey, Figures, ListRow, Value
from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory
from kit.errors import InvalidInput, Place, Refused
from kit.ids import new_id

from submission.application.checking import Checked, before, check
from submission.application.commands.act_on_report import store_figures
from submission.application.commands.import_workbook import enter_whole
from submission.application.commands.open_period import OpenPeriodHandler
from submission.application.legacy_text import legacy_in_figures, legacy_in_sections
from submission.application.ports import HistorySource, OpenedPeriod, OpenUnitOfWork, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.sealing import seal
from submission.application.standing import Standings
from submission.domain.assignment import RegimeFacts, UnitAsItWas
from submission.domain.entry import Draft, Road
from submission.domain.known import Level
from submission.domain.report import Report
from submission.domain.saving import Entry, SectionChange

MAY_IMPORT = ("history_import", "province_admin")


@dataclass(frozen=True, slots=True)
class PastFiling:
    form_version_id: UUID
    cells: Sequence[tuple[str, str, Value]]
    list_rows: Sequence[ListRow] = ()


@dataclass(frozen=True, slots=True)
class PastReport:
    unit_id: UUID
    filings: Sequence[PastFiling]
    narrative: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ImportHistory:
    regime_id: UUID
    period_key: str
    document_name: str
    document_number: str
    document_on: date | None
    reports: Sequence[PastReport]
    actor: Actor


@dataclass(frozen=True, slots=True)
class HistoryImported:
    source: HistorySource
    report_ids: Sequence[UUID]
    already: Sequence[UUID] = field(default_factory=tuple)
    """Units that have a report of this period: left as it is."""


@dataclass(frozen=True, slots=True)
class ImportHistoryHandler:
    open_unit_of_work: OpenUnitOfWork
    periods: OpenPeriodHandler
    directory: Directory
    standings: Standings
    clock: Clock

    async def __call__(self, command: ImportHistory) -> HistoryImported:
        if not command.document_name.strip():
            raise InvalidInput(
                "submission.history.document_missing",
                "Phải ghi tên văn bản là nguồn của số liệu nhập từ trước.",
                places=[Place(field="document.name")],
                remedy="Ghi tên, số và ngày của văn bản nguồn.",
            )
        async with self.open_unit_of_work() as uow:
            regime = await uow.catalog.regime(command.regime_id)
        await self.directory.require(command.actor, MAY_IMPORT, regime.lead_unit_id, regime.id)
        opened = await self.periods.period_of(regime, command.period_key)
        if opened.period.last_day >= self.clock().date():
            raise Refused(
                "submission.history.period_not_past",
                f"Kỳ «{opened.period.label}» chưa kết thúc nên không nhập theo đường số liệu lịch sử.",
                remedy="Báo cáo kỳ này theo quy trình nhập, duyệt, ký, gửi.",
            )
        return await self._import(command, regime, opened)

    async def _import(
        self, command: ImportHistory, regime: RegimeFacts, opened: OpenedPeriod
    ) -> HistoryImported:
        done: list[UUID] = []
        already: list[UUID] = []
        async with self.open_unit_of_work() as uow:
            forms = [await uow.catalog.form(form) for form in regime.form_version_ids]
            lead = await self.periods.unit_as_it_is(regime.lead_unit_id)
            known = await uow.assignments.units_assigned(regime.id, command.period_key)
            for past in command.reports:
                if past.unit_id in known:
                    already.append(past.unit_id)
                    continue
                report = await self._one(uow, command, regime, opened, lead, past, forms)
                done.append(report.id) if report else already.append(past.unit_id)
            source = HistorySource(
                new_id(), regime.province_id, regime.id, command.period_key, command.document_name.strip(),
                command.document_number.strip(), command.document_on, len(done), self.clock(),
                str(command.actor),
            )  # fmt: skip
            await uow.history.add(source)
            uow.audit.record(
                aggregate_kind="history_import",
                aggregate_id=source.id,
                act="import",
                actor=command.actor,
                after={"document": source.document_name, "reports": len(done)},
                province_id=regime.province_id,
            )
            await uow.commit()
        return HistoryImported(source, done, already)

    async def _one(
        self,
        uow: UnitOfWork,
        command: ImportHistory,
        regime: RegimeFacts,
        opened: OpenedPeriod,
        lead: UnitAsItWas,
        past: PastReport,
        forms: Sequence[PublishedForm],
    ) -> Report | None:
        unit = await self.periods.unit_as_it_is(past.unit_id)
        if await self.directory.province_of(unit.id) != regime.province_id:
            raise InvalidInput(
                "submission.history.unit_of_another_province",
                f"{unit.name} không thuộc tỉnh của chế độ báo cáo này.",
                places=[Place(field="reports.unit_id")],
            )
        assignment = self.periods.assignment(regime, opened, unit, lead, release=True)
        if assignment is None:
            raise Refused(
                "submission.history.no_deadline",
                f"Chế độ báo cáo không có thời hạn cho cấp của {unit.name}.",
                remedy="Bổ sung quy tắc thời hạn cho cấp này.",
            )
        at, who = self.clock(), str(command.actor)
        report = Report.bring_in(new_id(), assignment, at, who)
        draft = self._draft(past, forms, unit, who, await self.standings.unicode_source(assignment))
        figures = {form.id: draft.filing(form.id).figures() for form in forms}
        checked = check(forms, figures, await before(uow, assignment, forms))
        _refuse_errors(checked, unit)
        sealed, content = seal(report, 1, forms, draft, checked.to_seal, {}, nil=False, at=at)
        report.stand_as_accepted(sealed, who, await self.standings.name_of(command.actor))
        if not await uow.reports.add(report):
            return None
        await uow.sealed.put(report.id, 1, content)
        await store_figures(uow, report, Level.ACCEPTED, content, forms)
        return report

    def _draft(
        self,
        past: PastReport,
        forms: Sequence[PublishedForm],
        unit: UnitAsItWas,
        who: str,
        unicode_source: str,
    ) -> Draft:
        entry = Entry(Draft(), who, self.clock(), Road.IMPORT)
        refuse_legacy(legacy_in_sections(past.narrative, f"{unit.name}, "), unicode_source)
        by_id = {form.id: form for form in forms}
        for filing in past.filings:
            form = by_id.get(filing.form_version_id)
            if form is None:
                raise InvalidInput(
                    "submission.history.form_not_of_regime",
                    f"{unit.name}: biểu mẫu này không thuộc chế độ báo cáo.",
                    places=[Place(field="reports.filings.form_version_id")],
                )
            figures = Figures(
                {CellKey(row, column): value for row, column, value in filing.cells}, tuple(filing.list_rows)
            )
            refuse_legacy(legacy_in_figures(form.model, figures, unit.name), unicode_source)
            enter_whole(entry, form.id, figures)
        entry.sections([SectionChange(section, text, 0) for section, text in past.narrative])
        return entry.draft


def _refuse_errors(checked: Checked, unit: UnitAsItWas) -> None:
    wrong = [message for form in checked.forms for message in errors_of(form.messages)]
    if wrong:
        raise InvalidInput(
            "submission.history.figures_have_errors",
            f"{unit.name}: {wrong[0].message}",
            places=[Place(sheet=message.sheet, cell=message.a1) for message in wrong[:50]],
            remedy="Sửa số liệu nguồn rồi nhập lại; chưa có báo cáo nào được ghi.",
            details={"messages": [message.model_dump(mode="json") for message in wrong[:50]]},
        )
