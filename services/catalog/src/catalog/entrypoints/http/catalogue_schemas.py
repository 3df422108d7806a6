"""Shared catalogues and sets of indicators as they go in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from catalog.domain.indicator_set import IndicatorSet, SetGroup, SetItem, SetTerms
from catalog.domain.shared import BreakdownItem, EntryKind, EntryTerms, SharedEntry
from catalog.entrypoints.http.indicator_schemas import IndicatorSummaryOut


class BreakdownItemBody(BaseModel):
    code: str = Field(max_length=60)
    name: str = Field(max_length=300)


class EntryBody(BaseModel):
    name: str = Field(max_length=300)
    symbol: str = Field(default="", max_length=40, description="Ký hiệu của đơn vị tính, ví dụ km²")
    note: str = Field(default="", max_length=2000)
    source: str = Field(default="", max_length=500, description="Văn bản quy định mục này")
    items: list[BreakdownItemBody] = Field(default=[], max_length=500, description="Các mục của phân tổ")

    def terms(self) -> EntryTerms:
        return EntryTerms(
            name=self.name.strip(),
            symbol=self.symbol.strip(),
            note=self.note.strip(),
            source=self.source.strip(),
            items=tuple(BreakdownItem(item.code.strip(), item.name.strip()) for item in self.items),
        )


class EntryIn(EntryBody):
    kind: EntryKind
    code: str = Field(max_length=60)


class EntryChange(EntryBody):
    retired: bool = Field(default=False, description="Thôi dùng: không còn được chọn cho chỉ tiêu mới")


class EntryOut(EntryBody):
    id: UUID
    kind: EntryKind
    code: str
    retired: bool
    changed_at: datetime
    version: int

    @classmethod
    def of(cls, entry: SharedEntry) -> EntryOut:
        return cls(**_entry(entry))

    @classmethod
    def listed(cls, item: Mapping[str, Any]) -> EntryOut:
        return cls.model_validate({**item, **item["terms"]})


class EntryStateOut(EntryBody):
    """Một lần sửa đã qua."""

    number: int
    retired: bool
    changed_at: datetime


class EntrySeenOut(EntryOut):
    used_by: list[str] = Field(description="Mã các chỉ tiêu đang dùng")
    history: list[EntryStateOut] = Field(description="Mới nhất trước")

    @classmethod
    def seen(
        cls, entry: SharedEntry, used_by: list[str], versions: Sequence[Mapping[str, Any]]
    ) -> EntrySeenOut:
        history = [EntryStateOut.model_validate({**one, **one["terms"]}) for one in versions]
        return cls(**_entry(entry), used_by=used_by, history=history)


class SetItemBody(BaseModel):
    indicator_id: UUID
    weight: Decimal | None = Field(default=None, ge=0, max_digits=12, decimal_places=6)


class SetGroupBody(BaseModel):
    name: str = Field(max_length=300)
    weight: Decimal | None = Field(default=None, ge=0, max_digits=12, decimal_places=6)
    items: list[SetItemBody] = Field(default=[], max_length=2000)


class SetBody(BaseModel):
    name: str = Field(max_length=300)
    note: str = Field(default="", max_length=2000)
    groups: list[SetGroupBody] = Field(default=[], max_length=200, description="Theo thứ tự")

    def terms(self) -> SetTerms:
        return SetTerms(
            self.name.strip(),
            self.note.strip(),
            tuple(
                SetGroup(
                    group.name.strip(),
                    tuple(SetItem(item.indicator_id, item.weight) for item in group.items),
                    group.weight,
                )
                for group in self.groups
            ),
        )


class SetIn(SetBody):
    code: str = Field(max_length=60)
    owner_unit_id: UUID | None = None


class SetSummaryOut(BaseModel):
    id: UUID
    code: str
    name: str
    owner_unit_id: UUID
    changed_at: datetime
    version: int


class SetOut(SetBody):
    id: UUID
    code: str
    owner_unit_id: UUID
    changed_at: datetime
    version: int
    indicators: list[IndicatorSummaryOut] = Field(description="Mọi chỉ tiêu của bộ, mỗi chỉ tiêu một lần")

    @classmethod
    def of(cls, found: IndicatorSet, known: Mapping[UUID, Mapping[str, Any]]) -> SetOut:
        terms = found.terms
        return cls(
            id=found.id,
            code=found.code,
            owner_unit_id=found.owner_unit_id,
            changed_at=found.changed_at,
            version=found.version,
            name=terms.name,
            note=terms.note,
            groups=[
                SetGroupBody(
                    name=group.name,
                    weight=group.weight,
                    items=[SetItemBody(indicator_id=i.indicator_id, weight=i.weight) for i in group.items],
                )
                for group in terms.groups
            ],
            indicators=[
                IndicatorSummaryOut.model_validate(known[id]) for id in terms.indicator_ids if id in known
            ],
        )


def _entry(entry: SharedEntry) -> dict[str, Any]:
    terms = entry.terms
    return {
        "id": entry.id,
        "kind": entry.kind,
        "code": entry.code,
        "retired": entry.retired,
        "changed_at": entry.changed_at,
        "version": entry.version,
        "name": terms.name,
        "symbol": terms.symbol,
        "note": terms.note,
        "source": terms.source,
        "items": [BreakdownItemBody(code=item.code, name=item.name) for item in terms.items],
    }
