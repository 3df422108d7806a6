"""What was done to a report: acts with the places they point at, in words, and the receipt of each sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.naming import CellName, form_cell, name_of
from forms.values import Figures
from kit.actor import Actor
from kit.errors import NotFound

from submission.application.ports import OpenUnitOfWork, SealedContent, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.standing import Standings
from submission.domain.acts import Act, PinnedCell, Receipt, Settled, taken_in_of
from submission.domain.assignment import Assignment
from submission.domain.report import Report


@dataclass(frozen=True, slots=True)
class PlaceShown:
    pin: PinnedCell
    form_name: str
    heading: str
    """Of the paragraph of the outline, where the place is one."""
    name: CellName | None
    settled: Settled | None

    def in_words(self) -> str:
        if self.heading:
            return f"Thuyết minh, mục «{self.heading}»"
        cell = self.name.in_words() if self.name else f"{self.pin.row}/{self.pin.column}"
        return f"{self.form_name}, {cell}" if self.form_name else cell


@dataclass(frozen=True, slots=True)
class ActShown:
    act: Act
    places: Sequence[PlaceShown]


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    receipt: Receipt
    sending: int
    """Which sending of the report it proves, from 1."""
    taken_in: Act | None


@dataclass(frozen=True, slots=True)
class ReadHistory:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings

    async def acts(self, actor: Actor, report_id: UUID) -> Sequence[ActShown]:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            await self.standings.sight(actor, report.assignment)
            acts = await uow.reports.acts(report_id)
            pointing = [act for act in acts if act.pinned]
            if not pointing:
                return [ActShown(act, ()) for act in acts]
            # A place may be of a version that the report has moved on from.
            pinned = {pin.form_version_id for act in pointing for pin in act.pinned if pin.form_version_id}
            versions = {*report.assignment.form_version_ids, *pinned}
            forms = {version: await uow.catalog.form(version) for version in versions}
            sealed = {act.revision: await uow.sealed.get(report_id, act.revision) for act in pointing}
            settled = {(each.act, each.place): each for each in await uow.reports.settled(report_id)}
        headings = _headings(report.assignment)
        return [
            ActShown(
                act,
                [
                    _shown(pin, forms, headings, sealed.get(act.revision), settled.get((act.sequence, place)))
                    for place, pin in enumerate(act.pinned)
                ],
            )
            for act in acts
        ]

    async def receipts(self, actor: Actor, report_id: UUID) -> tuple[Report, Sequence[ReceiptShown]]:
        """Of every sending, the first one first; none while nothing was sent."""
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            await self.standings.sight(actor, report.assignment)
            return report, await _receipts(uow, report_id)

    async def last_receipt(self, actor: Actor, report_id: UUID) -> tuple[Report, ReceiptShown]:
        report, receipts = await self.receipts(actor, report_id)
        if not receipts:
            raise NotFound(
                "submission.receipt.none",
                "Báo cáo này chưa được gửi nên chưa có biên nhận."
                if not report.imported
                else "Báo cáo này được nhập từ văn bản trước đây nên không có biên nhận gửi.",
                remedy="Gửi báo cáo để có biên nhận.",
            )
        return report, receipts[-1]


async def _receipts(uow: UnitOfWork, report_id: UUID) -> Sequence[ReceiptShown]:
    acts = await uow.reports.acts(report_id)
    receipts = await uow.reports.receipts(report_id)
    return [
        ReceiptShown(receipt, sending, taken_in_of(receipt, acts))
        for sending, receipt in enumerate(receipts, 1)
    ]


def _headings(assignment: Assignment) -> Mapping[str, str]:
    return {section.id: section.heading for section in assignment.outline}


def _shown(
    pin: PinnedCell,
    forms: Mapping[UUID, PublishedForm],
    headings: Mapping[str, str],
    sealed: SealedContent | None,
    settled: Settled | None,
) -> PlaceShown:
    form = forms.get(pin.form_version_id) if pin.form_version_id else None
    if form is None:
        return PlaceShown(pin, "", headings.get(pin.section_id, ""), None, settled)
    figures = sealed.figures.get(form.id, Figures()) if sealed else Figures()
    known = form_cell(form.model, figures, pin.row, pin.column) is not None
    name = name_of(form.model, figures, pin.row, pin.column) if known else None
    return PlaceShown(pin, form.name, "", name, settled)
