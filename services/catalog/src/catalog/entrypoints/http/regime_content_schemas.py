"""What a regime says beside its forms and deadlines, as it goes in and out."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from province_profile import Edge, PeriodKind
from pydantic import BaseModel, Field

from catalog.domain.regime_content import FilingPlace, LegalDocument, OwnCutOff, SendingWay
from catalog.domain.regime_errors import DocumentDaysWrong


class LegalDocumentBody(BaseModel):
    """Văn bản quy định chế độ báo cáo."""

    title: str = Field(max_length=500, examples=["Quyết định ban hành Quy định về chế độ báo cáo định kỳ"])
    number: str = Field(default="", max_length=100, examples=["12/2026/QĐ-UBND"])
    issued_on: date | None = None
    issuer: str = Field(default="", max_length=300)
    in_force_from: date | None = None
    in_force_to: date | None = None

    def stated(self) -> LegalDocument:
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise DocumentDaysWrong(self.number or self.title)
        return LegalDocument(**self.model_dump())

    @classmethod
    def of(cls, document: LegalDocument) -> Self:
        return cls(**{name: getattr(document, name) for name in cls.model_fields})


class EdgeBody(BaseModel):
    of: str = Field(pattern="^(first|last)$", description="Tháng đầu hay tháng cuối của kỳ")
    months: int = Field(default=0, ge=-12, le=12)
    day: int = Field(ge=1, le=31)


class CutOffBody(BaseModel):
    """Thời gian chốt số liệu do chế độ tự nêu; bỏ trống một đầu: theo ngày đầu hoặc cuối kỳ."""

    from_edge: EdgeBody | None = None
    to_edge: EdgeBody | None = None
    period_kind: PeriodKind | None = None
    article: str = Field(default="", max_length=500)

    def stated(self) -> OwnCutOff:
        return OwnCutOff(
            Edge(**self.from_edge.model_dump()) if self.from_edge else None,
            Edge(**self.to_edge.model_dump()) if self.to_edge else None,
            self.period_kind,
            self.article,
        )

    @classmethod
    def of(cls, rule: OwnCutOff) -> Self:
        def edge(found: Edge | None) -> EdgeBody | None:
            return EdgeBody(**found.model_dump()) if found else None

        return cls(
            from_edge=edge(rule.from_edge),
            to_edge=edge(rule.to_edge),
            period_kind=rule.period_kind,
            article=rule.article,
        )


class ContentBody(BaseModel):
    """Các nội dung theo Điều 7, Điều 8 Nghị định 09/2019/NĐ-CP ngoài biểu mẫu và thời hạn."""

    content_asked: str = Field(default="", max_length=4000, description="Nội dung yêu cầu báo cáo")
    legal_documents: list[LegalDocumentBody] = Field(default=[], max_length=20)
    unit_kinds: list[str] = Field(default=[], max_length=20, description="Thêm mọi đơn vị thuộc các loại này")
    unit_levels: list[str] = Field(default=[], max_length=10, description="Thêm mọi đơn vị thuộc các cấp này")
    excepted_unit_ids: list[UUID] = Field(default=[], max_length=20_000)
    receiver_account_ids: list[UUID] = Field(default=[], max_length=50, description="Tài khoản tiếp nhận")
    approver_account_ids: list[UUID] = Field(default=[], max_length=50, description="Tài khoản duyệt")
    sending_ways: list[SendingWay] = Field(default=[SendingWay.SYSTEM], min_length=1, max_length=4)
    cut_offs: list[CutOffBody] = Field(default=[], max_length=20)
    guidance: str = Field(default="", max_length=20_000, description="Hướng dẫn thực hiện")
    process: list[str] = Field(default=[], max_length=30, description="Các bước của quy trình báo cáo")
    filing_place: FilingPlace = Field(
        default=FilingPlace.NOT_STATED, description="Nơi phải thực hiện chế độ của bộ, ngành"
    )
    filing_system: str = Field(default="", max_length=300)

    def stated_content(self) -> dict[str, Any]:
        """As RegimeTerms takes it."""
        return {
            "content_asked": self.content_asked.strip(),
            "legal_documents": tuple(document.stated() for document in self.legal_documents),
            "unit_kinds": tuple(dict.fromkeys(self.unit_kinds)),
            "unit_levels": tuple(dict.fromkeys(self.unit_levels)),
            "excepted_unit_ids": tuple(dict.fromkeys(self.excepted_unit_ids)),
            "receiver_account_ids": tuple(dict.fromkeys(self.receiver_account_ids)),
            "approver_account_ids": tuple(dict.fromkeys(self.approver_account_ids)),
            "sending_ways": tuple(dict.fromkeys(self.sending_ways)),
            "cut_offs": tuple(rule.stated() for rule in self.cut_offs),
            "guidance": self.guidance.strip(),
            "process": tuple(self.process),
            "filing_place": self.filing_place,
            "filing_system": self.filing_system.strip(),
        }


class PermissionOut(BaseModel):
    number: str
    issued_on: date
    file_name: str
    sha256: str
    size: int
