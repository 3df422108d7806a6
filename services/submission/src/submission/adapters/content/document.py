"""ReportContent of the contract: what signing typesets, as JSON in this service's bucket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.compute import compute
from forms.values import Figures
from google.protobuf.json_format import MessageToJson
from kit.directory import Directory
from kit.errors import NotFound
from reporting.submission.v1 import submission_pb2 as pb

from submission.adapters.content.tables import tables_of
from submission.application.ports import SealedContent
from submission.application.published import PublishedForm
from submission.domain.report import Report

_BODIES = {"commune": "ỦY BAN NHÂN DÂN", "district": "ỦY BAN NHÂN DÂN", "province": "ỦY BAN NHÂN DÂN"}
"""Units whose document is issued by a people's committee: Decree 30/2020, annex I."""


@dataclass(frozen=True, slots=True)
class ReportContents:
    directory: Directory

    async def build(
        self, report: Report, forms: Sequence[PublishedForm], sealed: SealedContent, signer: str
    ) -> bytes:
        a = report.assignment
        place = await self.directory.place(a.unit.id)
        province = await self.directory.place(a.province_id)
        parent = await self.directory.place(place.parent_id) if place.parent_id else None
        committee = _BODIES.get(place.level)
        content = pb.ReportContent(
            report_id=str(report.id),
            revision=report.revision,
            canonical_hash=report.canonical_hash,
            province_id=str(a.province_id),
            unit_id=str(a.unit.id),
            parent_unit_name="" if committee else (parent.name if parent else ""),
            unit_name=a.unit.name,
            unit_symbol="UBND" if committee else _symbol(a.unit.name),
            place_name=province.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
            if not committee
            else _place_name(a.unit.name),
            title=a.regime_name,
            period_label=a.period.label,
            regime_name=a.regime_name,
            legal_basis=a.legal_basis,
            receiver_name=a.lead_unit.name,
            narrative=[
                pb.NarrativeSection(
                    heading=section.heading, level=section.level, text=sealed.narrative.get(section.id, "")
                )
                for section in a.outline
            ],
            authority=f"TM. {committee}" if committee else "",
            position_title=await self._position(signer),
            nil=report.revisions.working.nil,
        )
        for form in forms:
            figures = sealed.figures.get(form.id, Figures())
            if not content.nil:
                content.tables.extend(tables_of(form, figures, compute(form.model, figures)))
        return MessageToJson(content, indent=None, ensure_ascii=False).encode()

    async def _position(self, signer: str) -> str:
        try:
            account = await self.directory.account(UUID(signer))
        except (NotFound, ValueError):
            return ""
        return account.position_title


def _symbol(name: str) -> str:
    """ "Sở Tài chính" → "STC": the first letters, as agencies abbreviate themselves."""
    return "".join(word[0].upper() for word in name.split() if word[0].isalpha())


def _place_name(unit: str) -> str:
    """The commune's own name is the place of its documents: "UBND xã An Phú" → "An Phú"."""
    for head in ("UBND ", "Ủy ban nhân dân "):
        unit = unit.removeprefix(head)
    for kind in ("xã ", "phường ", "đặc khu ", "huyện ", "thị xã ", "Xã ", "Phường ", "Đặc khu "):
        unit = unit.removeprefix(kind)
    return unit
