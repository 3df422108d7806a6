"""What a regime says beside its forms and deadlines: the items of Decree 09/2019/NĐ-CP, articles 7 and 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from province_profile import CutOffRule, Edge, PeriodKind

ORIGINS = {
    "government": "của Chính phủ, bộ, ngành",
    "province": "của tỉnh",
    "internal": "nội bộ",
    "statistical": "thống kê",
}


class SendingWay(StrEnum):
    SYSTEM = "system"
    DOCUMENT_AXIS = "document_axis"
    EMAIL = "email"
    PAPER = "paper"


class FilingPlace(StrEnum):
    """Where a ministry's regime must be filed (QN 10.2b)."""

    NOT_STATED = ""
    PROVINCE_SYSTEM = "province_system"
    MINISTRY_SYSTEM = "ministry_system"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """The text that demands the report. Days are days of Vietnam; `in_force_to` none: until replaced."""

    title: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None

    @property
    def whole(self) -> bool:
        return bool(self.number.strip() and self.issuer.strip() and self.issued_on and self.in_force_from)

    def __str__(self) -> str:
        day = f" ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{self.title} số {self.number}{day} của {self.issuer}" if self.whole else self.title


@dataclass(frozen=True, slots=True)
class OwnCutOff:
    """A span of figures that the regime states itself, for one kind of period or for every kind."""

    from_edge: Edge | None = None
    to_edge: Edge | None = None
    period_kind: PeriodKind | None = None
    article: str = ""

    def rule(self, legal_basis: str) -> CutOffRule:
        return CutOffRule(
            article=self.article or legal_basis or "Chế độ báo cáo",
            from_edge=self.from_edge,
            to_edge=self.to_edge,
        )


@dataclass(frozen=True, slots=True)
class PermissionPaper:
    """The provincial People's Committee's permission (DL 11.4a)."""

    number: str
    issued_on: date
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ReportingUnits:
    """Whom a regime's choice of units meant when it was last worked out."""

    ids: tuple[UUID, ...]
    joined: Mapping[UUID, date] = field(default_factory=dict)
    """Since when, for units that came after publishing: they owe only periods that begin on or after that day."""

    def now(self, ids: tuple[UUID, ...], on: date) -> ReportingUnits:
        joined = {unit: since for unit, since in self.joined.items() if unit in ids}
        return ReportingUnits(ids, joined | {unit: on for unit in ids if unit not in self.ids})
